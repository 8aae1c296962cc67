"""The rounds of one platform: search new generations for standing questions, then post what is waiting."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar, TypeVarTuple

from bot.chat.preferences import AnswerPolicy
from bot.chat.refusal import Refusal
from bot.chat.standing_question import Found, StandingKind, StandingQuestion
from bot.desk.new_answers import NewAnswers
from bot.dispatch.dispatcher import Dispatcher
from bot.service.question_query import question_query
from bot.standing.matching import Match, newly_answering, newly_by_source, split_matches
from bot.standing.new_articles import NewArticleFinder, NewArticles
from bot.standing.one_story import ARTICLES_COMPARED, without_told_events
from bot.standing.poster import Poster
from bot.standing.posting_sender import Now, PostingSender
from bot.standing.source_notices import SourceNotices
from corpus.errors import PlatformRefused, WrongCall
from retrieval.collection.collection import Selection

ROUND_INTERVAL = 5.0
"""Seconds between rounds, as often as the desk checks for new generations; without one, a round only compares
their ids and makes two queries."""
UNDONE = frozenset({"busy", "too-late", "stopping"})
"""Refusals of an overloaded worker, which say nothing about whether there is a result."""
TENANT = "standing"
"""The tenant in fair queues, so that all standing questions together get as much as one community."""

T = TypeVar("T")
Args = TypeVarTuple("Args")
_log = logging.getLogger(__name__)


class StandingRounds:
    """The background work of one platform: its standing questions, and notices about sources."""

    def __init__(self, dispatcher: Dispatcher, poster: Poster, now: Now = lambda: datetime.now(UTC)) -> None:
        """`poster` and `dispatcher` are of the same platform."""
        self._dispatcher = dispatcher
        self._service = dispatcher.service
        self._platform = dispatcher.profile.name
        self._questions = dispatcher.service.chat_store.standing
        self._found = dispatcher.service.chat_store.standing_found
        self._new_articles = NewArticleFinder(self._service.home, self._service.desk)
        self._asker = NewAnswers(self._service.desk)
        self._sender = PostingSender(dispatcher, poster, now)
        self._notices = SourceNotices(dispatcher, poster, now)
        self._one = asyncio.Lock()
        self._role = f"standing {self._platform}"
        """The role that one process at a time holds."""
        self._service.want(self._role)

    async def run(self) -> None:
        """Make rounds until cancelled, stopping, or rejected by the platform, which others report. A failed
        round is logged, and the next one is made all the same."""
        while not self._dispatcher.gate.stopping:
            try:
                await self.round()
            except PlatformRefused:
                return
            except Exception:  # noqa: BLE001 - the next round may succeed
                _log.exception("standing questions could not be looked after; trying again")
            await asyncio.sleep(ROUND_INTERVAL)

    async def round(self) -> None:
        """Settle interrupted postings, search new generations, post what is due, and send notices about
        sources; one round at a time."""
        async with self._one:
            if self._dispatcher.gate.stopping or not self._service.leads(self._role):
                return
            with self._dispatcher.gate.under_way():
                await self._go_round()

    async def _go_round(self) -> None:
        await self._sender.settle()
        await self.look()
        await self._sender.post()
        await self._notices.round()

    async def look(self) -> int:
        """Search the new articles for all standing questions; returns how many articles were found. The
        articles and the generations that were searched are stored in one transaction, so after a crash
        everything is searched again, and nothing is found twice."""
        looked = await self._db(self._found.looked, self._platform)
        new = await self._service.reader.run(self._new_articles.since, looked, tenant=TENANT)
        if new is None:
            return 0
        found: dict[str, list[Found]] = {}
        seen: dict[str, list[Found]] = {}
        if new.ids:
            standing = await self._db(self._questions.of_platform, self._platform)
            self._asker.keep(frozenset(one.id for one in standing))
            selections = await self._service.reader.run(new.selections, tenant=TENANT)
            for one in standing:
                if not one.paused:
                    await self._match(one, new, selections, found, seen)
        await self._db(self._found.record, self._platform, found, new.generations, seen)
        return sum(map(len, found.values()))

    async def _match(
        self,
        standing: StandingQuestion,
        new: NewArticles,
        selections: dict[str, Selection],
        found: dict[str, list[Found]],
        seen: dict[str, list[Found]],
    ) -> None:
        try:
            matches = await self._matches(standing, new, selections)
        except (Refusal, WrongCall) as error:
            if isinstance(error, Refusal) and error.key in UNDONE:
                raise  # nothing of this round is stored, so the next one searches again
            # It could not be asked there now: its collection or source is gone, or belongs to others.
            _log.info("standing question %s can't be asked: %s", standing.id, error)
            return
        if not matches:
            return
        told, same = split_matches(matches, await self._db(self._found.known, standing.id))
        last = await self._db(self._found.last_found, standing.id, ARTICLES_COMPARED)
        told, reports = await self._service.search_worker.run(
            without_told_events, standing, self._service.desk, told, last, tenant=TENANT
        )
        found[standing.id] = [match.found for match in told]
        seen[standing.id] = [*same, *reports]

    async def _matches(
        self, standing: StandingQuestion, new: NewArticles, selections: dict[str, Selection]
    ) -> list[Match]:
        access, venue = self._service.access, standing.venue
        preferences = access.preferences(venue)
        if preferences.answers is AnswerPolicy.NOWHERE:
            return []
        allowed = access.collections(venue)
        if standing.kind is StandingKind.SOURCE:
            now = datetime.now(UTC)

            def by_source(names: tuple[str, ...]) -> list[Match]:
                return newly_by_source(standing, names, new, now)

            return await self._service.reader.run(access.within, venue, allowed, by_source, tenant=TENANT)
        query = question_query(standing.asking, standing.text, allowed, access.sources(venue))

        def look(names: tuple[str, ...]) -> list[Match]:
            narrowed = {name: one for name, one in selections.items() if name in names}
            return newly_answering(standing, query, preferences.passages, new, narrowed, self._asker)

        return await self._service.search_worker.run(
            access.within, venue, query.collections, look, tenant=TENANT
        )

    async def _db(self, function: Callable[[*Args], T], *args: *Args) -> T:
        return await self._service.db_worker.run(function, *args, tenant=TENANT)
