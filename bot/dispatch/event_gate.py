"""Deduplicates events: each is handled once, also after a restart and beside other processes."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

import msgspec

from bot.dispatch.claims import Claims, Pending, Row
from bot.dispatch.incidents import log_incident
from bot.runtime.backoff import pause
from bot.runtime.tasks import start_task
from bot.service.service import Service
from corpus.errors import NewsdeskError

SEEN = 10_000
"""Events that are remembered in memory; the chat store remembers those of the last day."""
DRAIN = 10.0
"""Seconds that running answers have to be finished when the bot is stopped."""
RECOVERABLE = timedelta(minutes=14)
"""For how long after a crash a question is still answered: Discord accepts an answer for 15 minutes."""

Target = TypeVar("Target")
_log = logging.getLogger(__name__)


class NowhereToAnswer(Exception):
    """The answer can't be sent to its target any more; the text says why."""


@dataclass(frozen=True, slots=True)
class AbandonedEvent(Generic[Target]):
    """An event that an ended process had not finished. `shown` is whether its answer may have been sent."""

    event: str
    pending: Pending[Target]
    shown: bool


class EventGate:
    """Tracks the events of one platform, and which of them are being handled.

    Of several processes on one database, the one that claims an event handles it; another takes over the
    events of a process that ended within seconds.
    """

    def __init__(self, service: Service, platform: str) -> None:
        """The service must be open."""
        self._service = service
        self._platform = platform
        self._seen: OrderedDict[str, None] = OrderedDict()
        self.claims = Claims(service, platform)
        self._under_way: set[asyncio.Task[Any]] = set()
        self._idle = asyncio.Event()
        self._idle.set()
        self.stopping = False

    def is_new(self, event: str) -> bool:
        """Whether this process receives an event for the first time; the event is then remembered."""
        if event in self._seen:
            return False
        self._seen[event] = None
        if len(self._seen) > SEEN:
            self._seen.popitem(last=False)
        return True

    @property
    def leaves(self) -> bool:
        """Whether new events are left to another process: this one is stopping, and there is another."""
        peers = self._service.peers
        return self.stopping and peers is not None and peers.others_on(self._platform)

    async def recover(
        self,
        kind: type[Target],
        again: Callable[[AbandonedEvent[Target]], Awaitable[None]],
        *,
        forever: bool = False,
    ) -> None:
        """Call `again` for each pending event of ended processes that is still worth answering: for those
        there are now, and, with `forever`, for those of processes that end later."""
        ended, loop = asyncio.Event(), asyncio.get_running_loop()
        peers = self._service.peers if forever else None

        def wake() -> None:
            loop.call_soon_threadsafe(ended.set)

        forget = peers.when_one_ends(wake) if peers else None
        tasks: set[asyncio.Task[Any]] = set()
        failures = 0
        try:
            while True:
                left = await self._taken_over(again=failures > 0)
                for row in left or ():
                    # Concurrently, as one may have to wait for a platform's rate limit for a minute.
                    start_task(self._finish(row, kind, again), tasks)
                if not peers:
                    await asyncio.gather(*tasks)
                    return
                if left is None:
                    failures += 1
                    await asyncio.sleep(pause(failures, 0.0))
                    continue
                failures = 0
                await ended.wait()
                ended.clear()
        finally:
            for task in tasks:
                task.cancel()
            if forget:
                forget()

    async def _taken_over(self, *, again: bool) -> list[Row] | None:
        """The events that this process takes over; None if the database is away, which is logged once."""
        if self.stopping:
            return []
        try:
            return await self.claims.take_over()
        except NewsdeskError:
            if not again:
                log_incident("looking for what a process had left")
            return None

    async def _finish(
        self, row: Row, kind: type[Target], again: Callable[[AbandonedEvent[Target]], Awaitable[None]]
    ) -> None:
        event, at, body, shown = row
        if self.leaves:
            return  # another process takes it over when this one ends
        try:
            if datetime.now(UTC) - at < RECOVERABLE:
                pending = msgspec.json.decode(body, type=Pending[kind])  # type: ignore[valid-type]
                await again(AbandonedEvent(event, pending, shown))
        except NowhereToAnswer as reason:
            _log.info("a question that a process had left is not answered: %s", reason)
        except Exception:  # noqa: BLE001 - the others must still be answered
            log_incident("answering what a crash had left")
        await self.claims.settle(event)

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """Count the current task as handling an event while the context is open; a stop waits for it."""
        if asyncio.current_task() in self._under_way:
            yield
            return
        self.begin()
        try:
            yield
        finally:
            self.end()

    def begin(self) -> None:
        """Count the current task as handling an event, until `end`."""
        if task := asyncio.current_task():
            self._under_way.add(task)
            self._idle.clear()

    def end(self) -> None:
        """The current task has handled its event."""
        if task := asyncio.current_task():
            self._under_way.discard(task)
        if not self._under_way:
            self._idle.set()

    async def drain(self, *, alone: bool = False) -> None:
        """Accept no more events, stop a running reload, and wait for running jobs.

        If only this platform stops (`alone`), the reload continues, as it may be another's. Jobs that are not
        finished in time are left as after a crash: the next start answers them.
        """
        self.stopping = True
        try:
            async with asyncio.timeout(DRAIN):
                if not alone:
                    await self._service.corpus_editor.stop()
                await self._idle.wait()
        except TimeoutError:
            left = list(self._under_way)
            for task in left:
                task.cancel()
            if left:
                _log.warning(
                    "%d answers were not finished in time; another process gives them, or the next start",
                    len(left),
                )
                await asyncio.wait(left, timeout=1)
        self.claims.close()
