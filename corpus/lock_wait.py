"""Waits for the lock of the corpus while a person is watching, and tells them so."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from corpus.errors import ReloadBusy

MAX_WAIT_SECONDS = 10.0
"""The most seconds to wait. Publishing the result of a poll, or the hourly cleanup, takes a few; nobody
watches a waiting message for longer."""

T = TypeVar("T")
_TELL: ContextVar[Callable[[], None] | None] = ContextVar("tell", default=None)


@contextmanager
def wait_for_lock(tell: Callable[[], None]) -> Iterator[None]:
    """Within the block, in this thread, `acquire` waits for a lock that is held by another, and calls `tell`
    first."""
    token = _TELL.set(tell)
    try:
        yield
    finally:
        _TELL.reset(token)


def acquire(take: Callable[[float], T], wait: float) -> T:
    """Acquire a lock with `take`, whose argument is the number of seconds to wait. Within `wait_for_lock`, a
    call that would not wait waits up to MAX_WAIT_SECONDS. Raises ReloadBusy as `take` does."""
    tell = _TELL.get()
    if wait or tell is None:
        return take(wait)
    try:
        return take(0.0)
    except ReloadBusy:
        tell()
        return take(MAX_WAIT_SECONDS)
