"""Rate limits for people and channels, in one process."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping

MINUTE = 60.0
"""The window of a limit in seconds."""


class RateLimits:
    """The times of the last minute's questions by key, in memory.

    The existing libraries (`limits`, `aiolimiter`) use the wall clock, which can jump, or wait where the time
    to wait has to be reported.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` is monotonic, in seconds."""
        self._clock = clock
        self._taken: OrderedDict[str, deque[float]] = OrderedDict()

    def take(self, limits: Mapping[str, int]) -> float:
        """Count one question against every key, each with its limit per minute, and return 0.

        If one has no room, nothing is counted, and the seconds until all have room are returned.
        """
        now = self._clock()
        self._forget(now)
        for taken in filter(None, map(self._taken.get, limits)):
            while taken and now - taken[0] >= MINUTE:
                taken.popleft()
        wait = max(
            (MINUTE - (now - taken[-limit])) if len(taken := self._taken.get(key, deque())) >= limit else 0.0
            for key, limit in limits.items()
        )
        if wait <= 0:
            for key in limits:
                self._taken.setdefault(key, deque()).append(now)
                self._taken.move_to_end(key)
        return max(wait, 0.0)

    def _forget(self, now: float) -> None:
        """Drop keys without recent questions: they come first, as a counted key moves to the end."""
        while self._taken and now - next(iter(self._taken.values()))[-1] >= MINUTE:
            self._taken.popitem(last=False)
