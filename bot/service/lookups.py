"""Answers questions for a count, a list, the newest articles or one article."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.answers.answer import Answer, NoAnswer, Quote
from bot.answers.listing import NEWEST, Listing
from bot.chat.answer_record import make_record
from bot.chat.delivered_answer import DeliveredAnswer
from bot.chat.question_request import QuestionRequest
from bot.chat.refusal import Refusal
from bot.chat.venue import Caller, Venue
from bot.desk.desk import Desk
from bot.desk.follow_ups import list_after
from bot.desk.listings import listing, listing_request, news
from bot.permissions.venue_access import VenueAccess
from bot.runtime.worker import Worker
from bot.service.question_query import question_query, searchable_text
from bot.service.stored_answers import StoredAnswers
from corpus.article import Article
from retrieval.collection.pasted_reference import address_in, may_be_pasted
from retrieval.question.followups.narrowing import may_change
from retrieval.question.followups.previous_question import PreviousQuestion
from retrieval.question.listing.listing_reader import may_list
from retrieval.question.query import Query


@dataclass(frozen=True, slots=True)
class Listed:
    """A list, and the id of its stored record, empty if it could not be stored. `names` are the names of the
    sources that it is restricted to, by their casefolded names."""

    listing: Listing
    answer_id: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class News:
    """The newest articles, about a topic if it is not empty; `narrowed` is whether the person restricted
    sources, collections or dates."""

    quotes: tuple[Quote, ...]
    topic: str
    narrowed: bool = False


@dataclass(frozen=True, slots=True)
class AbsentPage:
    """A pasted address of a page that is not in the visible collections.

    `answer_id` is the stored record for the button that adds it: empty if the person may not add it, or
    nothing could be stored.
    """

    answer_id: str = ""


Found = Listed | News | Article | AbsentPage


class Lookups:
    """Answers from the corpus's metadata. A list is stored like an answer, so that its button works for
    weeks."""

    def __init__(
        self, desk: Desk, access: VenueAccess, stored_answers: StoredAnswers, reader: Worker, worker: Worker
    ) -> None:
        """`worker` searches, and `reader` searches titles and addresses."""
        self._desk = desk
        self._access = access
        self._stored_answers = stored_answers
        self._reader = reader
        self._worker = worker

    async def find(self, asking: QuestionRequest) -> Found | None:
        """The result for an admitted question, None if it has to be searched.

        Raises Refusal and WrongCall as `Questions.ask` does.
        """
        text = searchable_text(asking)
        before = await self._list_before(asking, text)
        pasted, lists = may_be_pasted(text), before is not None or may_list(text)
        if not pasted and not lists:
            return None
        allowed = self._access.collections(asking.venue)
        query = question_query(asking, text, allowed, self._access.sources(asking.venue))
        if pasted:
            article = await self._pasted(asking, query)
            if article:
                return article
            if address_in(text) and not await self._has_page(asking, query):
                return await self._absent(asking, query)
        return await self._told(asking, query, before) if lists else None

    async def _list_before(self, asking: QuestionRequest, text: str) -> PreviousQuestion | None:
        """The list that the question may change, if one was shown before it."""
        if asking.checked or not may_change(text):
            return None
        previous = await self._stored_answers.previous(asking)
        return previous.question if previous and previous.question.listed else None

    async def _pasted(self, asking: QuestionRequest, query: Query) -> Article | None:
        def look(names: tuple[str, ...]) -> Article | None:
            return pasted_article(self._desk, names, query.text)

        venue, tenant = asking.venue, asking.caller.queue_key
        return await self._reader.run(self._access.within, venue, query.collections, look, tenant=tenant)

    async def _has_page(self, asking: QuestionRequest, query: Query) -> bool:
        def look(names: tuple[str, ...]) -> bool:
            return self._desk.has_page(query.text, names)

        venue, tenant = asking.venue, asking.caller.queue_key
        return await self._reader.run(self._access.within, venue, query.collections, look, tenant=tenant)

    async def _absent(self, asking: QuestionRequest, query: Query) -> AbsentPage:
        if not self._access.administers(asking.caller):
            return AbsentPage()
        searched = self._desk.searched(query)
        answer_id = await self._keep(asking, NoAnswer(query, (), 0.0, searched), subject="")
        return AbsentPage(answer_id)

    async def absent_address(self, answer_id: str, venue: Venue) -> str:
        """The address of a page that was reported as absent. Raises Refusal if its record is no longer
        stored."""
        record = (await self._stored_answers.open(answer_id, venue)).record
        if address := address_in(record.query.text):
            return address
        raise Refusal("answer-gone")

    async def _keep(self, asking: QuestionRequest, answer: Answer | NoAnswer, subject: str) -> str:
        """Store a reply; returns its id, empty if it could not be stored."""
        record = make_record(answer, asking, private=self._access.is_private(asking))
        record = replace(record, subject=subject)
        kept = await self._stored_answers.keep(DeliveredAnswer(record, answer))
        return record.id if kept.kept else ""

    async def _told(
        self, asking: QuestionRequest, query: Query, before: PreviousQuestion | None
    ) -> Listed | News | None:
        def look(names: tuple[str, ...]) -> Listing | News | None:
            narrowed = list_after(self._desk, replace(query, collections=names), before)
            request = listing_request(self._desk, narrowed)
            if request is None:
                return None
            quotes = news(self._desk, narrowed, request, NEWEST)
            if quotes is not None:
                wanted = (asking.since, asking.until, asking.sources, asking.collections)
                return News(quotes, request.subject, any(wanted))
            return listing(self._desk, narrowed, request)

        venue, tenant = asking.venue, asking.caller.queue_key
        found = await self._worker.run(self._access.within, venue, query.collections, look, tenant=tenant)
        if not isinstance(found, Listing):
            return found
        searched = found.query.with_hints(())
        answer = (
            Answer(searched, found.opening, 1.0, found.searched)
            if found.count
            else NoAnswer(searched, (), 0.0, found.searched)
        )
        answer_id = await self._keep(asking, answer, found.subject)
        return Listed(found, answer_id, self._desk.chosen_source_names(searched))

    async def more(self, answer_id: str, caller: Caller, first: int) -> Listed:
        """A stored list from article number `first` on, computed from the current corpus. Raises Refusal if
        it is no longer stored, or its collections are not visible in the venue."""
        record = (await self._stored_answers.open(answer_id, caller.venue)).record

        def look(names: tuple[str, ...]) -> Listing | None:
            query = replace(record.query, collections=names)
            request = listing_request(self._desk, query)
            return listing(self._desk, query, request, first) if request else None

        found = await self._worker.run(
            self._access.within, caller.venue, record.query.collections, look, tenant=caller.queue_key
        )
        if found is None or not found.cited:
            raise Refusal("nothing-more")
        return Listed(found, answer_id, self._desk.chosen_source_names(record.query))


def pasted_article(desk: Desk, names: tuple[str, ...], text: str) -> Article | None:
    """The article of these collections whose address or headline is the text. Raises UnknownName."""
    return next(filter(None, (one.pasted(text) for one in desk.held(names))), None)
