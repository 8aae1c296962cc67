"""Polls many sources at once: several hosts at a time, and one request at a time to each."""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar
from urllib.parse import urlsplit

AT_ONCE = 8
"""Hosts that are asked at a time: nearly all of the time is waiting, and a body has at most 5 MB."""
LOOK = 0.2
"""Seconds between two looks at whether to stop."""

T = TypeVar("T")
R = TypeVar("R")


class Stopped(Exception):
    """The visits were stopped; those that were under way are left to themselves."""


def visit_all(
    tasks: Sequence[tuple[str, T]],
    work: Callable[[T], R],
    stop: threading.Event,
    at_once: int = AT_ONCE,
) -> Iterator[tuple[T, R]]:
    """What the work gives for each task, as it is done; a task stands beside the address that it asks.

    Those of one host are done one after another. Raises Stopped once `stop` is set, and what the work raises.
    """
    hosts: dict[str, list[T]] = {}
    for address, task in tasks:
        hosts.setdefault(urlsplit(address).hostname or "", []).append(task)
    round_ = _Round(list(hosts.values()), work, stop)
    for number in range(min(at_once, len(hosts))):
        # No pool: its threads would be waited for at the end of the process, and a site may take its time.
        threading.Thread(target=round_.run, name=f"visit-{number}", daemon=True).start()
    try:
        for _ in range(len(tasks)):
            yield round_.next_done()
    finally:
        round_.close()


class _Round(Generic[T, R]):
    """The hosts that are still to be asked, and what was had."""

    def __init__(self, hosts: list[list[T]], work: Callable[[T], R], stop: threading.Event) -> None:
        self._todo: queue.SimpleQueue[list[T]] = queue.SimpleQueue()
        for tasks in hosts:
            self._todo.put(tasks)
        self._work = work
        self._stop = stop
        self._closed = threading.Event()
        self._done: queue.SimpleQueue[tuple[T, R | None, BaseException | None]] = queue.SimpleQueue()

    def run(self) -> None:
        """Ask host after host, in a thread."""
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
                except BaseException as error:  # noqa: BLE001 - it is for whoever waits
                    self._done.put((task, None, error))

    def next_done(self) -> tuple[T, R]:
        """The next task that was done, with what it gave."""
        while not self._stop.is_set():
            try:
                task, result, error = self._done.get(timeout=LOOK)
            except queue.Empty:
                continue
            if error is not None:
                raise error
            return task, result  # type: ignore[return-value] # it is None only where that is what the work gave
        raise Stopped

    def close(self) -> None:
        """Begin nothing more."""
        self._closed.set()

    def _over(self) -> bool:
        return self._stop.is_set() or self._closed.is_set()
