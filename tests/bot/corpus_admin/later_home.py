"""A home two formats later, for tests of the way there.

`python -m tests.bot.corpus_admin.later_home ROOT STEPS` brings the home up to it, and is killed before it
does more than so many things to the disk.
"""

import json
import os
import signal
import sys
from pathlib import Path

from bot.corpus_admin.home import Home
from bot.corpus_admin.home_format import HOME_FORMAT, HomeFormat
from corpus.storage.atomic_write import write_atomically
from corpus.storage.disk import Disk

NEXT = HOME_FORMAT.number + 1
LATER = NEXT + 1


def rename_copies(root: Path, disk: Disk) -> None:
    """What was fetched lies under another name."""
    if (root / "fetched").is_dir():
        disk.replace(root / "fetched", root / "copies")
    disk.sync_folder(root)


def list_copies(root: Path, disk: Disk) -> None:
    """A file says what there is."""
    names = sorted(path.name for path in (root / "copies").glob("*"))
    write_atomically(disk, root / "copies.json", json.dumps(names).encode(), root)


class LaterHome(Home):
    """With both."""

    format = HomeFormat(LATER, {**HOME_FORMAT.migrations, NEXT - 1: rename_copies, NEXT: list_copies})


class Mortal(Disk):
    """A disk whose process is killed before it does one thing more than `left`."""

    def __init__(self, left: int) -> None:
        self._left = left

    def _pass_by(self) -> None:
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)
        self._left -= 1

    def make_folder(self, path: Path) -> None:
        self._pass_by()
        super().make_folder(path)

    def write(self, path: Path, data: bytes) -> None:
        self._pass_by()
        super().write(path, data)

    def sync(self, path: Path) -> None:
        self._pass_by()
        super().sync(path)

    def sync_folder(self, path: Path) -> None:
        self._pass_by()
        super().sync_folder(path)

    def replace(self, source: Path, target: Path) -> None:
        self._pass_by()
        super().replace(source, target)

    def remove(self, path: Path) -> None:
        self._pass_by()
        super().remove(path)


if __name__ == "__main__":
    LaterHome(Path(sys.argv[1]), Mortal(int(sys.argv[2]))).migrate()
