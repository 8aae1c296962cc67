"""Checks right before sending that this process still owns the event.

A platform may make a message wait for a minute, and a busy machine may stall a process for longer; another
process may have taken over the event meanwhile. Discord recognises a second answer as the first one. Slack
does not, so its adapter checks before each attempt (`check_fence`), and marks each message with the event
that it answers (`current_mark`).
"""

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

FRESH = 0.5
"""Seconds for which a check is valid: shorter than it takes another process to notice that this one is
missing."""


Ours = Callable[[str | None], Awaitable[bool]]
"""Whether this process still owns an event."""


class TakenOver(Exception):
    """Another process has taken over the event."""


class Fence:
    """The check for one event."""

    def __init__(self, event: str | None, ours: Ours) -> None:
        """The event was checked just now; `ours` checks it again."""
        self.event = event
        self._ours = ours
        self._asked = time.monotonic()

    async def pass_by(self) -> None:
        """Raise TakenOver if another process has taken over the event."""
        if time.monotonic() - self._asked < FRESH:
            return
        if not await self._ours(self.event):
            raise TakenOver
        self._asked = time.monotonic()


_FENCE: ContextVar[Fence | None] = ContextVar("fence", default=None)


@contextmanager
def fenced(event: str | None, ours: Ours) -> Iterator[None]:
    """Check messages that are sent in this context with `ours`, as the answer to an event; None is an event
    that nobody takes over."""
    token = _FENCE.set(Fence(event, ours))
    try:
        yield
    finally:
        _FENCE.reset(token)


async def check_fence() -> None:
    """Check the current event, right before something irreversible. Raises TakenOver."""
    if fence := _FENCE.get():
        await fence.pass_by()


def current_mark() -> str:
    """The mark by which the current answer can be found later; empty outside an event's answer."""
    fence = _FENCE.get()
    return (fence.event or "") if fence else ""
