"""Limits requests to one at a time for each host, with a pause between them."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

MIN_DELAY = 1.0
"""The least seconds between the end of a request and the next one to the same host."""
MAX_DELAY = 10.0
"""The most seconds of that pause, whatever robots.txt asks for: a poll has few pages, which wait for each
other."""
MAX_HOSTS = 10_000
"""The most hosts that are remembered; beyond that, those without a running request are forgotten."""


class _HostState:
    """A host's lock, and when its last request ended (monotonic seconds)."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.ended = float("-inf")


class HostThrottle:
    """Serialises the requests to each host across threads."""

    def __init__(self, gap: float = MIN_DELAY) -> None:
        """`gap` is the least pause in seconds; 0 only in tests."""
        self._gap = gap
        self._lock = threading.Lock()
        self._hosts: dict[str, _HostState] = {}

    @contextmanager
    def slot(self, host: str, delay: float = 0) -> Iterator[float]:
        """Reserve the host for the block, after the pause; `delay` is the pause in seconds that the host asks
        for. Returns the seconds that were spent waiting."""
        began = time.monotonic()
        with self._of(host) as one:
            if self._gap:
                wanted = min(max(self._gap, delay), MAX_DELAY)
                time.sleep(max(0.0, one.ended + wanted - time.monotonic()))
            try:
                yield time.monotonic() - began
            finally:
                one.ended = time.monotonic()

    @contextmanager
    def _of(self, host: str) -> Iterator[_HostState]:
        with self._lock:
            if len(self._hosts) > MAX_HOSTS:
                self._hosts = {name: one for name, one in self._hosts.items() if one.lock.locked()}
            one = self._hosts.setdefault(host, _HostState())
        with one.lock:
            yield one
