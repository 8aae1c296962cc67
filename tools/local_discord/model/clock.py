"""The server's time, and the ids that Discord makes of it."""

from datetime import UTC, datetime, timedelta

from tools.local_platform.clock import MovableClock

DISCORD_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
"""Ids count milliseconds from here."""
ID_TIME_SHIFT = 22
"""Bits of an id below its time."""


class Clock(MovableClock):
    """Makes ids of the time."""

    def __init__(self) -> None:
        super().__init__()
        self._last_id = 0

    def new_id(self) -> str:
        """An id (snowflake) of now, greater than all before."""
        milliseconds = int((self.now() - DISCORD_EPOCH) / timedelta(milliseconds=1))
        self._last_id = max(self._last_id + 1, milliseconds << ID_TIME_SHIFT)
        return str(self._last_id)
