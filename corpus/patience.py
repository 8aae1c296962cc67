"""How long a change that somebody waits for waits itself for another one, and how they hear of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from corpus.errors import ReloadBusy

PATIENCE = 10.0
"""Seconds: what a round over the sources publishes, and the hourly tidying, take some; nobody watches a
message for longer that says nothing but that it waits."""

T = TypeVar("T")
_TELL: ContextVar[Callable[[], None] | None] = ContextVar("tell", default=None)


@contextmanager
def patient(tell: Callable[[], None]) -> Iterator[None]:
    """For the time of the block, in its thread, what is not free is waited for; `tell` is called where it is
    not."""
    token = _TELL.set(tell)
    try:
        yield
    finally:
        _TELL.reset(token)


def taken(take: Callable[[float], T], wait: float) -> T:
    """What `take` gives, which waits for so many seconds; somebody patient waits for PATIENCE seconds where
    nobody else does for any. Raises ReloadBusy as it does."""
    tell = _TELL.get()
    if wait or tell is None:
        return take(wait)
    try:
        return take(0.0)
    except ReloadBusy:
        tell()
        return take(PATIENCE)
