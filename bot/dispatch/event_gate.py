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
from bot.service.service import Service
from corpus.errors import NewsdeskError

SEEN = 10_000
"""Events known in memory; the chat store knows those of the last day."""
DRAIN = 10.0
"""Seconds that answers under way have to be finished when the bot is stopped."""
RECOVERABLE = timedelta(minutes=14)
"""How long after a crash a question is still answered: Discord takes an answer for 15 minutes."""

Target = TypeVar("Target")
_log = logging.getLogger(__name__)


class NowhereToAnswer(Exception):
    """Where the answer would go is no place of the bot's any more; the text says why."""


@dataclass(frozen=True, slots=True)
class AbandonedEvent(Generic[Target]):
    """An event that a process had begun and not finished. `shown` is whether its answer may stand there
    already."""

    event: str
    pending: Pending[Target]
    shown: bool


class EventGate:
    """Knows the events of one platform, and which of them are under way.

    Of several processes on one database each event is one's, which claims it; what one that ended had begun
    is another's within seconds.
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
        """Whether an event did not come before in this process; from now on it did."""
        if event in self._seen:
            return False
        self._seen[event] = None
        if len(self._seen) > SEEN:
            self._seen.popitem(last=False)
        return True

    @property
    def leaves(self) -> bool:
        """Whether what is new is left to another process: this one is being stopped, and there is one."""
        peers = self._service.peers
        return self.stopping and peers is not None and peers.others_on(self._platform)

    async def recover(
        self,
        kind: type[Target],
        again: Callable[[AbandonedEvent[Target]], Awaitable[None]],
        *,
        forever: bool = False,
    ) -> None:
        """Do `again` what was pending when a process ended, where that is still worth it: what is so now, and
        then, `forever`, what other processes leave from now on."""
        ended, loop = asyncio.Event(), asyncio.get_running_loop()
        peers = self._service.peers if forever else None

        def wake() -> None:
            loop.call_soon_threadsafe(ended.set)

        forget = peers.when_one_ends(wake) if peers else None
        tasks: set[asyncio.Task[None]] = set()
        failures = 0
        try:
            while True:
                left = await self._taken_over(again=failures > 0)
                for row in left or ():
                    # Side by side: one may wait for a platform that lets nobody look for a minute.
                    task = asyncio.create_task(self._finish(row, kind, again))
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)
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
        """What is left to this process; None if the database does not say, which is in the log once."""
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
            return  # what is ours when this process ends is another's
        try:
            if datetime.now(UTC) - at < RECOVERABLE:
                pending = msgspec.json.decode(body, type=Pending[kind])  # type: ignore[valid-type]
                await again(AbandonedEvent(event, pending, shown))
        except NowhereToAnswer as reason:
            _log.info("a question that a process had left is not answered: %s", reason)
        except Exception:  # noqa: BLE001 - the others still want their answers
            log_incident("answering what a crash had left")
        await self.claims.settle(event)

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """For the time of the block, the task carries something out; a stop waits for it."""
        if asyncio.current_task() in self._under_way:
            yield
            return
        self.begin()
        try:
            yield
        finally:
            self.end()

    def begin(self) -> None:
        """The task at hand carries something out, until `end`."""
        if task := asyncio.current_task():
            self._under_way.add(task)
            self._idle.clear()

    def end(self) -> None:
        """The task at hand is done with it."""
        if task := asyncio.current_task():
            self._under_way.discard(task)
        if not self._under_way:
            self._idle.set()

    async def drain(self, *, alone: bool = False) -> None:
        """Take nothing more, stop the reload that goes on, and wait for what is under way.

        Where this platform ends `alone`, the reload may be another's, and goes on. What is not finished in
        time is left as after a crash: the next start answers it.
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
