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
"""The mark of the store that has what is still to be forgotten."""
FOLDER = "shared"
"""The folder of the copies, in the one that the settings name: a home of its own may lie there, too."""


class DatabaseHome(Home):
    """The folder is this process's working copy: what is shared is on the server.

    `store`, `chats`, `withdrawn`, what is still to be forgotten, the right to change the corpus, generations
    and uploads (`copies`) are one for all processes with the same address.
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
        """Nothing is made, read or connected to yet; the rest is as in a folder. `files` names the place of
        the shared files, empty if it is the database."""
        super().__init__(root / FOLDER, disk, keep, sources)
        self.address = address
        self.reload_lock = AdvisoryLock(address, "reload")
        self.copies = self._copies = SharedHomeFiles(
            self.root, self.disk, self._files, files, self._check_lock
        )
        self._kept: Store | None = None
        self._followed = False
        self._reading = threading.Lock()

    def store(self) -> Store:
        """The record, opened. Raises DatabaseAway, HomeUnusable, StoreUnusable."""
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
        """The record that this home keeps open for short looks, for one thread at a time. Raises what `store`
        does."""
        with self._reading:
            if self._kept is None:
                self._kept = self.store()
                weakref.finalize(self, self._kept.close)
            yield self._kept

    @property
    def withdrawn(self) -> WithdrawnTable:
        """The articles that were withdrawn. Raises HomeUnusable."""
        self._make()
        self.migrate()
        return WithdrawnTable(self.root, self.disk, self.record)

    def collections(self) -> tuple[str, ...]:
        """The collections that something is here of; where nothing was taken on yet, it is tried first."""
        if not self._followed:
            self._followed = True  # from now on it is for whoever serves them, who says what goes wrong
            with suppress(HomeUnusable, StoreUnusable, ReloadBusy):
                self.copies.synchronize()
        return super().collections()

    def shared(self) -> SharedCorpus:
        """The database, what is served from it, and who changes it now. Raises what `store` does."""
        return SharedCorpus(server(self.address).name, self._copies.served(), self.reload_lock.holder())

    def chats(self) -> DatabaseLocation:
        """Where the chats are. Raises HomeUnusable."""
        self._make()
        self.migrate()
        return self.address

    @property
    def has_chats(self) -> bool:
        """Also where nobody has asked yet."""
        return True

    def pending(self) -> bytes | None:
        """What is written down of what is still to be forgotten. Raises what `store` does."""
        with self.record() as store:
            written = store.mark(PENDING)
        return written.encode() if written else None

    def write_pending(self, content: bytes | None) -> None:
        """Write that down, durably; None if nothing is left. Raises what `store` does."""
        with self.record() as store:
            store.set_mark(PENDING, content.decode() if content else "")

    def migrate(self) -> None:
        """Bring the folder up to today's format; the database's tables are brought up when it is opened."""
        if self.format.is_old(self.root):
            with super().locked(self.migration_wait):
                pass

    @contextmanager
    def locked(self, wait: float = 0) -> Iterator[None]:
        """The right to change the corpus, of all processes; the server frees it when the connection ends.

        Raises ReloadBusy, which says who has it, and DatabaseAway.
        """
        busy = "another reload is under way{who}: wait until it ends, then try again"
        with ExitStack() as stack:
            acquire(lambda seconds: stack.enter_context(self.reload_lock.held(seconds, busy)), wait)
            stack.enter_context(super().locked(self.migration_wait))
            # A change follows what was published last. What of it is lost for all is made anew by a reload.
            with suppress(FileLost):
                self.copies.synchronize()
            yield
