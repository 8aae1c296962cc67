"""Processes that share generations: each with a folder of its own, one database and one place of files."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.blobs.blob_store import BlobStore
from corpus.blobs.database_blobs import DatabaseBlobs
from corpus.blobs.folder_blobs import FolderBlobs
from corpus.blobs.object_blobs import ObjectBlobs
from corpus.storage.copies.copies_database import CopiesDatabase
from corpus.storage.copies.generation_register import GenerationRegister
from corpus.storage.database import Database
from corpus.storage.disk import Disk
from corpus.storage.sql.server_address import ServerAddress
from retrieval.copies.local_copies import LocalCopies
from retrieval.copies.shared_store import Shared
from tests.fault.newsroom import QuickDisk

KINDS = ("folder", "objects", "database")


def anybody(_database: Database) -> None:
    """For tests in which one process writes: it holds the lock."""


@dataclass(frozen=True)
class Newsroom:
    """What the processes share."""

    root: Path
    database: Callable[[], CopiesDatabase]
    blobs: BlobStore

    @contextmanager
    def register(self) -> Iterator[GenerationRegister]:
        with self.database() as database:
            yield GenerationRegister(database, anybody)

    def process(self, name: str, disk: Disk | None = None, blobs: BlobStore | None = None) -> LocalCopies:
        """One of the processes; two of the same name share a folder."""
        folder = self.root / name
        folder.mkdir(exist_ok=True)
        shared = Shared(
            self.register, lambda: blobs or self.blobs, disk or QuickDisk(), folder / "copies.lock"
        )
        return LocalCopies(folder / "copies", shared)


def newsroom(root: Path, kind: str, address: str | None = None, files: str | None = None) -> Newsroom:
    """With files in a place of that kind; the database is on a server, or else a file."""
    where = ServerAddress(address) if address else root / "copies.sqlite3"

    def database() -> CopiesDatabase:
        return CopiesDatabase(where)

    match kind:
        case "folder":
            blobs: BlobStore = FolderBlobs(root, "files", QuickDisk())
        case "objects":
            assert files
            blobs = ObjectBlobs(files)
        case _:
            blobs = DatabaseBlobs(database)
    return Newsroom(root, database, blobs)
