"""The server's clock, which a test can advance."""

import time
from datetime import UTC, datetime, timedelta


class MovableClock:
    """The real time plus the time that a test has added."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def advance(self, seconds: float) -> None:
        """Advance the clock."""
        self._ahead += seconds

    def seconds(self) -> float:
        """A monotonic time in seconds."""
        return time.monotonic() + self._ahead

    def now(self) -> datetime:
        """The current time, in UTC."""
        return datetime.now(UTC) + timedelta(seconds=self._ahead)
