"""Posts the articles found for standing questions, each once, also after a crash.

A posting is stored with its articles before it is sent, and marked after it was sent. One that was begun but
not marked was interrupted: the platform is searched for the mark in its buttons, and it is only sent again if
it is certainly not there.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar, TypeVarTuple

from bot.cards.answer_buttons import AnswerContext
from bot.cards.answers import answer_card
from bot.cards.card import Card
from bot.cards.request import Request
from bot.chat.answer_record import AnswerRecord, decode, new_id
from bot.chat.preferences import PASSAGES, AnswerPolicy
from bot.chat.standing_question import Found, Pause, Posting, StandingQuestion
from bot.chat.venue import Venue
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.incidents import log_incident
from bot.dispatch.reply import OutcomeUnknown, Unshowable
from bot.standing.poster import Gone, LeftCommunity, Poster
from bot.standing.posting_search import GIVEN_UP, PostingSearch
from bot.standing.standing_cards import digest_card, manage_buttons, posted_head
from corpus.errors import PlatformRefused

POSTED_SINCE = timedelta(days=3)
"""The age of postings that are read for the daily limit and the last digest."""

Now = Callable[[], datetime]
T = TypeVar("T")
Args = TypeVarTuple("Args")
_log = logging.getLogger(__name__)


class PostingSender:
    """Sends the postings of one platform, one after the other."""

    def __init__(self, dispatcher: Dispatcher, poster: Poster, now: Now = lambda: datetime.now(UTC)) -> None:
        """`poster` and `dispatcher` are of the same platform."""
        self._dispatcher = dispatcher
        self._service = dispatcher.service
        chat_store = dispatcher.service.chat_store
        self._questions = chat_store.standing
        self._found = chat_store.standing_found
        self._postings = chat_store.standing_postings
        self._poster = poster
        self._now = now
        self._search = PostingSearch()

    async def settle(self) -> None:
        """Find out what became of interrupted postings, and send those that certainly did not arrive."""
        under_way = await self._db(self._postings.under_way, self._dispatcher.profile.name)
        for standing, posting in under_way:
            now = self._now()
            if not (self._poster.serves(standing.venue) and self._search.is_due(posting.id, posting.at, now)):
                continue
            try:
                place = await self._poster.place(standing)
                message = await self._poster.find(place, posting.id, posting.at)
            except OutcomeUnknown:
                await self._unsettled(standing, posting, now - posting.at)
            except (Gone, LeftCommunity, Unshowable) as error:
                await self._db(self._postings.take_back, posting.id)
                await self._closed(standing, error)
            else:
                if message is not None:
                    await self._end(standing, posting, message)
                elif standing.paused or standing.pace.is_quiet(self._now()):
                    await self._db(self._postings.take_back, posting.id)
                else:
                    await self._send(standing, posting, place)

    async def _unsettled(self, standing: StandingQuestion, posting: Posting, age: timedelta) -> None:
        """The platform can't say whether a posting arrived: send it again if it would recognise a duplicate,
        otherwise leave it for the next time."""
        if timedelta(0) <= age < self._poster.repeatable:
            await self._send(standing, posting, await self._poster.place(standing))
        elif age > GIVEN_UP:
            _log.warning("whether posting %s stands there is not known: it counts as sent", posting.id)
            await self._db(self._postings.end, posting.id)

    async def post(self) -> None:
        """Post the waiting articles of each standing question that is due."""
        for standing in await self._db(self._questions.with_waiting, self._dispatcher.profile.name):
            if standing.paused or not self._poster.serves(standing.venue):
                continue
            if self._service.access.preferences(standing.venue).answers is AnswerPolicy.NOWHERE:
                continue
            waiting = await self._seen(standing, await self._db(self._found.waiting, standing.id))
            now = self._now()
            posted = await self._db(self._postings.posted, standing.id, now - POSTED_SINCE)
            if waiting and standing.pace.is_due(now, posted, min(one.at for one in waiting)):
                await self._begin(standing, Posting(new_id(), standing.id, now, waiting))

    async def _seen(self, standing: StandingQuestion, waiting: Sequence[Found]) -> tuple[Found, ...]:
        """The waiting articles that are visible in the venue and served in the version that was found. The
        others are dropped: a changed article is found again, and a withdrawn one, or one that now belongs to
        others, may not be posted there."""
        kept = self._standing(standing, waiting)
        if gone := [one for one in waiting if one not in kept]:
            await self._db(self._found.pass_over, standing.id, gone)
        return kept

    def _standing(self, standing: StandingQuestion, found: Sequence[Found]) -> tuple[Found, ...]:
        """The articles that are visible in the venue now and served in the version that was found."""
        access, desk = self._service.access, self._service.desk
        return tuple(
            one
            for one in found
            if access.sees(standing.venue, (one.collection,))
            and (article := desk.article(one.collection, one.article_id))
            and article.version() == one.version
        )

    async def _begin(self, standing: StandingQuestion, posting: Posting) -> None:
        try:
            place = await self._poster.place(standing)
        except OutcomeUnknown:
            return  # the articles stay waiting
        except (Gone, LeftCommunity) as error:
            await self._closed(standing, error)
            return
        if await self._db(self._postings.begin, posting):
            await self._send(standing, posting, place)

    async def _send(self, standing: StandingQuestion, posting: Posting, place: Venue) -> None:
        """Send a posting that was stored."""
        found = self._standing(standing, posting.found)
        if not found:
            await self._db(self._postings.end, posting.id)
            return
        card = await self._card(standing, replace(posting, found=found), place)
        # Checked again right before sending, since a collection may have been given to others.
        if not self._service.access.sees(standing.venue, {one.collection for one in found}):
            await self._db(self._postings.take_back, posting.id)
            return
        try:
            message = await self._poster.post(place, card, posting.id)
        except Unshowable as error:
            if error.key == "moderated":  # only this text is refused
                await self._db(self._postings.end, posting.id)
                return
            await self._db(self._postings.take_back, posting.id)
            await self._closed(standing, error)
        except Gone as error:
            await self._db(self._postings.take_back, posting.id)
            await self._closed(standing, error)
        except OutcomeUnknown:
            _log.warning("whether posting %s arrived is not known: it is looked for", posting.id)
        except PlatformRefused:
            raise
        except Exception:  # noqa: BLE001 - the other postings must still be sent
            log_incident("posting for a standing question")
            await self._db(self._postings.end, posting.id)  # a retry would fail in the same way
        else:
            await self._end(standing, posting, message)

    async def _end(self, standing: StandingQuestion, posting: Posting, message: str) -> None:
        await self._db(self._postings.end, posting.id, message)
        if message:
            set_message = self._service.chat_store.answers.set_message
            await self._db(set_message, posting.id, message)
        _log.info("posted %d articles for standing question %s", len(posting.found), standing.id)

    async def _closed(self, standing: StandingQuestion, error: Exception) -> None:
        """Nothing can be posted there: remove the standing question if its place or person is gone, and pause
        it otherwise."""
        if isinstance(error, Gone) or (isinstance(error, LeftCommunity) and standing.directly):
            await self._db(self._questions.remove, standing.id)
            _log.info("standing question %s is removed: its place or person is gone", standing.id)
            return
        reason = Pause.LEFT if isinstance(error, LeftCommunity) else Pause.CLOSED
        await self._db(self._questions.change, replace(standing, paused=reason))
        _log.info("standing question %s rests (%s)", standing.id, reason)

    # The cards of postings

    async def _card(self, standing: StandingQuestion, posting: Posting, place: Venue) -> Card:
        request = self._dispatcher.request(place, standing.person)
        bodies = [one.body for one in posting.found]
        if all(bodies) and len(bodies) <= PASSAGES and not standing.pace.digest:
            return await self._answer(standing, posting, place, request)
        desk = self._service.desk
        articles = (desk.article(one.collection, one.article_id) for one in posting.found)
        cited = [desk.quoter.cite(article, (0, 0)) for article in articles if article]
        return digest_card(standing, cited, posting.id, request.messages, request.canvas)

    async def _answer(
        self, standing: StandingQuestion, posting: Posting, place: Venue, request: Request
    ) -> Card:
        """The answer with its new quotes only, stored like any other, so that its buttons work."""
        records = [decode(one.body) for one in posting.found]
        record = replace(_merged(records), id=posting.id, venue=place, private=standing.directly)
        shown = self._service.stored_answers.reopened(record)
        if not self._service.access.sees(place, record.query.collections):
            shown = replace(shown, kept=False)  # its buttons could not open it in this venue
        elif not await self._db(self._service.chat_store.answers.get, record.id, place.tenant):
            shown = await self._service.stored_answers.keep(shown)  # else an earlier attempt stored it
        drawn = answer_card(shown, request.messages, AnswerContext(), request.canvas)
        parts = (posted_head(standing, request.messages), *drawn.parts)
        return Card(drawn.tone, (*parts, manage_buttons(standing, posting.id, request.messages)))

    async def _db(self, function: Callable[[*Args], T], *args: *Args) -> T:
        return await self._service.db_worker.run(function, *args, tenant="standing")


def _merged(records: Sequence[AnswerRecord]) -> AnswerRecord:
    """One record with the quotes of all, without duplicates and the best first."""
    kept = {(one.collection, one.article_id, one.start): one for record in records for one in record.kept}
    best = max(records, key=lambda record: record.confidence)
    return replace(best, kept=tuple(sorted(kept.values(), key=lambda one: -one.score))[:PASSAGES])
