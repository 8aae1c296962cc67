"""Everything that a platform's adapter works with, opened and closed together; built in `service_factory`."""

import asyncio
import logging
from contextlib import AsyncExitStack, ExitStack, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.chat_store.chat_store import ChatStore
from bot.community_admin.admin_rights import AdminRights
from bot.community_admin.audit_log import AuditLog
from bot.community_admin.corpus_editor import CorpusEditor
from bot.community_admin.corpus_overview import CorpusOverview
from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from bot.measuring.meter import Meter
from bot.measuring.presence import Presence
from bot.permissions.chat_settings import ChatSettings
from bot.permissions.current_rights import CurrentRights
from bot.permissions.name_reservations import settle_abandoned
from bot.permissions.venue_access import VenueAccess
from bot.polling.poll_loop import PollLoop
from bot.runtime.tasks import cancel_task
from bot.runtime.worker import Worker
from bot.service.browsing import Browsing
from bot.service.lookups import Lookups
from bot.service.questions import Questions
from bot.service.rechecks import Rechecks
from bot.service.service_options import ServiceOptions
from bot.service.stored_answers import StoredAnswers
from bot.sharing.change_signals import ChangeSignals

if TYPE_CHECKING:
    from bot.sharing.peers import Peers

LOOK_AGAIN = 5.0
"""Seconds between checks for generations and bindings from other processes: each reads a few file names."""
PURGE_EVERY = 3600.0
"""Seconds between deletions of expired data."""
STOP = 10.0
"""Seconds that a running reload has to end when the bot is stopped."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Service:
    """The parts of a running bot; use it as an asynchronous context manager."""

    home: Home
    desk: Desk
    chat_store: ChatStore
    current_rights: CurrentRights
    settings: ChatSettings
    access: VenueAccess
    questions: Questions
    stored_answers: StoredAnswers
    rechecks: Rechecks
    browsing: Browsing
    lookups: Lookups
    audit_log: AuditLog
    admin_rights: AdminRights
    corpus_overview: CorpusOverview
    corpus_editor: CorpusEditor
    db_worker: Worker
    reader: Worker
    search_worker: Worker
    poll_loop: PollLoop | None
    options: ServiceOptions
    meter: Meter
    presence: Presence
    peers: "Peers | None"
    """The other processes on the same database; None if the home is a folder."""
    changes: ChangeSignals
    _made: ExitStack
    """Closes the databases and workers."""
    _opened: AsyncExitStack
    """Stops what was started, and then closes `_made`; empty until the service is open."""

    @property
    def workers(self) -> tuple[Worker, ...]:
        """Its worker threads."""
        return self.db_worker, self.reader, self.search_worker

    def want(self, role: str) -> None:
        """Acquire an exclusive role, if there may be other processes."""
        if self.peers:
            self.peers.want(role)

    def leads(self, role: str) -> bool:
        """Whether this process holds the role now."""
        return self.peers is None or self.peers.leads(role)

    async def __aenter__(self) -> "Service":
        async with AsyncExitStack() as opened:
            opened.push_async_callback(asyncio.to_thread, self._made.close)
            opened.push_async_callback(self._stop_changes)
            self.changes.begin()
            if self.peers:
                # Stopped after running jobs, so that the other processes take over what is left.
                opened.push_async_callback(asyncio.to_thread, self.peers.stop)
                await asyncio.to_thread(self.peers.start)
            await asyncio.to_thread(settle_abandoned, self.home)
            await asyncio.to_thread(self.current_rights.look, self.desk.refresh)
            await self.settings.load()
            if self.poll_loop:
                opened.push_async_callback(asyncio.to_thread, self.poll_loop.stop)
                self.poll_loop.start()
            for name, work in (
                ("purge", self._purge()),
                ("take-settings", self._take_settings()),
                ("look-again", self._look_again()),
            ):
                opened.push_async_callback(cancel_task, asyncio.create_task(work, name=name))
            self._opened.push_async_exit(opened.pop_all())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._opened.aclose()

    async def _stop_changes(self) -> None:
        # A reload stops at its next progress report, which a slow site may delay.
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP):
                await self.corpus_editor.stop()

    async def _look_again(self) -> None:
        while True:
            await self.changes.published.wait(LOOK_AGAIN)
            try:
                await asyncio.to_thread(self.current_rights.look, self.desk.refresh)
                await self.settings.load()
            except Exception:  # noqa: BLE001 - the next check may succeed
                _log.exception("could not look for changes; trying again")

    async def _take_settings(self) -> None:
        """Apply changes of settings and bindings by other processes at once, also while a generation is being
        downloaded."""
        while True:
            await self.changes.chosen.wait(None)
            try:
                await self.settings.read_rights()
                await self.settings.load()
            except Exception:  # noqa: BLE001 - as above
                _log.exception("could not take on what was chosen; the next look does")

    async def _purge(self) -> None:
        while True:
            try:
                await self.db_worker.run(self.chat_store.retention.purge, self.options.keep)
                # Not at the start, when somebody may be waiting to change the corpus; a reload does it too.
                await asyncio.sleep(PURGE_EVERY)
                await self.corpus_editor.tidy()
            except Exception:  # noqa: BLE001 - as above
                _log.exception("could not forget what is past its time; trying again")
                await asyncio.sleep(PURGE_EVERY)
