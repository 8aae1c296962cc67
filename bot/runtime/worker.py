"""Worker threads for blocking work, with a bounded queue."""

import asyncio
import math
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar, TypeVarTuple

from bot.chat.refusal import Refusal
from bot.runtime.fair_queue import FairQueue, FullError

QUEUE = 400
"""Pieces of work that may wait: 8 s of questions at 20 ms each, as measured over 53,000 passages."""
DEADLINE = 20.0
"""Seconds from being asked to being answered. People look away after ten; both platforms wait for minutes."""

SMOOTHING = 0.1
"""What the last piece of work counts in the mean of how long one takes: the last twenty or so decide it."""
FIRST_MEAN = 0.02
"""Seconds that one is taken to last before any was done; see QUEUE."""

T = TypeVar("T")
Args = TypeVarTuple("Args")
Observer = Callable[[float, float], None]
"""Told the seconds that a piece of work waited and took; it raises nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    """A piece of work, the moments (monotonic) when it was put there and after which it is not begun, and
    what comes of it."""

    work: Callable[[], Any]
    put: float
    due: float
    outcome: Future[Any]


class Worker:
    """Runs pieces of work in threads of its own, by default in one, each thread one after the other. Tenants
    take turns."""

    def __init__(
        self,
        name: str,
        *,
        threads: int = 1,
        queue: int = QUEUE,
        deadline: float = DEADLINE,
        observe: Observer = lambda _waited, _worked: None,
    ) -> None:
        """A thread starts with the first piece of work that finds none free; `queue` pieces may wait.
        `observe` is told of each piece, in its thread, the seconds that it waited and that it took."""
        self.name, self.threads = name, threads
        self._observe = observe
        # Each piece of work gives the pool one call; whose work that call does is decided when it begins.
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._queue: FairQueue[_Job] = FairQueue(queue)
        self._deadline = deadline
        self._under_way: dict[_Job, float] = {}
        """When each piece of work that is being done was begun."""
        self._mean = FIRST_MEAN
        self._lock = threading.Lock()

    @property
    def waiting(self) -> int:
        """Pieces of work that wait or are done right now."""
        with self._lock:
            return len(self._queue) + len(self._under_way)

    @property
    def busy_for(self) -> float:
        """Seconds that what is under way has taken so far, the longest of it; 0 if there is nothing."""
        with self._lock:
            now = time.monotonic()
            return now - min(self._under_way.values(), default=now)

    def admit(self, tenant: str = "") -> None:
        """Raises Refusal where too much of the tenant waits already."""
        with self._lock:
            if not self._queue.fits(tenant):
                raise self._busy(self._queue.ahead(tenant))

    async def run(
        self,
        function: Callable[[*Args], T],
        *args: *Args,
        tenant: str = "",
        deadline: float | None = None,
    ) -> T:
        """What the function returns for these arguments, within `deadline` seconds where that is less than
        the worker's own. The work counts for `tenant`. (An argument by keyword needs `functools.partial`.)

        Raises Refusal where too much of the tenant waits already, the deadline passes, or it is closed. Work
        whose deadline has passed before its turn is not begun.
        """
        seconds = min(self._deadline, self._deadline if deadline is None else deadline)
        now = time.monotonic()
        job = _Job(partial(function, *args), now, now + seconds, Future())
        self._put(tenant, job)
        try:
            self._pool.submit(self._next)
        except RuntimeError as error:  # it was closed
            self._forget(tenant, job)
            raise Refusal("stopping") from error
        # Not `wait_for`, which in Python 3.11 ignores being cancelled once the work is done.
        limit = asyncio.timeout(seconds)
        try:
            async with limit:
                return await asyncio.wrap_future(job.outcome)
        except TimeoutError as error:
            if not limit.expired():
                raise  # the work's own
            raise Refusal("too-late") from error
        finally:
            if job.outcome.cancel():
                self._forget(tenant, job)

    def _put(self, tenant: str, job: _Job) -> None:
        with self._lock:
            try:
                dropped = self._queue.put(tenant, job)
            except FullError as error:
                raise self._busy(self._queue.ahead(tenant)) from error
            busy = self._busy(len(self._queue) - 1)
        if dropped and dropped.outcome.set_running_or_notify_cancel():
            dropped.outcome.set_exception(busy)

    def _busy(self, ahead: int) -> Refusal:
        ahead += len(self._under_way)
        return Refusal("busy", ahead=ahead, seconds=math.ceil(ahead * self._mean / self.threads))

    def _forget(self, tenant: str, job: _Job) -> None:
        with self._lock:
            self._queue.discard(tenant, job)

    def _next(self) -> None:
        """Do the work of whoever's turn it is; nothing if it was given up."""
        with self._lock:
            job = self._queue.take()
            if job is None or not job.outcome.set_running_or_notify_cancel():
                return
            began = self._under_way[job] = time.monotonic()
        result, failure = None, None
        try:
            if began > job.due:
                raise Refusal("too-late")
            result = job.work()
        except BaseException as error:  # noqa: BLE001 - it is for who waits
            failure = error
        worked = time.monotonic() - began
        with self._lock:
            del self._under_way[job]
            if began <= job.due:
                self._mean += SMOOTHING * (worked - self._mean)
        self._observe(began - job.put, worked)
        if failure:
            job.outcome.set_exception(failure)
        else:
            job.outcome.set_result(result)

    def close(self) -> None:
        """Finish what is under way, and begin nothing more."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        with self._lock:
            while job := self._queue.take():
                job.outcome.cancel()
