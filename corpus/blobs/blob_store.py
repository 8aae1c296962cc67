"""The interface of blob stores: immutable files, named by the SHA-256 of their content, which all processes
share."""

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
"""The bytes that are read and sent at a time."""
TRIES = 3
"""The number of attempts to fetch a file: a dropped connection is retried; a longer outage is left to the
next round."""
FIRST_PAUSE = 0.2
"""Seconds before the second attempt; each further one waits twice as long."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the listing of a blob store: its name (the SHA-256 of its content in hex, or a temporary name
    of an interrupted upload), its size in bytes, and when it was stored, by the store's clock."""

    name: str
    size: int
    stored: datetime


class BlobStore(Protocol):
    """Stores files. It is thread-safe; every method raises BlobStoreUnusable if the store can't be reached or
    refuses."""

    def put(self, name: str, path: Path) -> None:
        """Durably store a copy of the file under that name. An existing one is replaced by the same bytes."""
        ...

    def get(self, name: str) -> Iterator[bytes]:
        """The file's content piece by piece, unverified. Raises FileLost if it does not exist."""
        ...

    def has(self, names: Collection[str]) -> set[str]:
        """Those of the names that exist."""
        ...

    def list(self) -> Iterator[StoredFile]:
        """Every stored file."""
        ...

    def delete(self, names: Collection[str]) -> None:
        """Delete files; missing ones are ignored."""
        ...


def name_of(path: Path) -> str:
    """The SHA-256 (hex) of a file's content."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for piece in iter(partial(file.read, PIECE), b""):
            digest.update(piece)
    return digest.hexdigest()


def download(blobs: BlobStore, name: str, path: Path, disk: Disk) -> int:
    """Download a file to `path`, whose folder exists, verify it and sync it. The caller syncs the folder.
    Returns the size in bytes.

    `path` appears only after all bytes were verified. A damaged or failed download is attempted TRIES times.
    Raises FileLost if the file is missing or damaged in the blob store, BlobStoreUnusable, OSError.
    """
    for left in reversed(range(TRIES)):
        try:
            return _download_once(blobs, name, path, disk)
        except (FileLost, BlobStoreUnusable):
            if not left:
                raise
            time.sleep(FIRST_PAUSE * 2 ** (TRIES - 1 - left))
    raise AssertionError("the last try returns or raises")


def _download_once(blobs: BlobStore, name: str, path: Path, disk: Disk) -> int:
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
    """Verify every byte of a file. Raises FileLost if it is missing or damaged, BlobStoreUnusable."""
    digest = hashlib.sha256()
    for piece in blobs.get(name):
        digest.update(piece)
    if digest.hexdigest() != name:
        raise FileLost(name, "is damaged (its SHA-256 is another)")
