"""Which events are carried out: each exactly once, also after a restart and beside another process."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

import msgspec

from bot.chat.question_request import QuestionRequest
from bot.dispatch.acknowledging import acknowledge_now
from bot.dispatch.incidents import log_incident
from bot.service.service import Service
from corpus.errors import NewsdeskError

SEEN = 10_000
"""Events known in memory; the chat store knows those of the last day."""
DRAIN = 10.0
"""Seconds that answers under way have to be finished when the bot is stopped."""
CLAIM = 1.5
"""Seconds that a claim may take. Where the database does not say whose the event is, it is answered: rather
twice than never."""
STAND_BY = 10.0
"""Seconds that a process keeps an event which another has claimed, for the case that it ends at once. Discord
takes a first word on one for three."""
RECOVERABLE = timedelta(minutes=14)
"""How long after a crash a question is still answered: Discord takes an answer for 15 minutes."""

Target = TypeVar("Target")
Again = Callable[[], Awaitable[None]]
_log = logging.getLogger(__name__)


class Pending(msgspec.Struct, Generic[Target], frozen=True):
    """A question under way, and `where` its answer goes: what is needed to give it after a crash."""

    asking: QuestionRequest
    where: Target


@dataclass(frozen=True, slots=True)
class Left(Generic[Target]):
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
        self._owner = service.peers.id if service.peers else ""
        self._standing_by: OrderedDict[str, tuple[float, Again]] = OrderedDict()
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
    def is_shared(self) -> bool:
        """Whether other processes may get the same events."""
        return self._service.peers is not None

    @property
    def leaves(self) -> bool:
        """Whether what is new is left to another process: this one is being stopped, and there is one."""
        peers = self._service.peers
        return self.stopping and peers is not None and peers.others_on(self._platform)

    async def claim(self, event: str, tenant: str, pending: Pending[Target] | None = None) -> bool:
        """Whether the event is ours to carry out: no other process, and none before a restart, has it.

        What is `pending` is done after a crash, until it is settled; the look counts for the `tenant`."""
        try:
            body = msgspec.json.encode(pending).decode() if pending else None
        except UnicodeEncodeError:
            body = None  # half a character: it is answered, but not after a crash
        events = self._service.chat_store.events
        try:
            return await self._service.db_worker.run(
                events.claim,
                self._platform,
                event,
                body,
                self._owner,
                tenant=tenant,
                deadline=CLAIM if self.is_shared else None,
            )
        except NewsdeskError:
            log_incident("claiming an event")
            return True  # rather twice than never
        finally:
            acknowledge_now()

    def stand_by(self, event: str, again: Again) -> None:
        """Another process has the event. Should it end before anybody was told so, `again` carries it out."""
        now = time.monotonic()
        self._standing_by[event] = now, again
        while now - next(iter(self._standing_by.values()))[0] > STAND_BY:
            self._standing_by.popitem(last=False)

    async def may_show(self, event: str) -> bool:
        """Whether the event is still ours, and was not taken over while this process stood still; from now on
        its answer may stand there."""
        if not self.is_shared:
            return True
        events = self._service.chat_store.events
        try:
            return await self._service.db_worker.run(
                events.begin_showing, self._platform, event, self._owner, tenant=self._platform
            )
        except NewsdeskError:
            log_incident("looking whose an event is")
            return True  # as above

    async def settle(self, event: str) -> None:
        """The event was carried out: what was pending of it is not needed any more."""
        events = self._service.chat_store.events
        try:
            await self._service.db_worker.run(events.settle, self._platform, event, tenant=self._platform)
        except NewsdeskError:
            log_incident("settling an event")

    async def recover(
        self, kind: type[Target], again: Callable[[Left[Target]], Awaitable[None]], *, forever: bool = False
    ) -> None:
        """Do `again` what was pending when a process ended, where that is still worth it: what is so now, and
        then, `forever`, what other processes leave from now on."""
        ended, loop = asyncio.Event(), asyncio.get_running_loop()
        peers = self._service.peers if forever else None

        def wake() -> None:
            loop.call_soon_threadsafe(ended.set)

        forget = peers.when_one_ends(wake) if peers else None
        tasks: set[asyncio.Task[None]] = set()
        try:
            while True:
                for event, at, body, shown in await self._taken_over():
                    # Side by side: one may wait for a platform that lets nobody look for a minute.
                    task = asyncio.create_task(self._finish(event, at, body, kind, again, shown=shown))
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)
                if not peers:
                    await asyncio.gather(*tasks)
                    return
                await ended.wait()
                ended.clear()
        finally:
            for task in tasks:
                task.cancel()
            if forget:
                forget()

    async def _taken_over(self) -> list[tuple[str, datetime, str, bool]]:
        if self.stopping:
            return []
        events = self._service.chat_store.events
        try:
            return await self._service.db_worker.run(events.take_over, self._platform, self._owner)
        except NewsdeskError:
            log_incident("looking for what a process had left")
            return []

    async def _finish(
        self,
        event: str,
        at: datetime,
        body: str,
        kind: type[Target],
        again: Callable[[Left[Target]], Awaitable[None]],
        *,
        shown: bool,
    ) -> None:
        try:
            if datetime.now(UTC) - at < RECOVERABLE:
                _, rerun = self._standing_by.pop(event, (0.0, None))
                if rerun and not shown:
                    await rerun()
                else:
                    pending = msgspec.json.decode(body, type=Pending[kind])  # type: ignore[valid-type]
                    await again(Left(event, pending, shown))
        except Exception:  # noqa: BLE001 - the others still want their answers
            log_incident("answering what a crash had left")
        await self.settle(event)

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
