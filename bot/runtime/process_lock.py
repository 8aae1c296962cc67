"""A lock that allows one process for each bot of a home."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from corpus.errors import HomeUnusable, PlatformRefused
from corpus.storage import private_files

DIGITS = 12
"""Hexadecimal digits of a token's hash in the lock's name: they distinguish bots without revealing the
token."""


class Holder(msgspec.Struct, frozen=True):
    """The process that holds a lock."""

    process: int
    since: datetime


@contextmanager
def only_process(home: Path, platform: str, token: str) -> Iterator[None]:
    """Exclude other processes on that platform with that token and home while the context is open. The system
    frees the lock when the process ends. Raises PlatformRefused if another process holds it, and
    HomeUnusable."""
    digest = hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()[:DIGITS]
    name = home / f"run_{platform.lower()}_{digest}"
    lock = FileLock(name.with_suffix(".lock"), mode=private_files.FILE_MODE)
    told = name.with_suffix(".json")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise PlatformRefused(
            f"another newsdesk{_who(told)} answers on {platform} with this token and this home ({home}): "
            "stop it first"
        ) from error
    except OSError as error:
        raise HomeUnusable(f"{home} can't be written ({error.strerror}): make it writable") from error
    try:
        with suppress(OSError), open(told, "wb", opener=private_files.open_private) as file:
            file.write(msgspec.json.encode(Holder(os.getpid(), datetime.now(UTC))))
        yield
    finally:
        with suppress(OSError):
            told.unlink()
        lock.release()


def _who(told: Path) -> str:
    """Which process holds a lock and since when, if it is known."""
    try:
        holder = msgspec.json.decode(told.read_bytes(), type=Holder)
    except (OSError, msgspec.MsgspecError):
        return ""  # it has only just started
    return f" (process {holder.process}, since {holder.since.astimezone(UTC):%Y-%m-%d %H:%M} UTC)"
