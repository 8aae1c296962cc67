"""A blob store in a folder that all processes can reach, local or mounted."""

import errno
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

from corpus.blobs.blob_store import PIECE, BlobStore, StoredFile
from corpus.errors import BlobStoreUnusable, FileLost
from corpus.storage.disk import Disk

APART = 2
"""Letters of a name that say in which folder below it lies: 256 folders keep each small on every file
system."""


class FolderBlobs(BlobStore):
    """Files of a folder of its own in one that is there, below folders with the first letters of their names.

    The folder around it is never made: where it is missing, nobody has mounted it, and what would be put
    there were on this machine alone.
    """

    def __init__(self, around: Path, name: str, disk: Disk) -> None:
        """Nothing is made before something is put there."""
        self._around = around
        self._folder = around / name
        self._disk = disk

    def put(self, name: str, path: Path) -> None:
        """Written beside, and renamed."""
        target = self._path(name)
        # Under a name of its own: another process may be putting the same file there.
        aside = target.with_name(f"{name}.{uuid4().hex}.part")
        try:
            self._look()
            for folder in (self._folder, target.parent):
                if not folder.is_dir():
                    self._disk.make_folder(folder)
                    self._disk.sync_folder(folder.parent)
            with path.open("rb") as file:
                self._disk.write(aside, iter(partial(file.read, PIECE), b""))
            self._disk.sync(aside)
            self._disk.replace(aside, target)
            self._disk.sync_folder(target.parent)
        except OSError as error:
            raise self._unusable(error) from error

    def get(self, name: str) -> Iterator[bytes]:
        """Read piece by piece."""
        try:
            self._look()
            with self._path(name).open("rb") as file:
                yield from iter(partial(file.read, PIECE), b"")
        except FileNotFoundError as error:
            raise FileLost(name, f"is missing in {self._folder}") from error
        except OSError as error:
            raise self._unusable(error) from error

    def has(self, names: Collection[str]) -> set[str]:
        """By looking for each."""
        try:
            self._look()
            return {name for name in names if self._path(name).is_file()}
        except OSError as error:
            raise self._unusable(error) from error

    def list(self) -> Iterator[StoredFile]:
        """Also what an upload that was cut off has left."""
        try:
            self._look()
            for path in self._folder.glob("??/*"):
                try:
                    found = path.stat()
                except FileNotFoundError:
                    continue  # removed by another meanwhile
                yield StoredFile(path.name, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))
        except OSError as error:
            raise self._unusable(error) from error

    def delete(self, names: Collection[str]) -> None:
        """One by one; durable when it returns."""
        try:
            self._look()
            for name in names:
                self._disk.remove(self._path(name))
            for folder in {self._path(name).parent for name in names}:
                if folder.is_dir():
                    self._disk.sync_folder(folder)
        except OSError as error:
            raise self._unusable(error) from error

    def _path(self, name: str) -> Path:
        return self._folder / name[:APART] / name

    def _look(self) -> None:
        """Raises OSError if the folder around is not there."""
        if not self._around.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "there is no such folder")

    def _unusable(self, error: OSError) -> BlobStoreUnusable:
        return BlobStoreUnusable(
            f"the folder of shared files {self._around} can't be used ({error.strerror or error}): make sure "
            "that it is mounted, yours to write, and has space"
        )
