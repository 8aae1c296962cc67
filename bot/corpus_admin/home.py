"""The home: the folder that holds all state, and its layout."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from bot.copies.local_home_files import LocalHomeFiles
from bot.corpus_admin.article_pages import ArticlePages
from bot.corpus_admin.home_format import HOME_FORMAT
from corpus.article import Article, ArticleHeading
from corpus.errors import HomeUnusable, ReloadBusy
from corpus.lazy_pattern import lazy_pattern
from corpus.lock_wait import acquire
from corpus.storage import private_files
from corpus.storage.atomic_write import write_atomically
from corpus.storage.disk import Disk
from corpus.storage.legacy_withdrawals import formerly_withdrawn
from corpus.storage.withdrawn import Ids, Withdrawn
from corpus.web.fetch_cache import FetchCache
from retrieval.generations.generation_store import GenerationStore

if TYPE_CHECKING:
    from bot.copies.shared_corpus import SharedCorpus
    from corpus.sources.sources import Sources
    from corpus.storage.database import DatabaseLocation
    from corpus.storage.store import Store

KEEP = timedelta(days=30)
"""As long as answers that quoted the text, by default."""
PENDING = "forgetting.json"
OURS = lazy_pattern(
    r"(?:store|chats)\.sqlite3(?:-\w+)?|collections|pages|uploads|fetched|shared|(?:withdrawn|forgetting|format|copies|reload|run_\w+)\.json|\w+\.lock|\..*\.part"
)
"""The names of everything that Newsdesk stores in a home."""


class Home:
    """`store.sqlite3`, `withdrawn.json`, `reload.lock`, and `collections/NAME/` with the generations of each.

    Homes are independent of each other. A home of an earlier release is migrated to `format` when it is first
    used, and one of a newer release is refused.
    """

    format = HOME_FORMAT
    migration_wait = 10.0
    """Seconds that a process waits for another one that migrates the same home: an empty one takes
    milliseconds, and commands may be started together."""

    def __init__(
        self,
        root: Path,
        disk: Disk | None = None,
        keep: timedelta = KEEP,
        sources: "Callable[[FetchCache], Sources] | None" = None,
    ) -> None:
        """Nothing is created or read yet. `disk` is replaced in tests of failures. `keep` is how long text
        that is no longer served is kept; `sources` replaces the opener of registered sources."""
        self.keep = keep
        self.root = root.expanduser().absolute()
        self.disk = disk or Disk()
        self.copies = LocalHomeFiles(self.root, self.disk)
        self.fetch_cache = FetchCache(self.root, self.disk)
        self._open_sources = sources
        self.pages = ArticlePages(self.root / "pages")
        self._lock = FileLock(self.root / "reload.lock", mode=private_files.FILE_MODE)

    @cached_property
    def sources(self) -> "Sources":
        """Opens registered sources."""
        if self._open_sources:
            return self._open_sources(self.fetch_cache)
        from corpus.sources.sources import Sources  # not needed for questions: it imports all readers

        return Sources(self.fetch_cache)

    @property
    def exists(self) -> bool:
        """Whether Newsdesk has stored anything here."""
        return bool(self._ours())

    def check_exists(self) -> None:
        """Raise HomeUnusable if there is no home here, so that a mistyped folder is not taken for an empty
        home, and none is created there."""
        if not self.exists:
            raise HomeUnusable(
                f"there is no home in {self.root}: name the folder of one with --home or NEWSDESK_HOME, or "
                "create one with `newsdesk corpus add PATH`"
            )

    def store(self) -> "Store":
        """The store, opened; the folder is created if missing. Raises HomeUnusable."""
        from corpus.storage.store import Store  # not imported for questions: it loads SQLAlchemy

        self._make()
        self.migrate()
        return Store(self.root / "store.sqlite3")

    def generation_store(self, collection: str) -> GenerationStore:
        """The collection's generations."""
        return self.copies.generation_store(collection)

    @property
    def withdrawn(self) -> Withdrawn:
        """The withdrawn articles. Raises HomeUnusable."""
        self.migrate()
        return Withdrawn(self.root, self.disk, self.remembered_withdrawn)

    def remembered_withdrawn(self) -> Ids:
        """The withdrawn articles that other records name, in case `withdrawn` is lost: the last generation of
        each collection, and a store of a release before `withdrawn.json`."""
        known = {name: set(self.generation_store(name).withdrawn()) for name in self.collections()}
        if known:
            for collection, article_id in formerly_withdrawn(self.root / "store.sqlite3"):
                known.setdefault(collection, set()).add(article_id)
        return {name: frozenset(ids) for name, ids in known.items()}

    def current_articles(self, collection: str) -> list[Article]:
        """The served articles without the withdrawn ones. Raises StoreUnusable."""
        withdrawn = self.withdrawn.of(collection)
        return [one for one in self.generation_store(collection).served_articles() if one.id not in withdrawn]

    def current_headings(self, collection: str) -> list[ArticleHeading]:
        """The metadata of `current_articles`, which needs no text to be read. Raises StoreUnusable."""
        withdrawn = self.withdrawn.of(collection)
        served = self.generation_store(collection).served()
        return [one for one in (served.snapshot.headings if served else ()) if one.id not in withdrawn]

    def served_versions(self, collection: str) -> dict[str, str]:
        """The version of each served article by id, also of withdrawn ones. Raises StoreUnusable."""
        served = self.generation_store(collection).served()
        return {one.id: one.version for one in served.snapshot.headings} if served else {}

    def segments(self) -> frozenset[str]:
        """The names of the segments of all generations that are kept. Raises HomeUnusable."""
        known = (self.generation_store(name).generations() for name in self.collections())
        return frozenset(
            entry.name for manifests in known for manifest in manifests for entry in manifest.segments
        )

    def uploads(self, collection: str) -> Path:
        """The folder of the files that were uploaded to the collection."""
        return self.copies.uploads / collection

    def shared(self) -> "SharedCorpus | None":
        """The corpus that several processes share; None for a home in a folder."""
        return None

    def chats(self) -> "DatabaseLocation":
        """The location of the chat database, here a file; its folder is created if missing. Raises
        HomeUnusable."""
        self._make()
        self.migrate()
        return self.root / "chats.sqlite3"

    @property
    def has_chats(self) -> bool:
        """Whether chats were ever served from this home."""
        return (self.root / "chats.sqlite3").exists()

    def pending(self) -> bytes | None:
        """The stored erasure requests. Raises OSError."""
        try:
            return (self.root / PENDING).read_bytes()
        except FileNotFoundError:
            return None

    def write_pending(self, content: bytes | None) -> None:
        """Store the erasure requests durably; None if there are none. Hold the home's lock. Raises
        OSError."""
        if content:
            write_atomically(self.disk, self.root / PENDING, content, self.root)
        else:
            self.disk.remove(self.root / PENDING)
            self.disk.sync_folder(self.root)

    def collections(self) -> tuple[str, ...]:
        """The collections with a generation, sorted. Raises HomeUnusable."""
        self.migrate()
        return self.copies.collections()

    def migrate(self) -> None:
        """Migrate a home of an earlier format. Raises HomeUnusable if a newer release wrote it, and
        ReloadBusy if another process still changes it after `migration_wait`."""
        if self.format.is_old(self.root):
            with self.locked(self.migration_wait):
                pass

    @contextmanager
    def locked(self, wait: float = 0) -> Iterator[None]:
        """Hold the lock for changing the corpus while the context is open; the system frees it when the
        process ends.

        It is reentrant in a thread, so that a change of several steps is not interrupted. Raises ReloadBusy
        if another process still holds it after `wait` seconds, or after the patience of the caller
        (`corpus/lock_wait.py`), and HomeUnusable.
        """
        self._make()
        acquire(self._take, wait)
        try:
            self._migrate()
            yield
        finally:
            self._lock.release()

    def _take(self, wait: float) -> None:
        try:
            self._lock.acquire(timeout=wait)
        except Timeout as error:
            raise ReloadBusy(
                f"another reload of {self.root} is under way: wait until it ends, then try again"
            ) from error
        except OSError as error:
            raise self._unusable(error) from error

    def _migrate(self) -> None:
        try:
            self.format.migrate(self.root, self.disk)
        except OSError as error:
            raise self._unusable(error) from error

    def _make(self) -> None:
        try:
            for folder in (*reversed(self.root.parents), self.root):
                if not folder.is_dir():
                    self.disk.make_folder(folder)
                    self.disk.sync_folder(folder.parent)
            self._tighten()
        except OSError as error:
            raise self._unusable(error) from error

    def open_to_others(self) -> list[Path]:
        """The files and folders of the home that other users of this machine may read or change."""
        root = [self.root] if self._is_all_ours() else []
        return [path for path in (*root, *self._ours()) if private_files.is_open_to_others(path)]

    def _tighten(self) -> None:
        """Restrict access to the home's files to their owner, also for files of earlier releases. A folder
        that contains anything else keeps its permissions."""
        private_files.tighten(self._ours())
        if self._is_all_ours() and private_files.is_open_to_others(self.root):
            with suppress(OSError):  # `doctor` reports it
                self.root.chmod(private_files.FOLDER_MODE)

    def _ours(self) -> list[Path]:
        return [path for path in self.root.iterdir() if _is_ours(path.name)] if self.root.is_dir() else []

    def _is_all_ours(self) -> bool:
        return self.root.is_dir() and all(_is_ours(path.name) for path in self.root.iterdir())

    def _unusable(self, error: OSError) -> HomeUnusable:
        return HomeUnusable(
            f"the state folder {self.root} can't be written ({error.strerror}): make it writable, or name "
            "another with --home or NEWSDESK_HOME"
        )


def _is_ours(name: str) -> bool:
    return bool(OURS.fullmatch(name))
