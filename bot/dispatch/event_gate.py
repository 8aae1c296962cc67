"""Which events are carried out: each exactly once, also after a restart and beside another process."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

import msgspec

from bot.chat.question_request import QuestionRequest
from bot.dispatch.incidents import log_incident
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


class Pending(msgspec.Struct, Generic[Target], frozen=True):
    """A question under way, and `where` its answer goes: what is needed to give it after a crash."""

    asking: QuestionRequest
    where: Target


class EventGate:
    """Knows the events of one platform, and which of them are under way."""

    def __init__(self, service: Service, platform: str) -> None:
        """The service must be open."""
        self._service = service
        self._platform = platform
        self._seen: OrderedDict[str, None] = OrderedDict()
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

    async def claim(self, event: str, tenant: str, pending: Pending[Target] | None = None) -> bool:
        """Whether the event is ours to carry out: no other process, and none before a restart, has it.

        What is `pending` is done after a crash, until it is settled; the look counts for the `tenant`."""
        try:
            body = msgspec.json.encode(pending).decode() if pending else None
        except UnicodeEncodeError:
            body = None  # half a character: it is answered, but not after a crash
        events = self._service.chat_store.events
        try:
            return await self._service.db_worker.run(events.claim, self._platform, event, body, tenant=tenant)
        except NewsdeskError:
            log_incident("claiming an event")
            return True  # rather twice than never

    async def settle(self, event: str) -> None:
        """The event was carried out: what was pending of it is not needed any more."""
        events = self._service.chat_store.events
        try:
            await self._service.db_worker.run(events.settle, self._platform, event, tenant=self._platform)
        except NewsdeskError:
            log_incident("settling an event")

    async def recover(self, kind: type[Target], again: Callable[[Pending[Target]], Awaitable[None]]) -> None:
        """Do `again` what was pending when the bot crashed, where that is still worth it."""
        events = self._service.chat_store.events
        unsettled = await self._service.db_worker.run(events.unsettled, self._platform)
        for event, at, body in unsettled:
            if self.stopping:
                return
            try:
                if datetime.now(UTC) - at < RECOVERABLE:
                    await again(msgspec.json.decode(body, type=Pending[kind]))  # type: ignore[valid-type]
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
                    "%d answers were not finished in time; they come after the next start", len(left)
                )
                await asyncio.wait(left, timeout=1)
