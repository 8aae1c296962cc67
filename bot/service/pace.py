"""How many questions a minute a person and a channel may ask."""

import time
from collections import deque
from collections.abc import Callable, Mapping

MINUTE = 60.0
"""Seconds that a limit counts over."""


class Pace:
    """The times of the last minute's questions, by whom they count against; in memory alone.

    A library was looked for: those for this (`limits`, `aiolimiter`) go by the wall clock, which jumps, or
    wait where we have to say how long.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds that never go back."""
        self._clock = clock
        self._taken: dict[str, deque[float]] = {}

    def take(self, limits: Mapping[str, int]) -> float:
        """Count one question against every key, each with its limit a minute, and return 0.

        Where one has no room, nothing is counted, and the seconds until all have are returned.
        """
        now = self._clock()
        self._forget(now)
        wait = max(
            (MINUTE - (now - taken[-limit])) if len(taken := self._taken.get(key, deque())) >= limit else 0.0
            for key, limit in limits.items()
        )
        if wait <= 0:
            for key in limits:
                self._taken.setdefault(key, deque()).append(now)
        return max(wait, 0.0)

    def _forget(self, now: float) -> None:
        for key, taken in list(self._taken.items()):
            while taken and now - taken[0] >= MINUTE:
                taken.popleft()
            if not taken:
                del self._taken[key]
