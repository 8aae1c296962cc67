"""The server's time, which a test can move, and the ids that are made of it."""

import time
from datetime import UTC, datetime, timedelta

DISCORD_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
"""Ids count milliseconds from here."""
ID_TIME_SHIFT = 22
"""Bits of an id below its time."""


class Clock:
    """Runs with the real time, ahead of it by what a test has added."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self._last_id = 0

    def advance(self, seconds: float) -> None:
        """Let time pass at once."""
        self._ahead += seconds

    def seconds(self) -> float:
        """A time to measure with, in seconds."""
        return time.monotonic() + self._ahead

    def now(self) -> datetime:
        """The time of day, UTC."""
        return datetime.now(UTC) + timedelta(seconds=self._ahead)

    def new_id(self) -> str:
        """An id (snowflake) of now, greater than all before."""
        milliseconds = int((self.now() - DISCORD_EPOCH) / timedelta(milliseconds=1))
        self._last_id = max(self._last_id + 1, milliseconds << ID_TIME_SHIFT)
        return str(self._last_id)
