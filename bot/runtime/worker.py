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
"""The most jobs that may wait: 8 s of questions at 20 ms each, as measured over 53,000 passages."""
DEADLINE = 20.0
"""The deadline of a job in seconds. People look away after ten; both platforms wait for minutes."""

SMOOTHING = 0.1
"""The weight of the last job in the mean duration: the last twenty or so decide it."""
FIRST_MEAN = 0.02
"""The assumed duration in seconds before any job was done; see QUEUE."""

T = TypeVar("T")
Args = TypeVarTuple("Args")
Observer = Callable[[float, float], None]
"""Called with the seconds that a job waited and took; it must not raise."""


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    """A job, the times (monotonic) when it was queued and after which it is not started, and its outcome."""

    work: Callable[[], Any]
    put: float
    due: float
    outcome: Future[Any]


class Worker:
    """Runs jobs in threads of its own, by default in one. Tenants take turns."""

    def __init__(
        self,
        name: str,
        *,
        threads: int = 1,
        queue: int = QUEUE,
        deadline: float = DEADLINE,
        observe: Observer = lambda _waited, _worked: None,
    ) -> None:
        """A thread is started for a job if none is free; `queue` jobs may wait. `observe` is called for each
        job, in its thread, with the seconds that it waited and took."""
        self.name, self.threads = name, threads
        self._observe = observe
        # Each job submits one call to the pool; which job that call runs is decided when it starts.
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._queue: FairQueue[_Job] = FairQueue(queue)
        self._deadline = deadline
        self._under_way: dict[_Job, float] = {}
        """When each running job was started."""
        self._mean = FIRST_MEAN
        self._lock = threading.Lock()

    @property
    def waiting(self) -> int:
        """The number of waiting and running jobs."""
        with self._lock:
            return len(self._queue) + len(self._under_way)

    @property
    def busy_for(self) -> float:
        """For how many seconds the longest running job has run; 0 if there is none."""
        with self._lock:
            now = time.monotonic()
            return now - min(self._under_way.values(), default=now)

    def admit(self, tenant: str = "") -> None:
        """Raise Refusal if too many jobs of the tenant are waiting."""
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
        """The function's result for these arguments, within `deadline` seconds if that is less than the
        worker's own. The job counts for `tenant`. (Keyword arguments need `functools.partial`.)

        Raises Refusal if too many jobs of the tenant are waiting, if the deadline passes, or if the worker is
        closed. A job whose deadline has passed is not started.
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
        # Not `wait_for`, which in Python 3.11 ignores a cancellation once the work is done.
        limit = asyncio.timeout(seconds)
        try:
            async with limit:
                return await asyncio.wrap_future(job.outcome)
        except TimeoutError as error:
            if not limit.expired():
                raise  # raised by the job
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
        if dropped:
            _refuse(dropped, busy)

    def _busy(self, ahead: int) -> Refusal:
        ahead += len(self._under_way)
        return Refusal("busy", ahead=ahead, seconds=math.ceil(ahead * self._mean / self.threads))

    def _forget(self, tenant: str, job: _Job) -> None:
        with self._lock:
            self._queue.discard(tenant, job)

    def _next(self) -> None:
        """Run the next job, unless it was cancelled."""
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
        except BaseException as error:  # noqa: BLE001 - it is raised for the caller
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
        """Refuse the waiting jobs, finish the running ones, and start no more."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            waiting = list(iter(self._queue.take, None))
        for job in waiting:
            _refuse(job, Refusal("stopping"))
        self._pool.shutdown(wait=True)


def _refuse(job: _Job, refusal: Refusal) -> None:
    """Raise the refusal for whoever waits for a job that is not started."""
    if job.outcome.set_running_or_notify_cancel():
        job.outcome.set_exception(refusal)
