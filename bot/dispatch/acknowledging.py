"""Acknowledges a platform's event once it is claimed; without an acknowledgement the platform sends it again.

The receiver of events opens a context for each (`acknowledging_event`). A handler that takes the event defers
its acknowledgement (`wait_for_claim`), and whichever task claims the event releases it (`acknowledge_now`).
An event that no handler takes is acknowledged at once.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LONGEST = 1.5
"""The most seconds that an acknowledgement is deferred: Slack waits three, and then tells the person that the
command failed."""
LONGEST_SENT_AGAIN = 60.0
"""The same for events that the platform resends until they are acknowledged, perhaps to another process. An
event that was acknowledged before it was claimed would be lost with this process."""


class Acknowledgement:
    """The acknowledgement of one event."""

    def __init__(self) -> None:
        """No handler has taken the event yet."""
        self.waits = False
        """Whether a handler has taken the event, which then decides."""
        self._decided = asyncio.Event()
        self._is_due = True

    def decide(self, *, due: bool) -> None:
        """Decide whether the acknowledgement is sent; the first decision counts."""
        if not self._decided.is_set():
            self._is_due = due
            self._decided.set()

    async def is_due(self, *, sent_again: bool = False) -> bool:
        """Whether to send the acknowledgement; waits for the decision, within limits. `sent_again` is whether
        no person waits for it and the platform resends an unacknowledged event."""
        if not self.waits:
            return self._is_due
        try:
            async with asyncio.timeout(LONGEST_SENT_AGAIN if sent_again else LONGEST):
                await self._decided.wait()
        except TimeoutError:
            return True
        return self._is_due


_CURRENT: ContextVar[Acknowledgement | None] = ContextVar("acknowledgement", default=None)


@contextmanager
def acknowledging_event() -> Iterator[Acknowledgement]:
    """The acknowledgement of one event; everything that is started in this context belongs to the event."""
    made = Acknowledgement()
    token = _CURRENT.set(made)
    try:
        yield made
    finally:
        _CURRENT.reset(token)


def wait_for_claim() -> None:
    """Defer the acknowledgement of the current event until it is claimed."""
    if one := _CURRENT.get():
        one.waits = True


def acknowledge_now() -> None:
    """Release the acknowledgement of the current event, which is claimed."""
    if one := _CURRENT.get():
        one.decide(due=True)


def leave_to_others() -> None:
    """Never acknowledge the current event here: another process handles it."""
    if one := _CURRENT.get():
        one.decide(due=False)
