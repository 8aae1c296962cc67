"""Blob stores: immutable files, each named by the SHA-256 of its content, which all processes can reach."""

import hashlib
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from corpus.errors import BlobStoreUnusable, FileLost
from corpus.storage.disk import Disk

PIECE = 1 << 20
"""Bytes of a file that are read and sent at a time."""
TRIES = 3
"""How often a file is asked for: a connection that is dropped once is taken up again, and a place that is
away for longer is left to the next look."""
FIRST_PAUSE = 0.2
"""Seconds before the second try; each further one waits twice as long."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as its blob store lists it: its name (the SHA-256 of its content, as hex; another one if an
    upload was interrupted), its size in bytes, and when it was stored, by the store's clock."""

    name: str
    size: int
    stored: datetime


class BlobStore(Protocol):
    """Keeps files. Safe in several threads; every method raises BlobStoreUnusable if the store can't be
    reached or refuses."""

    def put(self, name: str, path: Path) -> None:
        """Keep a copy of the file under that name, durably. One that is there already is replaced by the
        same bytes."""
        ...

    def get(self, name: str) -> Iterator[bytes]:
        """What the file holds, piece by piece, not yet checked. Raises FileLost if it is not there."""
        ...

    def has(self, names: Collection[str]) -> set[str]:
        """Those of the names that are there."""
        ...

    def list(self) -> Iterator[StoredFile]:
        """Every file that is there."""
        ...

    def delete(self, names: Collection[str]) -> None:
        """Remove files; what is gone already is fine."""
        ...


def name_of(path: Path) -> str:
    """The SHA-256 (hex) of what a file holds."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for piece in iter(partial(file.read, PIECE), b""):
            digest.update(piece)
    return digest.hexdigest()


def fetch(blobs: BlobStore, name: str, path: Path, disk: Disk) -> int:
    """Put the file of that name at `path`, whose folder is there, in one step and durably but for the name
    in the folder; how many bytes it has.

    Every byte is checked before anything stands at `path`. What arrives broken and what does not arrive is
    asked for TRIES times. Raises FileLost if the blob store does not have what it should, BlobStoreUnusable,
    OSError.
    """
    for left in reversed(range(TRIES)):
        try:
            return _fetched(blobs, name, path, disk)
        except (FileLost, BlobStoreUnusable):
            if not left:
                raise
            time.sleep(FIRST_PAUSE * 2 ** (TRIES - 1 - left))
    raise AssertionError("the last try returns or raises")


def _fetched(blobs: BlobStore, name: str, path: Path, disk: Disk) -> int:
    aside = path.with_name(f".{path.name}.part")
    digest, size = hashlib.sha256(), 0

    def told(pieces: Iterable[bytes]) -> Iterator[bytes]:
        nonlocal size
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            yield piece

    disk.remove(aside)
    try:
        disk.write(aside, told(blobs.get(name)))
        if digest.hexdigest() != name:
            raise FileLost(name, "is damaged (its SHA-256 is another)")
        disk.sync(aside)
        disk.replace(aside, path)
    except BaseException:
        with suppress(OSError):
            disk.remove(aside)
        raise
    return size


def check(blobs: BlobStore, name: str) -> None:
    """Read every byte of a file. Raises FileLost if it is not there or is another, BlobStoreUnusable."""
    digest = hashlib.sha256()
    for piece in blobs.get(name):
        digest.update(piece)
    if digest.hexdigest() != name:
        raise FileLost(name, "is damaged (its SHA-256 is another)")
