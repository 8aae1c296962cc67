"""A thread for work that must not stand in the way of the event loop, with a queue that has an end."""

import asyncio
import math
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.service.refusal import Refusal

QUEUE = 400
"""Pieces of work that may wait: 8 s of questions at 20 ms each, as measured over 53,000 passages."""
SHARE = 200
"""Of these, one community's at most, so that another's first question finds room."""
DEADLINE = 20.0
"""Seconds from being asked to being answered. People look away after ten; both platforms wait for minutes."""

SMOOTHING = 0.1
"""What the last piece of work counts in the mean of how long one takes: the last twenty or so decide it."""
FIRST_MEAN = 0.02
"""Seconds that one is taken to last before any was done; see QUEUE."""

T = TypeVar("T")


class Worker:
    """Runs pieces of work one after the other in a thread of its own."""

    def __init__(
        self, name: str, *, queue: int = QUEUE, share: int = SHARE, deadline: float = DEADLINE
    ) -> None:
        """The thread starts with the first piece of work."""
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._queue = queue
        self._share = share
        self._deadline = deadline
        self._waiting: Counter[str] = Counter()
        self._mean = FIRST_MEAN

    @property
    def waiting(self) -> int:
        """Pieces of work that wait or are done right now."""
        return self._waiting.total()

    def admit(self, tenant: str = "") -> None:
        """Raises Refusal where too much waits already."""
        if self.waiting >= self._queue or self._waiting[tenant] >= self._share:
            ahead = self.waiting  # everybody's: they are taken in the order that they came in
            raise Refusal("busy", ahead=ahead, seconds=math.ceil(ahead * self._mean))

    async def run(self, work: Callable[[], T], tenant: str = "") -> T:
        """What the work gives. Raises Refusal where too much waits already, the deadline passes, or it is
        closed.

        Work whose deadline has passed before its turn is not begun.
        """
        self.admit(tenant)
        due = time.monotonic() + self._deadline

        def timely() -> T:
            began = time.monotonic()
            if began > due:
                raise Refusal("too-late")
            try:
                return work()
            finally:
                self._mean += SMOOTHING * (time.monotonic() - began - self._mean)

        try:
            future = asyncio.get_running_loop().run_in_executor(self._pool, timely)
        except RuntimeError as error:  # it was closed
            raise Refusal("stopping") from error
        self._waiting[tenant] += 1
        future.add_done_callback(lambda done: self._done(tenant, done))
        try:
            # Not `wait_for`, which in Python 3.11 ignores being cancelled once the work is done.
            async with asyncio.timeout(self._deadline):
                return await asyncio.shield(future)
        except TimeoutError as error:
            raise Refusal("too-late") from error

    def _done(self, tenant: str, future: "asyncio.Future[T]") -> None:
        self._waiting[tenant] -= 1
        if not self._waiting[tenant]:
            del self._waiting[tenant]
        if not future.cancelled():
            future.exception()  # whoever waited may have gone; then nobody else would fetch it

    def close(self) -> None:
        """Finish what is under way, and begin nothing more."""
        self._pool.shutdown(wait=True, cancel_futures=True)
