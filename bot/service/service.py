"""Everything that a chat platform's adapter works with, opened and closed together."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from bot.chat_store.chat_store import ChatStore
from bot.corpus_admin.home import Home
from bot.corpus_admin.limits import Limits
from bot.desk.desk import Desk
from bot.permissions.current_rights import CurrentRights
from bot.permissions.name_claims import settle_left
from bot.permissions.rights import Community
from bot.runtime.rate_limit import RateLimits
from bot.runtime.worker import Worker
from bot.service.administration import CorpusAdmin
from bot.service.browsing import Browsing
from bot.service.chat_settings import ChatSettings
from bot.service.questions import Questions
from bot.service.venue_access import VenueAccess

LOOK_AGAIN = 5.0
"""Seconds between looks at what another process published or bound: a few file names are read each time."""
PURGE_EVERY = 3600.0
"""Seconds between forgetting what is past its time."""
STOP = 10.0
"""Seconds that a reload under way has to end, where the bot is stopped."""
CLERK_QUEUE = 10_000
"""Looks at the ledger that may wait: several of each question in the worker's queue, a millisecond each."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Service:
    """The parts; use it as an asynchronous context manager."""

    home: Home
    desk: Desk
    chat_store: ChatStore
    current: CurrentRights
    settings: ChatSettings
    scope: VenueAccess
    questions: Questions
    browsing: Browsing
    corpus_admin: CorpusAdmin
    db_worker: Worker
    reader: Worker
    worker: Worker
    keep: timedelta
    log_questions: bool
    _tasks: list["asyncio.Task[None]"]

    async def __aenter__(self) -> "Service":
        await asyncio.to_thread(settle_left, self.home)
        await asyncio.to_thread(self.current.look, self.desk.refresh)
        await self.settings.load()
        self._tasks.extend(
            asyncio.create_task(work, name=name)
            for name, work in (("look-again", self._look_again()), ("purge", self._purge()))
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        # A reload ends with its next word on how far it is; a site that is slow to answer may hold that up.
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP):
                await self.corpus_admin.stop()
        await asyncio.to_thread(self.worker.close)
        await asyncio.to_thread(self.reader.close)
        await asyncio.to_thread(self.db_worker.close)
        self.current.close()
        self.chat_store.close()

    async def _look_again(self) -> None:
        while True:
            await asyncio.sleep(LOOK_AGAIN)
            try:
                await asyncio.to_thread(self.current.look, self.desk.refresh)
                await self.settings.load()
            except Exception:  # noqa: BLE001 - whatever it is, the next look may go well
                _log.exception("could not look for changes; trying again")

    async def _purge(self) -> None:
        while True:
            try:
                await self.db_worker.run(self.chat_store.retention.purge, self.keep)
                # Not at the start, when somebody may be waiting to change the corpus: a reload does it too.
                await asyncio.sleep(PURGE_EVERY)
                await self.corpus_admin.expire()
            except Exception:  # noqa: BLE001 - as above
                _log.exception("could not forget what is past its time; trying again")
                await asyncio.sleep(PURGE_EVERY)


def make_service(
    home: Home,
    desk: Desk,
    *,
    named: tuple[str, ...] = (),
    keepers: frozenset[Community] = frozenset(),
    platforms: frozenset[str] = frozenset(),
    keep: timedelta = timedelta(days=30),
    log_questions: bool = False,
    limits: Limits | None = None,
) -> Service:
    """The parts for a desk that is open. `named` and `keepers` are as in `CurrentRights`, `platforms` as in
    `ChatSettings`, `keep` is how long answers and their questions are kept, `limits` what one community may
    have. Raises HomeUnusable,
    StoreUnusable."""
    chat_store = ChatStore(home.chats())
    db_worker = Worker("clerk", queue=CLERK_QUEUE)
    reader = Worker("reader")
    worker = Worker("desk")
    current = CurrentRights(ChatStore(home.chats()), named, keepers)
    settings = ChatSettings(chat_store, db_worker, current, platforms)
    scope = VenueAccess(desk, settings, RateLimits())
    questions = Questions(desk, chat_store, scope, db_worker, worker)
    browsing = Browsing(desk, scope, reader, worker)
    corpus_admin = CorpusAdmin(home, desk, chat_store, settings, db_worker, reader, scope, limits or Limits())
    return Service(
        home=home,
        desk=desk,
        chat_store=chat_store,
        current=current,
        settings=settings,
        scope=scope,
        questions=questions,
        browsing=browsing,
        corpus_admin=corpus_admin,
        db_worker=db_worker,
        reader=reader,
        worker=worker,
        keep=keep,
        log_questions=log_questions,
        _tasks=[],
    )
