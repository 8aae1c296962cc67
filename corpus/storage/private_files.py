"""Creates files and folders that only their owner can read, whatever the umask."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

FOLDER_MODE = 0o700
FILE_MODE = 0o600
OTHERS_MASK = 0o077
"""The permission bits of group and others."""


def make_folder(path: Path) -> None:
    """Create a folder; its parent must exist. An existing folder is left as it is."""
    path.mkdir(FOLDER_MODE, exist_ok=True)


def open_private(path: str, flags: int) -> int:
    """An opener for `open`: a created file is accessible only to its owner."""
    return os.open(path, flags, FILE_MODE)


def make_file(path: Path) -> None:
    """Create an empty file if the path is free; errors are left to whoever opens it."""
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))


def is_open_to_others(path: Path) -> bool:
    """Whether anybody but its owner has any permission on it; False if that is unknown."""
    if os.name != "posix":
        return False
    try:
        return not path.is_symlink() and bool(path.stat().st_mode & OTHERS_MASK)
    except OSError:
        return False


def tighten(paths: Iterable[Path]) -> None:
    """Remove all permissions of group and others from these files and folders, and from the content of a
    folder that was accessible to others. Files of other owners stay as they are."""
    for path in paths:
        if is_open_to_others(path):
            with suppress(OSError):
                path.chmod(path.stat().st_mode & ~OTHERS_MASK & 0o7777)
                if path.is_dir():
                    tighten(path.iterdir())
