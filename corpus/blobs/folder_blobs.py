"""A blob store in a folder, local or mounted, that all processes can reach."""

import errno
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

from corpus.blobs.blob_store import PIECE, BlobStore, StoredFile
from corpus.errors import BlobStoreUnusable, FileLost
from corpus.storage.disk import Disk

PREFIX_LENGTH = 2
"""The first letters of a name that are its subfolder: 256 subfolders keep each one small on every file
system."""


class FolderBlobs(BlobStore):
    """Stores files in its own folder within an existing one, in subfolders named by the first letters.

    The existing folder is never created: if it is missing, it is not mounted, and files would be stored on
    this machine only.
    """

    def __init__(self, parent: Path, name: str, disk: Disk) -> None:
        """The store's folder is `parent`/`name`; it is created by the first `put`."""
        self._parent = parent
        self._folder = parent / name
        self._disk = disk

    def put(self, name: str, path: Path) -> None:
        """Written to a temporary file and renamed."""
        target = self._path(name)
        # The temporary name is unique, because another process may be storing the same file.
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
        """Checks each file."""
        try:
            self._look()
            return {name for name in names if self._path(name).is_file()}
        except OSError as error:
            raise self._unusable(error) from error

    def list(self) -> Iterator[StoredFile]:
        """Includes the temporary files of interrupted uploads."""
        try:
            self._look()
            for path in self._folder.glob("??/*"):
                try:
                    found = path.stat()
                except FileNotFoundError:
                    continue  # deleted by another process
                yield StoredFile(path.name, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))
        except OSError as error:
            raise self._unusable(error) from error

    def delete(self, names: Collection[str]) -> None:
        """Deletes one file after another; durable when it returns."""
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
        return self._folder / name[:PREFIX_LENGTH] / name

    def _look(self) -> None:
        """Raises OSError if the parent folder does not exist."""
        if not self._parent.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "there is no such folder")

    def _unusable(self, error: OSError) -> BlobStoreUnusable:
        return BlobStoreUnusable(
            f"the folder of shared files {self._parent} can't be used ({error.strerror or error}): make sure "
            "that it is mounted, yours to write, and has space"
        )
