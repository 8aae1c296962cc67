"""The server's time, which a test can move."""

import time
from datetime import UTC, datetime, timedelta


class MovableClock:
    """Runs with the real time, ahead of it by what a test has added."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def advance(self, seconds: float) -> None:
        """Let time pass at once."""
        self._ahead += seconds

    def seconds(self) -> float:
        """A time to measure with, in seconds."""
        return time.monotonic() + self._ahead

    def now(self) -> datetime:
        """The time of day, UTC."""
        return datetime.now(UTC) + timedelta(seconds=self._ahead)
