"""The server's clock, and Discord's ids, which contain the time."""

from datetime import UTC, datetime, timedelta

from tools.local_platform.clock import MovableClock

DISCORD_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
"""The epoch of the milliseconds in ids."""
ID_TIME_SHIFT = 22
"""The bits of an id below its time."""


class Clock(MovableClock):
    """A clock that makes ids."""

    def __init__(self) -> None:
        super().__init__()
        self._last_id = 0

    def new_id(self) -> str:
        """A new id (snowflake), greater than all earlier ones."""
        milliseconds = int((self.now() - DISCORD_EPOCH) / timedelta(milliseconds=1))
        self._last_id = max(self._last_id + 1, milliseconds << ID_TIME_SHIFT)
        return str(self._last_id)
