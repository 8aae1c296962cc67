"""Clocks: the real one, and one that tests control."""

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """A monotonic clock that can also sleep."""

    def now(self) -> float:
        """The seconds since some time in the past."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Sleep for that many seconds."""
        ...


class SystemClock:
    """The system's monotonic clock."""

    def now(self) -> float:
        """As `Clock`."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """As `Clock`."""
        await asyncio.sleep(seconds)


class ManualClock:
    """A clock for tests: `sleep` advances it and returns at once; `waited` lists the sleeps."""

    def __init__(self) -> None:
        """The clock starts at 0."""
        self.waited: list[float] = []
        self._now = 0.0

    def now(self) -> float:
        """As `Clock`."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """As `Clock`; yields to other tasks once."""
        self.waited.append(seconds)
        self._now += seconds
        await asyncio.sleep(0)
