"""Whether what is to be sent is still this process's to send: asked again where it had to wait.

A platform may let a message wait for a minute, and a busy machine a process for longer; another process may
have taken the event over meanwhile. Discord takes a second answer for the first one. Slack does not, so what
sends there asks right before each try (`check_fence`), and marks what it sends as the answer to the event
(`current_mark`).
"""

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

FRESH = 0.5
"""Seconds that an answer to the question holds: shorter than another process takes to miss this one."""


Ours = Callable[[str | None], Awaitable[bool]]
"""Whether an event is still this process's."""


class TakenOver(Exception):
    """Another process has the event."""


class Fence:
    """Before one event's answer."""

    def __init__(self, event: str | None, ours: Ours) -> None:
        """Whose the event is was asked just now, and is asked again by `ours`."""
        self.event = event
        self._ours = ours
        self._asked = time.monotonic()

    async def pass_by(self) -> None:
        """Raises TakenOver."""
        if time.monotonic() - self._asked < FRESH:
            return
        if not await self._ours(self.event):
            raise TakenOver
        self._asked = time.monotonic()


_FENCE: ContextVar[Fence | None] = ContextVar("fence", default=None)


@contextmanager
def fenced(event: str | None, ours: Ours) -> Iterator[None]:
    """What is sent in the block is the answer to that event, and is sent as long as `ours` says so of it;
    None is an event that nobody takes over."""
    token = _FENCE.set(Fence(event, ours))
    try:
        yield
    finally:
        _FENCE.reset(token)


async def check_fence() -> None:
    """Right before something is sent that can't be taken back. Raises TakenOver."""
    if fence := _FENCE.get():
        await fence.pass_by()


def current_mark() -> str:
    """What the answer that is sent is known by, in case it is looked for; empty for what is no answer."""
    fence = _FENCE.get()
    return (fence.event or "") if fence else ""
