"""Polls many sources in parallel: several hosts at a time, with one request at a time to each."""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar
from urllib.parse import urlsplit

AT_ONCE = 8
"""The number of hosts at a time: nearly all of the time is waiting, and a response has at most 5 MB."""
CHECK_SECONDS = 0.2
"""Seconds between two checks of the stop event."""

T = TypeVar("T")
R = TypeVar("R")


class Stopped(Exception):
    """The tasks were stopped; those still running are abandoned."""


def run_by_host(
    tasks: Sequence[tuple[str, T]],
    work: Callable[[T], R],
    stop: threading.Event,
    at_once: int = AT_ONCE,
) -> Iterator[tuple[T, R]]:
    """Run `work` on every task and return the results as they are completed; each task comes with the address
    that it requests.

    Tasks of one host run one after another. Raises Stopped once `stop` is set, and any error of `work`.
    """
    hosts: dict[str, list[T]] = {}
    for address, task in tasks:
        hosts.setdefault(urlsplit(address).hostname or "", []).append(task)
    round_ = _Round(list(hosts.values()), work, stop)
    for number in range(min(at_once, len(hosts))):
        # No pool: the process would wait for its threads when it ends, and a site may take long.
        threading.Thread(target=round_.run, name=f"visit-{number}", daemon=True).start()
    try:
        for _ in range(len(tasks)):
            yield round_.next_done()
    finally:
        round_.close()


class _Round(Generic[T, R]):
    """The remaining hosts of a round, and its results."""

    def __init__(self, hosts: list[list[T]], work: Callable[[T], R], stop: threading.Event) -> None:
        self._todo: queue.SimpleQueue[list[T]] = queue.SimpleQueue()
        for tasks in hosts:
            self._todo.put(tasks)
        self._work = work
        self._stop = stop
        self._closed = threading.Event()
        self._done: queue.SimpleQueue[tuple[T, R | None, BaseException | None]] = queue.SimpleQueue()

    def run(self) -> None:
        """Process host after host, in a thread."""
        while not self._over():
            try:
                tasks = self._todo.get_nowait()
            except queue.Empty:
                return
            for task in tasks:
                if self._over():
                    return
                try:
                    self._done.put((task, self._work(task), None))
                except BaseException as error:  # noqa: BLE001 - raised again in the caller
                    self._done.put((task, None, error))

    def next_done(self) -> tuple[T, R]:
        """The next completed task and its result."""
        while not self._stop.is_set():
            try:
                task, result, error = self._done.get(timeout=CHECK_SECONDS)
            except queue.Empty:
                continue
            if error is not None:
                raise error
            return task, result  # type: ignore[return-value] # None only if the work returned None
        raise Stopped

    def close(self) -> None:
        """Start no further task."""
        self._closed.set()

    def _over(self) -> bool:
        return self._stop.is_set() or self._closed.is_set()
