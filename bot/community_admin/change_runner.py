"""Runs changes of the corpus one at a time."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TypeVar

from bot.chat.refusal import Refusal
from bot.community_admin.audit_log import AdminAction, AuditLog
from bot.community_admin.change_progress import ChangeProgress
from bot.desk.desk import Desk
from bot.permissions.chat_settings import ChatSettings
from corpus import lock_wait
from corpus.errors import NewsdeskError, OverLimit, ReloadBusy
from corpus.lock_wait import wait_for_lock

WAITING = "waiting"
"""The progress of a change that waits for another one."""

T = TypeVar("T")
_log = logging.getLogger(__name__)


class ChangeRunner:
    """Runs each change in a thread of its own, and records its result. A change waits a moment for another
    one, of any process, and is then refused."""

    def __init__(self, desk: Desk, settings: ChatSettings, audit_log: AuditLog) -> None:
        """`settings` reads the rights again after each change."""
        self._desk = desk
        self._settings = settings
        self._audit_log = audit_log
        self._lock = asyncio.Lock()
        self.under_way: set[ChangeProgress] = set()
        """The progress of the current change, and of those that wait for it."""

    @property
    def busy(self) -> bool:
        """Whether a change of this process runs."""
        return self._lock.locked()

    async def run(self, action: AdminAction, work: Callable[[], T], progress: ChangeProgress) -> T:
        """Run the work of a change in a thread, after other changes have ended, and record it. Raises
        Refusal if it was stopped, ReloadBusy, and what the work raises."""
        wait = partial(progress, WAITING, 0, 0)
        self.under_way.add(progress)
        try:
            async with self._turn(wait):
                if progress.stopping:
                    raise Refusal("stopping")
                result = await asyncio.to_thread(self._with_rights, work, wait)
        except NewsdeskError as error:
            if isinstance(error, OverLimit):
                limit = f"NEWSDESK_COMMUNITY_{error.kind.upper()}"
                _log.warning(
                    "%s by %s was refused, see %s: %s", action.name, action.venue.tenant, limit, error
                )
            await self._audit_log.record(action, _result(error))
            raise
        except Exception:
            await self._audit_log.record(action, "failed")
            raise
        finally:
            self.under_way.discard(progress)
        await self._audit_log.record(action, "done")
        return result

    async def stop(self) -> None:
        """Stop the current change and those that wait; what is served stays."""
        for progress in self.under_way:
            progress.stopping = True
        async with self._lock:
            pass

    @asynccontextmanager
    async def _turn(self, wait: Callable[[], None]) -> AsyncIterator[None]:
        """Exclude other changes of this process while the context is open. Raises ReloadBusy."""
        if self._lock.locked():
            wait()
        try:
            async with asyncio.timeout(lock_wait.MAX_WAIT_SECONDS):
                await self._lock.acquire()
        except TimeoutError:
            raise ReloadBusy("another change of this bot's is under way: try again when it ends") from None
        try:
            yield
        finally:
            self._lock.release()

    def _with_rights(self, work: Callable[[], T], wait: Callable[[], None]) -> T:
        """Run the work, and read the rights right after it, so that a newly added collection is visible to
        its community at once."""
        try:
            with wait_for_lock(wait):
                return work()
        finally:
            with suppress(NewsdeskError):
                # Unlike `refresh`, `open` waits for another thread that is opening.
                self._settings.look(self._desk.open)


def _result(error: NewsdeskError) -> str:
    """The result of a failed change for the audit log."""
    if isinstance(error, ReloadBusy):
        return "busy"
    return (
        "refused" if isinstance(error, Refusal) and error.key.startswith("not-yours") else f"failed: {error}"
    )
