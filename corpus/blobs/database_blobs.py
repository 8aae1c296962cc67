"""A blob store in the database itself, which needs no further setup."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from corpus.blobs.blob_store import BlobStore, StoredFile
from corpus.errors import BlobStoreUnusable, FileLost, HomeUnusable, ReloadBusy, StoreUnusable
from corpus.storage.copies.file_table import FileTable
from corpus.storage.database import Database

PIECE = 2 << 20
"""The bytes in a row: a row is sent and held in memory as a whole, several times on its way; a hundred
megabytes are fifty rows."""

KEPT_OPEN = 2
"""The idle connections that are kept: a server has a hundred for all processes."""


class DatabaseBlobs(BlobStore):
    """Stores files in pieces in a table; each file is written in one transaction."""

    def __init__(self, opened: Callable[[], Database]) -> None:
        """`opened` opens a connection; several are opened if files are requested in parallel. None is opened
        yet."""
        self._opened = opened
        self._idle: list[Database] = []

    def put(self, name: str, path: Path) -> None:
        """Write the pieces in one transaction, so that they become visible together."""
        with self._table() as table, path.open("rb") as file:
            table.put(name, path.stat().st_size, iter(partial(file.read, PIECE), b""))

    def get(self, name: str) -> Iterator[bytes]:
        """Read one piece per statement."""
        with self._table() as table:
            size, given, number = table.size(name), 0, 0
            if size is None:
                raise FileLost(name, "is missing in the database")
            while given < size:
                piece = table.piece(name, number)
                if not piece:
                    raise FileLost(name, "is not whole in the database")
                yield piece
                given, number = given + len(piece), number + 1

    def has(self, names: Collection[str]) -> set[str]:
        """Looked up in the table of files."""
        with self._table() as table:
            return table.existing(names)

    def list(self) -> Iterator[StoredFile]:
        """Sorted by name."""
        with self._table() as table:
            yield from (StoredFile(*row) for row in table.all())

    def delete(self, names: Collection[str]) -> None:
        """In one transaction."""
        with self._table() as table:
            table.delete(names)

    @contextmanager
    def _table(self) -> Iterator[FileTable]:
        database: Database | None = None
        try:
            # Connecting takes longer than reading a small file, of which a segment has twenty.
            with suppress(IndexError):  # another thread may have taken the last one
                database = self._idle.pop()
            database = database or self._opened()
            yield FileTable(database)
            if len(self._idle) < KEPT_OPEN:
                self._idle.append(database)
                database = None
        except FileLost:
            raise
        except (HomeUnusable, StoreUnusable, ReloadBusy) as error:
            raise BlobStoreUnusable(str(error)) from error
        finally:
            if database:
                database.close()
