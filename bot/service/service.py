"""Everything that a chat platform's adapter works with, opened and closed together."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.chat_store.chat_store import ChatStore
from bot.community_admin.admin_rights import AdminRights
from bot.community_admin.audit_log import AuditLog
from bot.community_admin.community_quota import CommunityQuota
from bot.community_admin.corpus_editor import CorpusEditor
from bot.community_admin.corpus_overview import CorpusOverview
from bot.corpus_admin.home import Home
from bot.corpus_admin.limits import Limits
from bot.corpus_admin.reload import ReloadReport
from bot.desk.desk import Desk
from bot.desk.rechecker import Rechecker
from bot.measuring.meter import Meter, NoMeter, Timed
from bot.measuring.presence import Presence
from bot.permissions.chat_settings import ChatSettings
from bot.permissions.current_rights import CurrentRights
from bot.permissions.name_reservations import settle_abandoned
from bot.permissions.rights import Community
from bot.permissions.venue_access import VenueAccess
from bot.polling.poll_loop import PollLoop
from bot.polling.poller import Poller
from bot.runtime.rate_limit import RateLimits
from bot.runtime.worker import Worker
from bot.service.browsing import Browsing
from bot.service.lookups import Lookups
from bot.service.questions import Questions
from bot.service.rechecks import Rechecks
from bot.service.stored_answers import StoredAnswers
from corpus.storage.registered import Source
from retrieval.progress import ProgressCallback

LOOK_AGAIN = 5.0
"""Seconds between looks at what another process published or bound: a few file names are read each time."""
PURGE_EVERY = 3600.0
"""Seconds between forgetting what is past its time."""
STOP = 10.0
"""Seconds that a reload under way has to end, where the bot is stopped."""
DB_QUEUE = 10_000
"""Reads and writes of the chats' file that may wait: several of each question in the search worker's queue, a
millisecond each."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Service:
    """The parts; use it as an asynchronous context manager."""

    home: Home
    desk: Desk
    chat_store: ChatStore
    current_rights: CurrentRights
    settings: ChatSettings
    access: VenueAccess
    questions: Questions
    stored_answers: StoredAnswers
    rechecks: Rechecks
    browsing: Browsing
    lookups: Lookups
    audit_log: AuditLog
    admin_rights: AdminRights
    corpus_overview: CorpusOverview
    corpus_editor: CorpusEditor
    db_worker: Worker
    reader: Worker
    search_worker: Worker
    poll_loop: PollLoop | None
    keep: timedelta
    log_questions: bool
    meter: Meter
    presence: Presence
    _tasks: list["asyncio.Task[None]"]

    @property
    def workers(self) -> tuple[Worker, ...]:
        """The threads that work for it."""
        return self.db_worker, self.reader, self.search_worker

    async def __aenter__(self) -> "Service":
        await asyncio.to_thread(settle_abandoned, self.home)
        await asyncio.to_thread(self.current_rights.look, self.desk.refresh)
        await self.settings.load()
        self._tasks.extend(
            asyncio.create_task(work, name=name)
            for name, work in (("look-again", self._look_again()), ("purge", self._purge()))
        )
        if self.poll_loop:
            self.poll_loop.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        if self.poll_loop:
            await asyncio.to_thread(self.poll_loop.stop)
        # A reload ends with its next word on how far it is; a site that is slow to answer may hold that up.
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP):
                await self.corpus_editor.stop()
        await asyncio.to_thread(self.search_worker.close)
        await asyncio.to_thread(self.reader.close)
        await asyncio.to_thread(self.db_worker.close)
        self.current_rights.close()
        self.chat_store.close()

    async def _look_again(self) -> None:
        while True:
            await asyncio.sleep(LOOK_AGAIN)
            try:
                await asyncio.to_thread(self.current_rights.look, self.desk.refresh)
                await self.settings.load()
            except Exception:  # noqa: BLE001 - whatever it is, the next look may go well
                _log.exception("could not look for changes; trying again")

    async def _purge(self) -> None:
        while True:
            try:
                await self.db_worker.run(self.chat_store.retention.purge, self.keep)
                # Not at the start, when somebody may be waiting to change the corpus: a reload does it too.
                await asyncio.sleep(PURGE_EVERY)
                await self.corpus_editor.tidy()
            except Exception:  # noqa: BLE001 - as above
                _log.exception("could not forget what is past its time; trying again")
                await asyncio.sleep(PURGE_EVERY)


def _take_in(
    desk: Desk,
    quota: CommunityQuota,
    collection: str,
    only: frozenset[Source],
    progress: ProgressCallback,
) -> ReloadReport:
    """Answer from what these sources hold now; what a community may have bounds what comes by itself too."""
    names = frozenset({collection})
    return desk.reload(
        collections=names, only=only, fetch=False, progress=progress, usage=quota.room_of_owner(collection)
    )


def make_service(
    home: Home,
    desk: Desk,
    *,
    named: tuple[str, ...] = (),
    custodians: frozenset[Community] = frozenset(),
    platforms: frozenset[str] = frozenset(),
    keep: timedelta = timedelta(days=30),
    log_questions: bool = False,
    limits: Limits | None = None,
    poller: Poller | None = None,
    meter: Meter | None = None,
    presence: Presence | None = None,
) -> Service:
    """The parts for a desk that is open. Raises HomeUnusable, StoreUnusable.

    `named` and `custodians` are as in `CurrentRights`, `platforms` as in `ChatSettings`, `keep` is how long
    answers and their questions are kept, `limits` what one community may have, `poller` what polls the
    sources at addresses, None where nothing does. `meter` is told what happens, and `presence` where the bot
    is connected.
    """
    meter = meter or NoMeter()
    chat_store = ChatStore(home.chats())

    def searched(waited: float, worked: float) -> None:
        meter.time(Timed.QUEUE, waited)
        meter.time(Timed.SEARCH, worked)

    db_worker = Worker(
        "chat-store", queue=DB_QUEUE, observe=lambda _waited, worked: meter.time(Timed.DATABASE, worked)
    )
    reader = Worker("reader")
    search_worker = Worker("search", observe=searched)
    current_rights = CurrentRights(ChatStore(home.chats()), named, custodians)
    settings = ChatSettings(chat_store, db_worker, current_rights, platforms)
    access = VenueAccess(desk, settings, RateLimits())
    stored_answers = StoredAnswers(desk, access, chat_store, db_worker)
    audit_log = AuditLog(chat_store.audit, db_worker)
    admin_rights = AdminRights(home, desk, settings, access, audit_log, reader)
    quota = CommunityQuota(home, desk, settings, limits or Limits())
    return Service(
        home=home,
        desk=desk,
        chat_store=chat_store,
        current_rights=current_rights,
        settings=settings,
        access=access,
        questions=Questions(desk, access, stored_answers, search_worker),
        stored_answers=stored_answers,
        rechecks=Rechecks(Rechecker(home, desk), stored_answers, reader),
        browsing=Browsing(desk, access, reader, search_worker),
        lookups=Lookups(desk, access, stored_answers, reader, search_worker),
        audit_log=audit_log,
        admin_rights=admin_rights,
        corpus_overview=CorpusOverview(home, admin_rights, audit_log, reader),
        corpus_editor=CorpusEditor(home, desk, settings, admin_rights, quota, audit_log),
        db_worker=db_worker,
        reader=reader,
        search_worker=search_worker,
        poll_loop=PollLoop(poller, partial(_take_in, desk, quota), meter=meter) if poller else None,
        keep=keep,
        log_questions=log_questions,
        meter=meter,
        presence=presence or Presence(platforms),
        _tasks=[],
    )
