"""Waiting for the lock of the corpus on behalf of somebody who watches, and telling them so."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from corpus.errors import ReloadBusy

PATIENCE = 10.0
"""Seconds: publishing what a poll found, or the hourly cleaning, takes a few; nobody watches a message for
longer that says only that it waits."""

T = TypeVar("T")
_TELL: ContextVar[Callable[[], None] | None] = ContextVar("tell", default=None)


@contextmanager
def wait_for_lock(tell: Callable[[], None]) -> Iterator[None]:
    """Within the block, in this thread, `acquire` waits for a lock that is taken, and calls `tell` first."""
    token = _TELL.set(tell)
    try:
        yield
    finally:
        _TELL.reset(token)


def acquire(take: Callable[[float], T], wait: float) -> T:
    """Acquire a lock by `take`, which waits for so many seconds; within `wait_for_lock`, for PATIENCE seconds
    where it would not wait at all. Raises ReloadBusy as `take` does."""
    tell = _TELL.get()
    if wait or tell is None:
        return take(wait)
    try:
        return take(0.0)
    except ReloadBusy:
        tell()
        return take(PATIENCE)
