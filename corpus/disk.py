"""The few things that are done to files that must survive a crash.

Everything durable outside the store is written through a `Disk`, so that tests can put one in its place
that records, loses or refuses each step.
"""

import os
import shutil
from pathlib import Path


class Disk:
    """The real disk: nothing here returns before what it did is asked to be durable, but for renames,
    which `sync_folder` on the parent makes durable."""

    def make_folder(self, path: Path) -> None:
        """Make one new folder; its parents must be there."""
        path.mkdir()

    def write(self, path: Path, data: bytes) -> None:
        """Write a new file and fsync it; an existing one is an error."""
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def sync_folder(self, path: Path) -> None:
        """Make the names in a folder durable."""
        folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def replace(self, source: Path, target: Path) -> None:
        """Rename over whatever is there, in one step."""
        source.replace(target)

    def remove(self, path: Path) -> None:
        """Remove a file or a whole folder; what is gone already is fine."""
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
