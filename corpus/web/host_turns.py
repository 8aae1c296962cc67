"""One request at a time to a host, with a pause between two."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

GAP = 1.0
"""Seconds between the end of a request and the next one to the same host, at least."""
LONGEST_GAP = 10.0
"""The same at most, whatever a robots.txt asks for: the pages of a poll are few, and wait
behind each other."""
REMEMBERED = 10_000
"""Hosts that are remembered; beyond that, all that have no request are forgotten."""


class _Turn:
    """A host's lock, and when its last request ended (monotonic seconds)."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.ended = float("-inf")


class HostTurns:
    """Gives each host's requests their turns, whatever thread they come from."""

    def __init__(self, gap: float = GAP) -> None:
        """`gap` is 0 in tests alone."""
        self._gap = gap
        self._lock = threading.Lock()
        self._turns: dict[str, _Turn] = {}

    @contextmanager
    def turn(self, host: str, delay: float = 0) -> Iterator[float]:
        """For the block, nobody else asks the host. Gives the seconds that were waited for it; `delay` are
        those that the host wants between two requests."""
        began = time.monotonic()
        with self._of(host) as one:
            if self._gap:
                wanted = min(max(self._gap, delay), LONGEST_GAP)
                time.sleep(max(0.0, one.ended + wanted - time.monotonic()))
            try:
                yield time.monotonic() - began
            finally:
                one.ended = time.monotonic()

    @contextmanager
    def _of(self, host: str) -> Iterator[_Turn]:
        with self._lock:
            if len(self._turns) > REMEMBERED:
                self._turns = {name: one for name, one in self._turns.items() if one.lock.locked()}
            one = self._turns.setdefault(host, _Turn())
        with one.lock:
            yield one
