"""The claims of one process on events of a platform, including those it has taken over."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any, Generic, TypeVar

import msgspec

from bot.chat.question_request import QuestionRequest
from bot.chat_store.event_table import EventTable
from bot.dispatch.acknowledging import acknowledge_now
from bot.dispatch.incidents import log_incident
from bot.runtime.backoff import pause
from bot.service.service import Service
from corpus.errors import NewsdeskError

CLAIM = 1.5
"""Seconds that an event waits for its claim. Where the database takes longer, a reply is promised all the
same, and whose the event is shows before anything is done that can't be taken back."""

Target = TypeVar("Target")
T = TypeVar("T")
Row = tuple[str, datetime, str, bool]
"""An event that was left: its id, when it came, what is needed to answer it, and whether an answer may stand
there."""
_log = logging.getLogger(__name__)


class Pending(msgspec.Struct, Generic[Target], frozen=True):
    """A question under way, and `where` its answer goes: what is needed to give it after a crash."""

    asking: QuestionRequest
    where: Target


class Claims:
    """Of several processes on one database, each event is one's: whose, the database says. Where it does not
    say, the event counts as ours: rather twice than never."""

    def __init__(self, service: Service, platform: str) -> None:
        """The service must be open."""
        self._service = service
        self._platform = platform
        self._owner = service.peers.id if service.peers else ""
        self._mine: set[str] = set()
        """What is kept as ours to answer, and is under way here."""
        self._doubted: dict[str, asyncio.Task[bool]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def _table(self) -> EventTable:
        return self._service.chat_store.events

    async def _do(self, call: Callable[..., T], *arguments: object, tenant: str) -> T:
        """A call of the table for this platform, in the thread of the database."""
        return await self._service.db_worker.run(partial(call, self._platform, *arguments), tenant=tenant)

    @property
    def are_shared(self) -> bool:
        """Whether other processes may get the same events."""
        return self._service.peers is not None

    async def claim(self, event: str, tenant: str, pending: Pending[Any] | None = None) -> bool:
        """Whether the event is ours to carry out, as far as is known within CLAIM seconds (see `confirm`): no
        other process, and none before a restart, has it.

        What is `pending` is done after a crash, until it is settled; the look counts for the `tenant`.
        """
        try:
            body = msgspec.json.encode(pending).decode() if pending else None
        except UnicodeEncodeError:
            body = None  # half a character: it is answered, but not after a crash
        if body:
            self._mine.add(event)  # before it is written: see `_take_over`
        writing = asyncio.create_task(self._write(event, tenant, body))
        self._tasks.add(writing)
        writing.add_done_callback(self._tasks.discard)
        try:
            await asyncio.wait({writing}, timeout=CLAIM if self.are_shared else None)
        finally:
            acknowledge_now()
        if writing.done():
            return writing.result()
        self._doubted[event] = writing
        self._note(event, "ours for now, the database has not said")
        return True

    async def _write(self, event: str, tenant: str, body: str | None) -> bool:
        try:
            ours = await self._do(self._table.claim, event, body, self._owner, tenant=tenant)
        except NewsdeskError:
            log_incident("claiming an event")
            self._note(event, "ours, as it could not be claimed")
            if body and self.are_shared:
                self._later(event, partial(self._table.claim, self._platform, event, body, self._owner))
            return True
        self._note(event, "claimed" if ours else "another's")
        if not ours:
            self._mine.discard(event)
        return ours

    async def confirm(self, event: str) -> bool:
        """Whether an event that counted as ours is ours: waits for a claim that took long."""
        writing = self._doubted.pop(event, None)
        return writing is None or await asyncio.shield(writing)

    async def may_show(self, event: str | None) -> bool:
        """Whether the event is still ours, and was not taken over while this process stood still; from now on
        its answer may stand there. None is an event that nobody takes over, as it asks nothing."""
        if event is None or not self.are_shared:
            return True
        if not await self.confirm(event):
            return False
        try:
            ours = await self._do(self._table.begin_showing, event, self._owner, tenant=self._platform)
        except NewsdeskError:
            log_incident("looking whose an event is")
            return True
        self._note(event, "to be shown" if ours else "taken over by another")
        if not ours:
            self._mine.discard(event)
        return ours

    async def settle(self, event: str | None) -> None:
        """The event was carried out: what was pending of it is not needed any more. Another's stays as it
        is, and of None nothing is kept."""
        if event is None:
            return
        try:
            await self._do(self._table.settle, event, self._owner, tenant=self._platform)
        except NewsdeskError:
            log_incident("settling an event")
            self._later(event, partial(self._table.settle, self._platform, event, self._owner), over=True)
        else:
            self._note(event, "settled")
            self._mine.discard(event)

    def _later(self, event: str, write: Callable[[], object], *, over: bool = False) -> None:
        """Write it as soon as the database takes it: what was not claimed is lost with this process, and what
        was not settled is answered again after it. It is given up once the event is `over`."""

        async def tried() -> None:
            failures = 0
            while event in self._mine:
                failures += 1
                await asyncio.sleep(pause(failures, 0.0))
                with suppress(NewsdeskError):
                    await self._service.db_worker.run(write, tenant=self._platform)
                    self._note(event, "settled at last" if over else "claimed at last, if it was nobody's")
                    break
            if over:
                self._mine.discard(event)

        task = asyncio.create_task(tried())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def close(self) -> None:
        """Write nothing more."""
        for task in self._tasks:
            task.cancel()

    async def take_over(self) -> list[Row]:
        """What processes that ended had begun, and is ours from now on. Raises NewsdeskError."""
        left = await self._service.db_worker.run(self._take_over)
        for event, _, _, shown in left:
            self._note(event, "taken over, its answer may stand there" if shown else "taken over")
        return left

    def _take_over(self) -> list[Row]:
        # In the worker's thread: what is ours and under way is known before the claim of it is written there.
        left = self._table.take_over(self._platform, self._owner, frozenset(self._mine))
        self._mine.update(event for event, *_ in left)
        return left

    def _note(self, event: str, what: str) -> None:
        """One step of an event's history, for whoever traces one."""
        _log.debug("event %s of %s: %s", event, self._platform, what)
