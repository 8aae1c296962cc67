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
from bot.runtime.tasks import start_task
from bot.service.service import Service
from corpus.errors import NewsdeskError

CLAIM = 1.5
"""Seconds that an event waits for its claim. If the database takes longer, the event is acknowledged all the
same, and the claim is checked before anything irreversible is done."""

Target = TypeVar("Target")
T = TypeVar("T")
Row = tuple[str, datetime, str, bool]
"""An abandoned event: its id, when it came, what is needed to answer it, and whether its answer may have been
sent."""
_log = logging.getLogger(__name__)


class Pending(msgspec.Struct, Generic[Target], frozen=True):
    """A question stored with its claim, so that it can be answered after a crash; `where` is the target of
    the reply."""

    asking: QuestionRequest
    where: Target


class Claims:
    """Decides which of several processes on one database handles an event. While the database is away, each
    process assumes that an event is its own: twice is better than never."""

    def __init__(self, service: Service, platform: str) -> None:
        """The service must be open."""
        self._service = service
        self._platform = platform
        self._owner = service.peers.id if service.peers else ""
        self._mine: set[str] = set()
        """The claimed events with a question that are being handled here."""
        self._doubted: dict[str, asyncio.Task[bool]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def _table(self) -> EventTable:
        return self._service.chat_store.events

    async def _do(self, call: Callable[..., T], *arguments: object, tenant: str) -> T:
        """Call the table for this platform, in the database's thread."""
        return await self._service.db_worker.run(partial(call, self._platform, *arguments), tenant=tenant)

    @property
    def are_shared(self) -> bool:
        """Whether other processes may receive the same events."""
        return self._service.peers is not None

    async def claim(self, event: str, tenant: str, pending: Pending[Any] | None = None) -> bool:
        """Claim an event; returns whether this process handles it, as far as is known within CLAIM seconds
        (see `confirm`): no other process has it, and it was not handled before a restart.

        A question in `pending` is answered after a crash, until the claim is settled; the call counts for the
        `tenant`.
        """
        try:
            body = msgspec.json.encode(pending).decode() if pending else None
        except UnicodeEncodeError:
            body = None  # a lone surrogate: it is answered, but not after a crash
        if body:
            self._mine.add(event)  # before it is written: see `_take_over`
        writing = start_task(self._write(event, tenant, body), self._tasks)
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
        """Whether an event that was assumed to be ours is; waits for a claim that took long."""
        writing = self._doubted.pop(event, None)
        return writing is None or await asyncio.shield(writing)

    async def may_show(self, event: str | None) -> bool:
        """Whether the event is still ours, and was not taken over while this process hung; from now on its
        answer counts as possibly sent. None is an event without a question, which is never taken over."""
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
        """Settle the claim of an event that was handled. Another process's claim is not changed, and None has
        none."""
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
        """Repeat a write until the database accepts it: an event without a claim is lost if this process
        ends, and an unsettled one is answered again. `over` is whether the write settles the event; a claim
        is no longer written once the event is settled."""

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

        start_task(tried(), self._tasks)

    def close(self) -> None:
        """Cancel all writes."""
        for task in self._tasks:
            task.cancel()

    async def take_over(self) -> list[Row]:
        """Take over the open claims of processes that have ended. Raises NewsdeskError."""
        left = await self._service.db_worker.run(self._take_over)
        for event, _, _, shown in left:
            self._note(event, "taken over, its answer may stand there" if shown else "taken over")
        return left

    def _take_over(self) -> list[Row]:
        # In the worker's thread, where `_mine` is always updated before a claim is written.
        left = self._table.take_over(self._platform, self._owner, frozenset(self._mine))
        self._mine.update(event for event, *_ in left)
        return left

    def _note(self, event: str, what: str) -> None:
        """Log one step of an event's history."""
        _log.debug("event %s of %s: %s", event, self._platform, what)
