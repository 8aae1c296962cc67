"""An event is acknowledged once it is known here for good; a platform that hears nothing sends it again.

What receives events holds their acknowledgement back (`held`); whoever claims one lets it go
(`acknowledge_now`), in whichever task it does.
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


class Held:
    """One event's acknowledgement."""

    def __init__(self) -> None:
        """It is held back."""
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
        try:
            async with asyncio.timeout(LONGEST_SENT_AGAIN if sent_again else LONGEST):
                await self._decided.wait()
        except TimeoutError:
            return True
        return self._is_due


_HELD: ContextVar[Held | None] = ContextVar("held", default=None)


@contextmanager
def held() -> Iterator[Held]:
    """What is begun in the block carries out one event, whose acknowledgement waits."""
    made = Held()
    token = _HELD.set(made)
    try:
        yield made
    finally:
        _HELD.reset(token)


def acknowledge_now() -> None:
    """The event at hand is known here for good, or is nobody's: its acknowledgement may go."""
    if one := _HELD.get():
        one.decide(due=True)


def leave_to_others() -> None:
    """The event at hand is another process's: it is not acknowledged here."""
    if one := _HELD.get():
        one.decide(due=False)
