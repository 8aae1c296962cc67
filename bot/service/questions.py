"""Where questions from people come in, whatever platform they are on, and answers go out and are kept."""

import logging
import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial

from bot.answers.answer import Answer, NoAnswer, Quote, quotes_of, with_quotes
from bot.answers.excerpt import surroundings
from bot.chat.answer_record import ID_BYTES, AnswerRecord, QuoteRef, key_of, make_record
from bot.chat.period import read_period
from bot.chat.question_request import DeliveredAnswer, QuestionRequest, Surroundings
from bot.chat.refusal import NotSure, Refusal
from bot.chat.venue import Person, Venue, counted_for
from bot.chat_store.chat_store import ChatStore
from bot.desk.desk import Desk
from bot.runtime.worker import Worker
from bot.service.venue_access import VenueAccess
from corpus.errors import NewsdeskError
from retrieval.dates.zone import zone_of
from retrieval.question.followup import PreviousQuestion, with_earlier
from retrieval.question.query import Query, clean_question, make_query
from retrieval.ranking.confidence import SURE_AT
from retrieval.ranking.diversity import PAGE

FOLLOWED = timedelta(hours=1)
"""How long a direct message goes on with the one before it. A thread, and a reply, always does."""
CHECKED = 1000
"""Characters of somebody's message that are looked up; more than that is about more than one thing."""
FILTERS = ("since", "until", "sources")
"""What a person may narrow a question by, and take away again."""

_log = logging.getLogger(__name__)
_EVER = datetime.min.replace(tzinfo=UTC)


class Questions:
    """Takes questions, and what people do with the answers. What it gives belongs to the asker's tenant."""

    def __init__(
        self, desk: Desk, chat_store: ChatStore, scope: VenueAccess, db_worker: Worker, worker: Worker
    ) -> None:
        """`worker` searches; `clerk` does everything that touches the ledger."""
        self._desk = desk
        self._chat_store = chat_store
        self._scope = scope
        self._db_worker = db_worker
        self._worker = worker

    # Asking

    def admit(self, asking: QuestionRequest) -> None:
        """Count a question, and refuse at once what can be refused without any work: before others see that
        somebody asked.

        Raises Refusal where no answer can be had now, and WrongCall where the question can't be searched.
        """
        self._scope.admit(asking.venue, asking.person, addressed=asking.addressed)
        query = self._query(asking, _searchable(asking))
        self._scope.within(
            asking.venue,
            query.collections,
            lambda names: self._desk.check(replace(query, collections=names)),
        )
        self._worker.admit(counted_for(asking.venue, asking.person))

    async def ask(self, asking: QuestionRequest, *, admitted: bool = False) -> DeliveredAnswer:
        """The answer, kept under its id. What `admit` has let in is not counted again.

        Raises what `admit` raises, Refusal where the answer comes too late, and NotSure where it is not sure
        enough for people who did not ask the bot.
        """
        if admitted:
            self._scope.check(asking.venue)  # it may have been switched off since
        else:
            self.admit(asking)
        try:
            earlier = await self._earlier(asking)
        except NewsdeskError as error:
            _log.error("a question is answered by itself, as none before it can be looked up: %s", error)
            earlier = None
        turn = self._turn(earlier) if earlier else None
        if earlier and not self._scope.sees(asking.venue, earlier.query.collections):
            earlier = turn = None  # was seen once, and is others' now
        text = _searchable(asking)
        understood = with_earlier(text, turn) if turn else text
        query = self._query(asking, understood)
        named = frozenset(asking.sources)
        if earlier and understood != text and not (asking.since or asking.until or asking.sources):
            # The same search with other words: what narrowed it narrows it still.
            query = replace(query, **{name: getattr(earlier.query, name) for name in FILTERS})
            if query.since or query.until:
                query = replace(query, zone=earlier.query.zone)  # or its days would be others
            named = earlier.sources
            there = tuple(name for name in earlier.query.collections if name in query.collections)
            query = replace(query, collections=there or query.collections)
        result = await self._search(query, asking.venue, asking.person)
        if not asking.addressed and (isinstance(result, NoAnswer) or result.confidence < SURE_AT):
            raise NotSure("not sure enough to be said unasked")
        made = make_record(
            result,
            asking.venue,
            asking.person,
            asking.text,
            private=self._scope.is_private(asking),
            sources=named,
            checked=asking.checked,
            question=asking.message,
        )
        return await self._keep(DeliveredAnswer(made, result))

    async def widen(
        self, answer_id: str, venue: Venue, person: Person, name: str, *, private: bool
    ) -> DeliveredAnswer:
        """The same question without the filter of that name (`since`, `until` or `sources`), or, for `read`,
        without what was read out of its words, or, for `filters`, without any of these."""
        record = (await self.open(answer_id, venue)).record
        self._scope.admit(venue, person)
        query, named = record.query, record.sources
        if name in ("since", "filters"):
            query = replace(query, since=None)
        if name in ("until", "filters"):
            query = replace(query, until=None)
        if name in ("sources", "filters"):
            chosen = frozenset(source.casefold() for source in self._scope.sources(venue))
            query, named = replace(query, sources=chosen), frozenset()
        if name in ("read", "filters"):
            query = query.unread()
        result = await self._search(replace(query, asked_at=datetime.now(UTC)), venue, person)
        made = make_record(
            result,
            venue,
            person,
            record.asked,
            private=private,
            sources=named,
            checked=record.checked,
            question=record.question,
        )
        return await self._keep(DeliveredAnswer(made, result))

    async def more(self, answer_id: str, venue: Venue, person: Person) -> DeliveredAnswer | None:
        """The next quotes, for that person alone; None where there are no more."""
        record = (await self.open(answer_id, venue)).record
        self._scope.admit(venue, person)
        count = self._scope.preferences(venue).passages
        wanted = len(record.shown) + count + PAGE  # a page may have been left short, and is filled up now
        result = await self._search(record.query, venue, person, wanted)
        quotes = tuple(quote for quote in quotes_of(result) if key_of(quote) not in record.shown)[:count]
        if not quotes:
            return None
        following = with_quotes(result, quotes)
        made = make_record(
            following,
            venue,
            person,
            record.asked,
            private=True,
            sources=record.sources,
            checked=record.checked,
            before=record.shown,
            question=record.question,
        )
        return await self._keep(DeliveredAnswer(made, following))

    async def _search(
        self, query: Query, venue: Venue, person: Person, limit: int | None = None
    ) -> Answer | NoAnswer:
        count = limit or self._scope.preferences(venue).passages

        def search() -> Answer | NoAnswer:
            return self._scope.within(
                venue,
                query.collections,
                lambda names: self._desk.ask(replace(query, collections=names), count),
            )

        return await self._worker.run(search, tenant=counted_for(venue, person))

    async def _keep(self, shown: DeliveredAnswer) -> DeliveredAnswer:
        """The answer as it can be shown: also where nothing can be written down now, as people ask to be
        answered and not to be kept."""
        try:
            await self._db_worker.run(
                self._chat_store.answers.add, shown.record, tenant=shown.record.venue.tenant
            )
        except NewsdeskError as error:
            _log.error("an answer has no buttons, as it could not be kept: %s", error)
            return replace(shown, kept=False)
        return shown

    async def _earlier(self, asking: QuestionRequest) -> AnswerRecord | None:
        """The answer that a question may lean on."""
        venue, replied = asking.venue, asking.replied
        if replied and (
            found := await self._db_worker.run(
                self._chat_store.answers.in_message, venue, replied, tenant=venue.tenant
            )
        ):
            return found
        if not venue.own:
            return None
        since = _EVER if venue.thread else datetime.now(UTC) - FOLLOWED
        # A private question must not show through an answer for all.
        whose = asking.person.id if venue.alone or self._scope.is_private(asking) else ""
        return await self._db_worker.run(
            self._chat_store.answers.last, venue, since, whose, tenant=venue.tenant
        )

    def _turn(self, record: AnswerRecord) -> PreviousQuestion:
        """What an answer was about, as far as its articles are still served."""
        found = (self._desk.article(kept.collection, kept.article_id) for kept in record.kept)
        return PreviousQuestion(
            record.query.text,
            shown=tuple(article.text for article in found if article),
            phrases=tuple(hint.words for hint in record.query.hints),
        )

    def _query(self, asking: QuestionRequest, understood: str) -> Query:
        now = datetime.now(UTC)
        allowed = self._scope.collections(asking.venue)
        for name in asking.collections:
            if name not in allowed:
                raise Refusal("unknown-collection", name=name, near=", ".join(allowed))
        chosen = self._scope.sources(asking.venue)
        known = {name.casefold() for name in chosen}
        for name in asking.sources:
            if known and name.casefold() not in known:
                raise Refusal("unknown-source", name=name, near=", ".join(sorted(chosen)[:5]))
        zone = zone_of(asking.person.zone)
        since, until = _moment(asking.since, now, 0, zone), _moment(asking.until, now, 1, zone)
        if since and until and since >= until:
            raise Refusal("dates-swapped")
        return make_query(
            understood,
            asking.collections or allowed,
            asked_at=now,
            since=since,
            until=until,
            sources=frozenset(asking.sources or chosen),
            as_asked=asking.checked,  # what somebody wrote is checked against all the news
            zone=asking.person.zone,
        )

    # Answers that were given

    async def posted(self, shown: DeliveredAnswer, message: str) -> None:
        """Remember in which message an answer stands, so that a reply to it is understood."""
        await self._db_worker.run(
            self._chat_store.answers.set_message, shown.record.id, message, tenant=shown.record.venue.tenant
        )

    async def open(self, answer_id: str, venue: Venue) -> DeliveredAnswer:
        """An answer that was given, with those of its quotes that its articles still have.

        Raises Refusal where it is not there any more, or what it was found in may not be seen from here.
        """
        record = await self._db_worker.run(
            self._chat_store.answers.get, answer_id, venue.tenant, tenant=venue.tenant
        )
        if record is None:
            raise Refusal("answer-gone")
        shown = self._reopened(record)
        if not self._scope.sees(venue, record.query.collections):
            raise Refusal("answer-gone")
        return shown

    def _reopened(self, record: AnswerRecord) -> DeliveredAnswer:
        found = [quote for kept in record.kept if (quote := self._quote_again(kept))]
        result = (
            Answer(record.query, tuple(found), record.confidence, record.searched)
            if record.answered
            else NoAnswer(record.query, tuple(found), record.confidence, record.searched)
        )
        return DeliveredAnswer(record, result, len(record.kept) - len(found))

    def _quote_again(self, kept: QuoteRef) -> Quote | None:
        article = self._desk.article(kept.collection, kept.article_id)
        if article is None or article.version() != kept.version:
            return None
        copies = (self._desk.article(*copy) for copy in kept.copies)
        also_in = tuple(self._desk.cite(copy, (0, 0)) for copy in copies if copy)
        span = (kept.start, kept.end)
        return self._desk.quote(article, span, kept.highlights, kept.score, kept.features, also_in)

    async def context(self, answer_id: str, venue: Venue, number: int) -> Surroundings:
        """The words around one of an answer's quotes, which are counted from 1."""
        shown = await self.open(answer_id, venue)
        if not shown.quotes:
            raise Refusal("quotes-gone")
        place = min(max(number, 1), len(shown.quotes))
        quote = shown.quotes[place - 1]
        return Surroundings(shown, place, quote, *surroundings(quote))

    async def check_share(self, answer_id: str, venue: Venue, person: Person) -> DeliveredAnswer:
        """The private answer that is to be shown to all. Raises Refusal unless the asker asks, in a place
        where anything is answered."""
        self._scope.check(venue)
        shown = await self.open(answer_id, venue)
        if shown.record.person != person.id:
            raise Refusal("not-the-asker")
        if not shown.quotes and shown.gone:
            raise Refusal("quotes-gone")
        return shown

    async def share(self, answer_id: str, venue: Venue, person: Person) -> DeliveredAnswer:
        """A private answer as one for all, under an id of its own, once in a place; it counts as a question.
        Raises Refusal as `check_share` does, where it was shared there, and where it comes too fast."""
        shown = await self.check_share(answer_id, venue, person)
        self._scope.admit(venue, person)
        event = _sharing(answer_id, venue)
        if not await self._db_worker.run(self._chat_store.events.claim, venue.platform, event):
            raise Refusal("shared-already")
        again = secrets.token_urlsafe(ID_BYTES)
        return await self._keep(replace(shown, record=replace(shown.record, id=again, private=False)))

    async def unshare(self, answer_id: str, venue: Venue) -> None:
        """An answer was not shared after all: it could not be shown."""
        await self._db_worker.run(self._chat_store.events.unclaim, venue.platform, _sharing(answer_id, venue))

    async def carry(self, shown: DeliveredAnswer, venue: Venue) -> None:
        """Let people ask on from an answer in another place of ours: a thread that was opened for it."""
        again = secrets.token_urlsafe(ID_BYTES)
        kept = await self._keep(replace(shown, record=replace(shown.record, id=again, venue=venue)))
        if kept.kept:
            await self._db_worker.run(
                self._chat_store.threads.add, venue.tenant, venue.room, tenant=venue.tenant
            )

    async def check_dismiss(self, answer_id: str, venue: Venue, person: Person) -> None:
        """Raises Refusal unless the person may take the answer away: who asked, and moderators."""
        if person.moderates:
            return
        record = await self._db_worker.run(
            self._chat_store.answers.get, answer_id, venue.tenant, tenant=venue.tenant
        )
        if record is None or record.person != person.id:
            raise Refusal("not-the-asker")

    async def is_asker(self, answer_id: str, venue: Venue, person: Person) -> bool:
        """Whether that person asked for the answer."""
        record = await self._db_worker.run(
            self._chat_store.answers.get, answer_id, venue.tenant, tenant=venue.tenant
        )
        return record is not None and record.person == person.id

    async def questions(self, venue: Venue, person: Person, limit: int) -> list[AnswerRecord]:
        """What the person asked last in the venue's community, newest first."""
        return await self._db_worker.run(
            self._chat_store.answers.by_person, venue.tenant, person.id, limit, tenant=venue.tenant
        )

    async def vote(
        self, answer_id: str, venue: Venue, person: Person, *, helpful: bool, reason: str = ""
    ) -> None:
        """Keep what a person thinks of an answer, for the operator alone."""
        await self.open(answer_id, venue)
        await self._db_worker.run(
            partial(self._chat_store.votes.cast, answer_id, person.id, helpful=helpful, reason=reason),
            tenant=venue.tenant,
        )


def _searchable(asking: QuestionRequest) -> str:
    """What of a question, or of somebody's message, is looked up."""
    if asking.checked and not any(c.isalnum() for c in asking.text):
        raise Refusal("check-wordless")
    return clean_question(asking.text[:CHECKED] if asking.checked else asking.text)


def _sharing(answer_id: str, venue: Venue) -> str:
    return f"share/{answer_id}/{venue.room}"


def _moment(text: str, now: datetime, end: int, zone: tzinfo) -> datetime | None:
    if not text.strip():
        return None
    try:
        return read_period(text, now, zone)[end]
    except ValueError as error:
        raise Refusal("bad-date", text=text[:60]) from error
