"""Creates files and folders that only their owner can read, whatever the umask."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

FOLDER = 0o700
FILE = 0o600
OTHERS = 0o077
"""What group and others may do."""


def make_folder(path: Path) -> None:
    """Make one folder; its parents must be there. One that is there already is left as it is."""
    path.mkdir(FOLDER, exist_ok=True)


def open_private(path: str, flags: int) -> int:
    """For `open(..., opener=open_private)`: a file that is made is its owner's alone."""
    return os.open(path, flags, FILE)


def make_file(path: Path) -> None:
    """Make an empty file where there is nothing; what is in the way is left to who opens it."""
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE))


def is_open_to_others(path: Path) -> bool:
    """Whether anybody but its owner may do anything with it; False if that can't be told."""
    if os.name != "posix":
        return False
    try:
        return not path.is_symlink() and bool(path.stat().st_mode & OTHERS)
    except OSError:
        return False


def tighten(paths: Iterable[Path]) -> None:
    """Take from others what they may do with these files and folders, and with what is in a folder that was
    open to them. What belongs to somebody else stays as it is."""
    for path in paths:
        if is_open_to_others(path):
            with suppress(OSError):
                path.chmod(path.stat().st_mode & ~OTHERS & 0o7777)
                if path.is_dir():
                    tighten(path.iterdir())
