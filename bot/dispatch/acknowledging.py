"""An event is acknowledged once it is known here for good; a platform that hears nothing sends it again.

What receives events opens a block for each (`held`). Where one is handed to somebody who carries it out, its
acknowledgement waits (`wait_for_claim`), and whoever claims it lets it go (`acknowledge_now`), in whichever
task it does. An event that nobody was handed is nobody's, and acknowledged at once.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LONGEST = 1.5
"""Seconds that an acknowledgement is held back at most: Slack waits three for one, and tells whoever typed a
command that it failed."""
LONGEST_SENT_AGAIN = 60.0
"""The same for what is only sent again meanwhile, to another process perhaps, and claimed by one of them:
acknowledged before anybody has claimed it, it would be lost with this process."""


class Acknowledgement:
    """One event's acknowledgement."""

    def __init__(self) -> None:
        """Nobody was handed the event yet."""
        self.waits = False
        """Whether somebody carries the event out, who decides."""
        self._decided = asyncio.Event()
        self._is_due = True

    def decide(self, *, due: bool) -> None:
        """It may be sent, or is never to be; what was decided first counts."""
        if not self._decided.is_set():
            self._is_due = due
            self._decided.set()

    async def is_due(self, *, sent_again: bool = False) -> bool:
        """Whether it is to be sent, once that is decided, or nobody did for too long. `sent_again` is whether
        nobody waits for it, and the platform sends the event again where it hears nothing."""
        if not self.waits:
            return self._is_due
        try:
            async with asyncio.timeout(LONGEST_SENT_AGAIN if sent_again else LONGEST):
                await self._decided.wait()
        except TimeoutError:
            return True
        return self._is_due


_HELD: ContextVar[Acknowledgement | None] = ContextVar("held", default=None)


@contextmanager
def held() -> Iterator[Acknowledgement]:
    """What is begun in the block is about one event."""
    made = Acknowledgement()
    token = _HELD.set(made)
    try:
        yield made
    finally:
        _HELD.reset(token)


def wait_for_claim() -> None:
    """The event at hand is carried out by somebody from now on: its acknowledgement waits for their word."""
    if one := _HELD.get():
        one.waits = True


def acknowledge_now() -> None:
    """The event at hand is known here for good: its acknowledgement may go."""
    if one := _HELD.get():
        one.decide(due=True)


def leave_to_others() -> None:
    """The event at hand is another process's: it is not acknowledged here."""
    if one := _HELD.get():
        one.decide(due=False)
