"""Clocks: the real one, and one that tests control."""

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """Seconds that never go back, and a way to let some of them pass."""

    def now(self) -> float:
        """The seconds since some moment of the past."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Let that many seconds pass."""
        ...


class SystemClock:
    """The machine's own."""

    def now(self) -> float:
        """As `Clock`."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """As `Clock`."""
        await asyncio.sleep(seconds)


class ManualClock:
    """A clock for tests: it moves only when somebody waits, and at once; `waited` lists the waits."""

    def __init__(self) -> None:
        """Begins at 0."""
        self.waited: list[float] = []
        self._now = 0.0

    def now(self) -> float:
        """As `Clock`."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """As `Clock`; others have a turn meanwhile."""
        self.waited.append(seconds)
        self._now += seconds
        await asyncio.sleep(0)
