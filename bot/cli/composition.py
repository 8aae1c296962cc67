"""The composition root: the only place where the parts of the application are connected.

A part is imported when it is first used, so that `newsdesk --help` loads neither torch nor faiss.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from corpus.errors import DatabaseAway, HomeUnusable, NewsdeskError
from corpus.plan import EVERYTHING, ReloadRequest

if TYPE_CHECKING:
    from concurrent.futures import Future

    from bot.cli.printing.terminal import Terminal
    from bot.corpus_admin.home import Home
    from bot.corpus_admin.reload import ReloadReport
    from bot.desk.desk import Desk
    from bot.desk.served_collections import Engine
    from bot.measuring.meter import Meter
    from bot.measuring.presence import Presence
    from bot.polling.poll_report import PollReport
    from bot.polling.poller import Poller
    from bot.service.service import Service
    from bot.settings import Settings
    from corpus.storage.store_records import Source
    from retrieval.models.embedder import Embedder
    from retrieval.models.model import Model
    from retrieval.progress import ProgressCallback
    from retrieval.reading.reader import Reader

LoadModel = Callable[[str], "Model"]
"""Returns the model with that name, or raises ModelUnavailable."""


def load_model(name: str) -> Model:
    """Load a real model. The packaged model loads its files when they are used; any other takes seconds.

    Raises ModelUnavailable.
    """
    from retrieval.models.model import Model
    from retrieval.models.packaged import PACKAGED

    if name == PACKAGED:
        from retrieval.models.onnx_embedder import OnnxEmbedder

        packaged = OnnxEmbedder()
        return Model(packaged, packaged.vocabulary)
    from retrieval.models.sentence_transformer import SentenceTransformerEmbedder

    embedder = SentenceTransformerEmbedder(name)
    return Model(embedder, embedder.vocabulary)


class Parts:
    """The parts of one run of Newsdesk, created lazily from its settings."""

    def __init__(self, settings: Settings, load: LoadModel = load_model) -> None:
        """`load` replaces the loading of models, in tests."""
        self.settings = settings
        self._load = load
        self._expected: tuple[Future[Model], Future[Reader | None]] | None = None

    def expect_questions(self) -> None:
        """Begin to load the model and the reader in the background.

        Errors are raised when the model or the reader is first used.
        """
        from concurrent.futures import ThreadPoolExecutor

        if not self._expected:
            threads = ThreadPoolExecutor(2, "loading")
            self._expected = threads.submit(self._ready_model), threads.submit(self._chosen_reader)
            threads.shutdown(wait=False)

    @cached_property
    def home(self) -> Home:
        """The folder with all state. Raises HomeUnusable."""
        from datetime import timedelta

        from bot.corpus_admin.home import Home

        try:
            keep = timedelta(days=self.settings.keep_text_days)
            if not self.settings.database:
                return Home(self.settings.home, keep=keep)
            from bot.corpus_admin.shared_home.database_home import DatabaseHome
            from corpus.storage.sql.server_address import ServerAddress

            address = ServerAddress(self.settings.database)
            return DatabaseHome(self.settings.home, address, keep=keep, files=self.settings.files)
        except RuntimeError as error:  # `~somebody`
            raise HomeUnusable(f"{self.settings.home}: there is no such user; name another folder") from error

    @property
    def existing_home(self) -> Home:
        """The home, for commands that must not create one. Raises HomeUnusable if there is none."""
        self.home.check_exists()
        return self.home

    @cached_property
    def model(self) -> Model:
        """The model, loaded once. Raises ModelUnavailable."""
        return self._expected[0].result() if self._expected else self._load(self.settings.model)

    @property
    def embedder(self) -> Embedder:
        """The model's embedder. Raises ModelUnavailable."""
        return self.model.embedder

    @cached_property
    def reader(self) -> Reader | None:
        """The reader; None if the settings switch it off. Raises ModelUnavailable."""
        return self._expected[1].result() if self._expected else self._chosen_reader()

    @cached_property
    def terminal(self) -> Terminal:
        """Where answers and errors are shown."""
        from bot.cli.printing.terminal import Terminal

        return Terminal()

    def like(self, settings: Settings) -> Parts:
        """Parts with other settings; a model that both name is loaded once."""

        def load(name: str) -> Model:
            return self.model if name == self.settings.model else self._load(name)

        return Parts(settings, load)

    def desk(self, meter: Meter | None = None, *, stays: bool = False) -> Desk:
        """An open desk; progress is shown while it opens. `meter` counts what it does. A desk that `stays`
        open also keeps the vectors in pgvector up to date.

        Raises ModelUnavailable, NothingToServe, HomeUnusable.
        """
        self.expect_questions()
        self._finish()
        with self.terminal.doing("opening the corpus and loading the model"):
            from bot.desk.desk import Desk
            from bot.measuring.timed_reader import TimedReader

            reader = self.reader
            desk = Desk(
                self.home,
                self.model,
                self.terminal.notice,
                TimedReader(reader, meter) if reader and meter else reader,
                link_for=self.home.pages.link_for,
                engine=self._engine(stays=stays),
                meter=meter,
            )
            desk.open()
            return desk

    def _engine(self, *, stays: bool) -> Engine:
        from bot.desk.served_collections import local_engine

        if not self.settings.pgvector:
            return local_engine
        from corpus.storage.sql.server_address import ServerAddress
        from retrieval.pgvector.engine import PgvectorEngine

        address = ServerAddress(self.settings.database)
        return PgvectorEngine(address, self.terminal.notice, self.home.segments if stays else None)

    def service(self, meter: Meter | None = None, presence: Presence | None = None) -> Service:
        """The service for chat platforms, not opened yet; `meter` and `presence` are as in `make_service`.

        Raises StoreUnusable, and the errors of `desk`."""
        from datetime import timedelta

        from bot.corpus_admin.limits import Limits
        from bot.service.service_factory import make_service
        from bot.service.service_options import ServiceOptions

        settings = self.settings
        return make_service(
            self.home,
            self.desk(meter, stays=True),
            ServiceOptions(
                named=settings.collections,
                custodians=settings.custodians,
                platforms=settings.platforms,
                keep=timedelta(days=settings.keep_days),
                log_questions=settings.log_questions,
                limits=Limits(
                    collections=settings.community_collections,
                    sources=settings.community_sources,
                    articles=settings.community_articles,
                    megabytes=settings.community_megabytes,
                ),
            ),
            poller=self.poller if settings.poll_minutes else None,
            meter=meter,
            presence=presence,
        )

    def reload(self, request: ReloadRequest = EVERYTHING) -> ReloadReport:
        """Reload the corpus as `bot.corpus_admin.reload.reload` does, and show the progress."""
        with self.terminal.progress() as progress:
            return self._reload(request, progress=progress)

    def _reload(self, request: ReloadRequest, *, progress: ProgressCallback) -> ReloadReport:
        from bot.corpus_admin.reload import reload

        def embedder() -> Embedder:
            progress("loading the model", 0, 1)
            model = self.embedder
            progress("loading the model", 1, 1)
            return model

        return reload(self.home, embedder, request, progress=progress)

    def add(self, sources: Sequence[Source]) -> ReloadReport:
        """Add sources, and show the progress. Raises the errors of `bot.polling.adding.add`."""
        from functools import partial

        from bot.polling.adding import add

        with self.terminal.progress() as progress:
            return add(self.home, sources, partial(self._reload, progress=progress), progress=progress)

    @cached_property
    def poller(self) -> Poller:
        """The poller of the sources."""
        from datetime import timedelta

        from bot.polling.poller import Poller
        from corpus.polling.schedule import PAUSE

        minutes = self.settings.poll_minutes
        return Poller(self.home, pause=timedelta(minutes=minutes) if minutes else PAUSE)

    def poll(self, *, everything: bool = False) -> PollReport:
        """Run a round of polling, and show the progress. Raises the errors of `Poller.round`."""
        import threading

        with self.terminal.progress() as shown:
            return self.poller.round(self._reload, shown, threading.Event(), everything=everything)

    def _ready_model(self) -> Model:
        model = self._load(self.settings.model)
        model.embedder.ready()
        return model

    def _chosen_reader(self) -> Reader | None:
        from retrieval.reading.chosen_reader import chosen_reader

        return chosen_reader(self.settings.reader)

    def _finish(self) -> None:
        """Finish the erasures that a crash interrupted; print a notice if that fails."""
        from bot.corpus_admin.erasure import PendingErasures

        noted = PendingErasures(self.home)
        try:
            for one in noted.all():
                self.terminal.notice(f"erasing what was to be forgotten of collection {one.collection}")
                request = ReloadRequest(reread=one.location is not None, keep_rolled_back=True)
                self.reload(request.within(one.collection))
        except DatabaseAway:
            return  # reported when the corpus is opened
        except NewsdeskError as error:
            self.terminal.notice(f"what was to be forgotten is not all erased: {error}")
