"""A home on a PostgreSQL server, shared by processes on any machines."""

import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.copies.shared_corpus import SharedCorpus
from bot.copies.shared_home_files import SharedHomeFiles
from bot.corpus_admin.home import KEEP, Home
from bot.corpus_admin.shared_home.database_store import DatabaseStore
from corpus.errors import FileLost, HomeUnusable, ReloadBusy, StoreUnusable
from corpus.lock_wait import acquire
from corpus.storage.copies.copies_database import CopiesDatabase
from corpus.storage.database import Database, DatabaseLocation
from corpus.storage.disk import Disk
from corpus.storage.sql.advisory_lock import AdvisoryLock
from corpus.storage.sql.postgres_server import server
from corpus.storage.sql.server_address import ServerAddress
from corpus.storage.store import Store
from corpus.storage.withdrawn_table import WithdrawnTable
from corpus.web.fetch_cache import FetchCache

if TYPE_CHECKING:
    from corpus.sources.sources import Sources

PENDING = "forgetting"
"""The store's mark with the pending erasure requests."""
FOLDER = "shared"
"""The folder of the copies, inside the one that the settings name, which may also be a home of its own."""


class DatabaseHome(Home):
    """A home whose state is on the server; the folder is the working copy of one process.

    All processes with the same address share `store`, `chats`, `withdrawn`, the pending erasures, the lock
    for changing the corpus, and the generations and uploads (`copies`).
    """

    def __init__(
        self,
        root: Path,
        address: ServerAddress,
        disk: Disk | None = None,
        keep: timedelta = KEEP,
        sources: "Callable[[FetchCache], Sources] | None" = None,
        files: str = "",
    ) -> None:
        """Nothing is created, read or connected to yet. The arguments are as in `Home`; `files` names the
        blob store, and is empty if that is the database."""
        super().__init__(root / FOLDER, disk, keep, sources)
        self.address = address
        self.reload_lock = AdvisoryLock(address, "reload")
        self.copies = self._copies = SharedHomeFiles(
            self.root, self.disk, self._files, files, self._check_lock
        )
        self._kept: Store | None = None
        self._followed = False
        self._reading = threading.Lock()

    @property
    def exists(self) -> bool:
        """Always true: the state is in the database, and the folder may start empty."""
        return True

    def store(self) -> Store:
        """The store, opened. Raises DatabaseAway, HomeUnusable, StoreUnusable."""
        self._make()
        self.migrate()
        return DatabaseStore(self.address, self.copies)

    def _files(self) -> CopiesDatabase:
        self._make()
        self.migrate()
        return CopiesDatabase(self.address)

    def _check_lock(self, _database: Database) -> None:
        self.reload_lock.check()

    @contextmanager
    def record(self) -> Iterator[Store]:
        """A store that this home keeps open for short reads and writes, for one thread at a time. Raises the
        errors of `store`."""
        with self._reading:
            if self._kept is None:
                self._kept = self.store()
                weakref.finalize(self, self._kept.close)
            yield self._kept

    @property
    def withdrawn(self) -> WithdrawnTable:
        """The withdrawn articles. Raises HomeUnusable."""
        self._make()
        self.migrate()
        return WithdrawnTable(self.root, self.disk, self.record)

    def collections(self) -> tuple[str, ...]:
        """The collections with a local generation, sorted; the first call tries to download what was
        published."""
        if not self._followed:
            self._followed = True  # later synchronizations, and their errors, are up to the desk
            with suppress(HomeUnusable, StoreUnusable, ReloadBusy):
                self.copies.synchronize()
        return super().collections()

    def shared(self) -> SharedCorpus:
        """The database, the served generations, and who holds the lock for changing it. Raises the errors of
        `store`."""
        return SharedCorpus(server(self.address).name, self._copies.served(), self.reload_lock.holder())

    def chats(self) -> DatabaseLocation:
        """The location of the chat database. Raises HomeUnusable."""
        self._make()
        self.migrate()
        return self.address

    @property
    def has_chats(self) -> bool:
        """Always true, even if nobody has asked yet."""
        return True

    def pending(self) -> bytes | None:
        """The stored erasure requests. Raises the errors of `store`."""
        with self.record() as store:
            written = store.mark(PENDING)
        return written.encode() if written else None

    def write_pending(self, content: bytes | None) -> None:
        """Store the erasure requests durably; None if there are none. Raises the errors of `store`."""
        with self.record() as store:
            store.set_mark(PENDING, content.decode() if content else "")

    def migrate(self) -> None:
        """Migrate the folder to the current format; the database's tables are migrated when it is opened."""
        if self.format.is_old(self.root):
            with super().locked(self.migration_wait):
                pass

    @contextmanager
    def locked(self, wait: float = 0) -> Iterator[None]:
        """Hold the lock for changing the corpus, over all processes, while the context is open; the server
        frees it when the connection ends.

        Raises ReloadBusy, which says who holds it, and DatabaseAway.
        """
        busy = "another reload is under way{who}: wait until it ends, then try again"
        with ExitStack() as stack:
            acquire(lambda seconds: stack.enter_context(self.reload_lock.hold(seconds, busy)), wait)
            stack.enter_context(super().locked(self.migration_wait))
            # Change what was published last. A file that is lost in the blob store is rebuilt by a reload.
            with suppress(FileLost):
                self.copies.synchronize()
            yield
