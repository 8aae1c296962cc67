"""The operations on files that must survive a crash.

Everything durable outside the store is written through a `Disk`, so that tests can put one in its place
that records, loses or refuses each step.
"""

import errno
import os
import shutil
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from corpus.storage import private_files

NO_LINKS = {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}
"""What a system answers where a file can't have a second name: FAT, some network folders, too many names."""
COPIED_AT_ONCE = 1 << 20
"""Bytes."""


class Disk:
    """The real disk. Nothing is durable before it is synced: what a file holds by `sync`, and the names in
    a folder (new, renamed, removed) by `sync_folder`."""

    def make_folder(self, path: Path) -> None:
        """Make one folder, its owner's alone; its parents must be there. One that is there already is
        fine."""
        private_files.make_folder(path)

    def write(self, path: Path, data: bytes | Iterable[bytes]) -> None:
        """Write a new file, its owner's alone, at once or piece by piece; an existing one is an error."""
        with open(path, "xb", opener=private_files.open_private) as file:
            file.writelines((data,) if isinstance(data, bytes) else data)

    def link(self, source: Path, target: Path) -> None:
        """Give a durable file that never changes a second name; where the file system has no such thing,
        make a durable copy of it."""
        try:
            target.hardlink_to(source)
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
            with source.open("rb") as file:
                self.write(target, iter(partial(file.read, COPIED_AT_ONCE), b""))
            self.sync(target)

    def sync(self, path: Path) -> None:
        """Make what a file holds durable."""
        _fsync(path, os.O_RDONLY)

    def sync_folder(self, path: Path) -> None:
        """Make the names in a folder durable."""
        _fsync(path, os.O_RDONLY | os.O_DIRECTORY)

    def replace(self, source: Path, target: Path) -> None:
        """Rename over whatever is there, in one step."""
        source.replace(target)

    def remove(self, path: Path) -> None:
        """Remove a file or a whole folder; what is gone already is fine."""
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
