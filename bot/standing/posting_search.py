"""When to search a platform for a message that may have been posted before a crash."""

from datetime import datetime, timedelta

SETTLED = timedelta(seconds=5)
"""How old a posting is at least that is looked for: what was on its way when the bot ended has arrived."""
LOOKED_AGAIN = timedelta(minutes=1)
"""How long a posting is left alone after it was looked for: Slack lets some apps read once a minute."""
GIVEN_UP = timedelta(days=1)
"""How long a posting is looked for where the platform can't say whether it stands there. Then it counts as
posted, as anything that may have been: rather never than twice."""


class PostingSearch:
    """When each posting was last looked for, by its mark."""

    def __init__(self) -> None:
        """Nothing was looked for yet."""
        self._last: dict[str, datetime] = {}

    def is_due(self, mark: str, begun: datetime, now: datetime) -> bool:
        """Whether to look for a posting that was begun then. If so, it counts as looked for now."""
        # Those of before have no say any more, nor those of a clock that was set back since.
        self._last = {name: at for name, at in self._last.items() if timedelta(0) <= now - at < LOOKED_AGAIN}
        if mark in self._last or timedelta(0) <= now - begun < SETTLED:
            return False
        self._last[mark] = now
        return True
