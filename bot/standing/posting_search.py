"""Decides when to search a platform for a message that may have been posted before a crash."""

from datetime import datetime, timedelta

LEAST_AGE = timedelta(seconds=5)
"""The least age of a posting that is searched for, so that a message which was on its way has arrived."""
LOOKED_AGAIN = timedelta(minutes=1)
"""The least time between two searches for a posting: Slack lets some apps read once a minute."""
GIVEN_UP = timedelta(days=1)
"""For how long a posting is searched for if the platform can't say whether it was posted. Then it counts as
posted: never is better than twice."""


class PostingSearch:
    """Remembers when each posting was last searched for, by its mark."""

    def __init__(self) -> None:
        """Nothing was searched for yet."""
        self._last: dict[str, datetime] = {}

    def is_due(self, mark: str, begun: datetime, now: datetime) -> bool:
        """Whether to search for a posting that was begun at a time; if so, `now` is remembered as its last
        search."""
        # Old entries are dropped, and those from before the clock was set back.
        self._last = {name: at for name, at in self._last.items() if timedelta(0) <= now - at < LOOKED_AGAIN}
        if mark in self._last or timedelta(0) <= now - begun < LEAST_AGE:
            return False
        self._last[mark] = now
        return True
