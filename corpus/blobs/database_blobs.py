"""A blob store in the database itself, so that nothing else has to be set up."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from corpus.blobs.blob_store import BlobStore, StoredFile
from corpus.errors import BlobStoreUnusable, FileLost, HomeUnusable, ReloadBusy, StoreUnusable
from corpus.storage.copies.file_table import FileTable
from corpus.storage.database import Database

PIECE = 2 << 20
"""Bytes of a row: a row travels and lies in memory as a whole, several times on its way, and a hundred
megabytes are fifty rows."""

KEPT_OPEN = 2
"""Connections that stay between two files: a server has a hundred for all."""


class DatabaseBlobs(BlobStore):
    """Files in pieces, in a table. Each file is put there in one transaction."""

    def __init__(self, opened: Callable[[], Database]) -> None:
        """Nothing is opened yet; several connections are `opened` where several files are asked for at
        once."""
        self._opened = opened
        self._idle: list[Database] = []

    def put(self, name: str, path: Path) -> None:
        """Piece by piece, visible when all are there."""
        with self._table() as table, path.open("rb") as file:
            table.put(name, path.stat().st_size, iter(partial(file.read, PIECE), b""))

    def get(self, name: str) -> Iterator[bytes]:
        """A piece a statement."""
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
        """Those whose row is there."""
        with self._table() as table:
            return table.among(names)

    def list(self) -> Iterator[StoredFile]:
        """In the order of their names."""
        with self._table() as table:
            yield from (StoredFile(*row) for row in table.all())

    def delete(self, names: Collection[str]) -> None:
        """All in one transaction."""
        with self._table() as table:
            table.delete(names)

    @contextmanager
    def _table(self) -> Iterator[FileTable]:
        database: Database | None = None
        try:
            # Connecting takes longer than a small file, of which a segment has twenty.
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
