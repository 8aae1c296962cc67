"""File operations whose results survive a crash.

All durable files outside the store are written through a `Disk`, so that tests can replace it with one that
records, loses or fails each step.
"""

import errno
import os
import shutil
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from corpus.storage import private_files

NO_LINKS = {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}
"""The errors of systems without hard links: FAT, some network folders, too many links, no permission."""
COPIED_AT_ONCE = 1 << 20
"""The size in bytes of the pieces in which a file is copied."""


class Disk:
    """The real disk. Nothing is durable before it is synced: a file's content by `sync`, and the names in a
    folder (created, renamed, removed) by `sync_folder`."""

    def make_folder(self, path: Path) -> None:
        """Create a folder that only its owner can access. Its parent must exist; an existing folder is left
        alone."""
        private_files.make_folder(path)

    def write(self, path: Path, data: bytes | Iterable[bytes]) -> None:
        """Create a file that only its owner can access, from one or several pieces. Fails if it exists."""
        with open(path, "xb", opener=private_files.open_private) as file:
            file.writelines((data,) if isinstance(data, bytes) else data)

    def link(self, source: Path, target: Path) -> None:
        """Create a hard link to a durable file that never changes; without support for these, make a durable
        copy."""
        try:
            target.hardlink_to(source)
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
            with source.open("rb") as file:
                self.write(target, iter(partial(file.read, COPIED_AT_ONCE), b""))
            self.sync(target)

    def sync(self, path: Path) -> None:
        """Make a file's content durable."""
        _fsync(path, os.O_RDONLY)

    def sync_folder(self, path: Path) -> None:
        """Make the names in a folder durable."""
        _fsync(path, os.O_RDONLY | os.O_DIRECTORY)

    def replace(self, source: Path, target: Path) -> None:
        """Rename atomically, replacing any file at `target`."""
        source.replace(target)

    def remove(self, path: Path) -> None:
        """Remove a file or a folder with its content; a missing one is ignored."""
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _fsync(path: Path, flags: int) -> None:
    opened = os.open(path, flags)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
