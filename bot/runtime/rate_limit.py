"""Rate limits for people and channels, in one process."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping

MINUTE = 60.0
"""Seconds that a limit counts over."""


class RateLimits:
    """The times of the last minute's questions, by whom they count against; in memory alone.

    A library was looked for: those for this (`limits`, `aiolimiter`) go by the wall clock, which jumps, or
    wait where we have to say how long.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds that never go back."""
        self._clock = clock
        self._taken: OrderedDict[str, deque[float]] = OrderedDict()

    def take(self, limits: Mapping[str, int]) -> float:
        """Count one question against every key, each with its limit a minute, and return 0.

        Where one has no room, nothing is counted, and the seconds until all have are returned.
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
        """Forget whom nothing counts against any more: they come first, as who is counted goes to the end."""
        while self._taken and now - next(iter(self._taken.values()))[-1] >= MINUTE:
            self._taken.popitem(last=False)
