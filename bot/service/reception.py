"""Where questions from people come in, whatever platform they are on, and answers go out and are kept."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot import browse
from bot.answer import Answer, NoAnswer, Quote, quotes_of, with_quotes
from bot.browse import SourceCount
from bot.desk import Desk
from bot.excerpt import surroundings
from bot.service.article_key import article_key
from bot.service.ledger import Ledger
from bot.service.pace import Pace
from bot.service.people import Person, Venue
from bot.service.period import read_period
from bot.service.preferences import Answers, Preferences
from bot.service.record import ID_BYTES, Kept, Record, key_of, make_record
from bot.service.refusal import Refusal
from bot.service.settings import ChatSettings
from bot.service.worker import Worker
from corpus.article import Article
from retrieval.followup import with_earlier
from retrieval.query import Query, clean_question, make_query
from retrieval.search import PAGE

FOLLOWED = timedelta(hours=1)
"""How long a direct message goes on with the one before it. A thread, and a reply, always does."""
CHECKED = 1000
"""Characters of somebody's message that are looked up; more than that is about more than one thing."""
NEWEST = 5
"""Articles listed as the latest."""
FILTERS = ("since", "until", "sources")
"""What a person may narrow a question by, and take away again."""

_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as it came from a person.

    `since` and `until` are periods as people type them. `private` is None where the person did not say.
    `replied` is the message that it replies to. `checked` is true where `text` is somebody's message that is
    to be looked up.
    """

    venue: Venue
    person: Person
    text: str
    since: str = ""
    until: str = ""
    sources: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    private: bool | None = None
    replied: str | None = None
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer to be shown, with what is kept of it.

    `gone` counts the quotes that it had and that are not shown any more, because their article was changed
    or withdrawn.
    """

    record: Record
    result: Answer | NoAnswer
    gone: int = 0

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotes to be shown, each looked at once more: it is what its article has there."""
        return tuple(quote for quote in quotes_of(self.result) if quote.verbatim)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words around one quote of an answer; `number` is the quote's place among those shown, from 1."""

    shown: Shown
    number: int
    quote: Quote
    before: str
    after: str


class Reception:
    """Takes questions, and what people do with the answers. What it gives belongs to the asker's tenant."""

    def __init__(
        self, desk: Desk, ledger: Ledger, settings: ChatSettings, pace: Pace, clerk: Worker, worker: Worker
    ) -> None:
        """`worker` searches; `clerk` does everything that touches the ledger."""
        self._desk = desk
        self._ledger = ledger
        self._settings = settings
        self._pace = pace
        self._clerk = clerk
        self._worker = worker

    # What holds where

    def preferences(self, venue: Venue) -> Preferences:
        """What was chosen for the venue."""
        return self._settings.preferences(venue)

    def collections(self, venue: Venue) -> tuple[str, ...]:
        """The collections that are searched for the venue. Raises Refusal where there is none."""
        visible = self._settings.rights.visible(venue, self._desk.snapshots)
        chosen = self.preferences(venue).collections
        names = tuple(name for name in visible if not chosen or name in chosen)
        if not names:
            raise Refusal("no-collection")
        return names

    def is_private(self, asking: Asking) -> bool:
        """Whether the answer to a command is for the asker alone."""
        return self.preferences(asking.venue).private if asking.private is None else asking.private

    # Asking

    async def ask(self, asking: Asking) -> Shown:
        """The answer, kept under its id.

        Raises Refusal where none can be had now, and WrongCall where the question can't be searched.
        """
        self._admit(asking.venue, asking.person)
        earlier = await self._earlier(asking)
        text = clean_question(asking.text[:CHECKED] if asking.checked else asking.text)
        understood = with_earlier(text, [earlier.query.text]) if earlier else text
        query = self._query(asking, understood)
        named = frozenset(asking.sources)
        if earlier and understood != text and not (asking.since or asking.until or asking.sources):
            # The same search with other words: what narrowed it narrows it still.
            query = replace(query, **{name: getattr(earlier.query, name) for name in FILTERS})
            named = earlier.sources
        result = await self._search(query, asking.venue)
        made = make_record(
            result,
            asking.venue,
            asking.person,
            asking.text.encode("utf-8", "replace").decode(),  # half a surrogate pair can't be kept
            private=self.is_private(asking),
            sources=named,
            checked=asking.checked,
        )
        return await self._keep(Shown(made, result))

    async def widen(self, answer_id: str, venue: Venue, person: Person, name: str, *, private: bool) -> Shown:
        """The same question without the filter of that name (`since`, `until` or `sources`), or, for
        `filters`, without any."""
        record = (await self.open(answer_id, venue)).record
        self._admit(venue, person)
        query, named = record.query, record.sources
        if name in ("since", "filters"):
            query = replace(query, since=None)
        if name in ("until", "filters"):
            query = replace(query, until=None)
        if name in ("sources", "filters"):
            chosen = frozenset(source.casefold() for source in self._chosen_sources(venue))
            query, named = replace(query, sources=chosen), frozenset()
        result = await self._search(replace(query, asked_at=datetime.now(UTC)), venue)
        made = make_record(
            result, venue, person, record.asked, private=private, sources=named, checked=record.checked
        )
        return await self._keep(Shown(made, result))

    async def more(self, answer_id: str, venue: Venue, person: Person) -> Shown | None:
        """The next quotes, for that person alone; None where there are no more."""
        record = (await self.open(answer_id, venue)).record
        self._admit(venue, person)
        count = self.preferences(venue).passages
        wanted = len(record.shown) + count + PAGE  # a page may have been left short, and is filled up now
        result = await self._search(record.query, venue, wanted)
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
        )
        return await self._keep(Shown(made, following))

    async def _search(self, query: Query, venue: Venue, limit: int | None = None) -> Answer | NoAnswer:
        count = limit or self.preferences(venue).passages
        return await self._worker.run(lambda: self._desk.ask(query, count), venue.tenant)

    async def _keep(self, shown: Shown) -> Shown:
        await self._clerk.run(lambda: self._ledger.keep(shown.record))
        return shown

    def _admit(self, venue: Venue, person: Person) -> None:
        preferences = self.preferences(venue)
        if preferences.answers is Answers.NOWHERE:
            raise Refusal("switched-off")
        limits = {
            f"{venue.tenant}/{person.id}": preferences.person_limit,
            f"{venue.tenant}#{venue.room}": preferences.channel_limit,
        }
        if wait := self._pace.take(limits):
            raise Refusal("too-fast", seconds=int(wait) + 1)

    async def _earlier(self, asking: Asking) -> Record | None:
        """The answer that a question may lean on."""
        venue, replied = asking.venue, asking.replied
        if replied and (found := await self._clerk.run(lambda: self._ledger.answer_in(venue, replied))):
            return found
        if not venue.own:
            return None
        since = _EVER if venue.thread else datetime.now(UTC) - FOLLOWED
        # A private question must not show through an answer for all.
        alone = venue.community is None or self.is_private(asking)
        whose = asking.person.id if alone else ""
        return await self._clerk.run(lambda: self._ledger.last_answer(venue, since, whose))

    def _query(self, asking: Asking, understood: str) -> Query:
        now = datetime.now(UTC)
        allowed = self.collections(asking.venue)
        for name in asking.collections:
            if name not in allowed:
                raise Refusal("unknown-collection", name=name, near=", ".join(allowed))
        chosen = self._chosen_sources(asking.venue)
        known = {name.casefold() for name in chosen}
        for name in asking.sources:
            if known and name.casefold() not in known:
                raise Refusal("unknown-source", name=name, near=", ".join(sorted(chosen)[:5]))
        since, until = _moment(asking.since, now, 0), _moment(asking.until, now, 1)
        if since and until and since >= until:
            raise Refusal("dates-swapped")
        return make_query(
            understood,
            asking.collections or allowed,
            asked_at=now,
            since=since,
            until=until,
            sources=frozenset(asking.sources or chosen),
        )

    def _chosen_sources(self, venue: Venue) -> Sequence[str]:
        """What the community narrowed its searches to, of what is still there."""
        chosen = self.preferences(venue).sources
        if not chosen:
            return ()
        known = {key for snapshot in self._desk.held(self.collections(venue)) for key in snapshot.sources}
        served = tuple(name for name in chosen if name.casefold() in known)
        if not served:
            raise Refusal("no-source", names=", ".join(chosen[:5]))
        return served

    # Answers that were given

    async def posted(self, shown: Shown, message: str) -> None:
        """Remember in which message an answer stands, so that a reply to it is understood."""
        await self._clerk.run(lambda: self._ledger.posted(shown.record.id, message))

    async def open(self, answer_id: str, venue: Venue) -> Shown:
        """An answer that was given, with those of its quotes that its articles still have.

        Raises Refusal where it is not there any more, or what it was found in may not be seen from here.
        """
        record = await self._clerk.run(lambda: self._ledger.answer(answer_id, venue.tenant))
        if record is None:
            raise Refusal("answer-gone")
        visible = self._settings.rights.visible(venue, self._desk.snapshots)
        if not set(record.query.collections) <= set(visible):
            raise Refusal("answer-gone")
        return self._reopened(record)

    def _reopened(self, record: Record) -> Shown:
        found = [quote for kept in record.kept if (quote := self._quote_again(kept))]
        result = (
            Answer(record.query, tuple(found), record.confidence, record.searched)
            if record.answered
            else NoAnswer(record.query, tuple(found), record.confidence, record.searched)
        )
        return Shown(record, result, len(record.kept) - len(found))

    def _quote_again(self, kept: Kept) -> Quote | None:
        article = self._desk.article(kept.collection, kept.article_id)
        if article is None or article.version() != kept.version:
            return None
        copies = (self._desk.article(*copy) for copy in kept.copies)
        also_in = tuple(self._desk.cite(copy, (0, 0)) for copy in copies if copy)
        span = (kept.start, kept.end)
        return self._desk.quote(article, span, kept.highlights, kept.score, kept.signals, also_in)

    async def context(self, answer_id: str, venue: Venue, number: int) -> Surroundings:
        """The words around one of an answer's quotes, which are counted from 1."""
        shown = await self.open(answer_id, venue)
        if not shown.quotes:
            raise Refusal("quotes-gone")
        place = min(max(number, 1), len(shown.quotes))
        quote = shown.quotes[place - 1]
        return Surroundings(shown, place, quote, *surroundings(quote))

    async def share(self, answer_id: str, venue: Venue, person: Person) -> Shown:
        """A private answer as one for all, under an id of its own. Raises Refusal unless the asker asks."""
        shown = await self.open(answer_id, venue)
        if shown.record.person != person.id:
            raise Refusal("not-the-asker")
        if not shown.quotes and shown.gone:
            raise Refusal("quotes-gone")
        again = secrets.token_urlsafe(ID_BYTES)
        return await self._keep(replace(shown, record=replace(shown.record, id=again, private=False)))

    async def carry(self, shown: Shown, venue: Venue) -> None:
        """Let people ask on from an answer in another place of ours: a thread that was opened for it."""
        again = secrets.token_urlsafe(ID_BYTES)
        await self._keep(replace(shown, record=replace(shown.record, id=again, venue=venue)))
        await self._clerk.run(lambda: self._ledger.opened(venue, venue.room))

    async def check_dismiss(self, answer_id: str, venue: Venue, person: Person) -> None:
        """Raises Refusal unless the person may take the answer away: who asked, and moderators."""
        if person.moderates:
            return
        record = await self._clerk.run(lambda: self._ledger.answer(answer_id, venue.tenant))
        if record is None or record.person != person.id:
            raise Refusal("not-the-asker")

    async def is_asker(self, answer_id: str, venue: Venue, person: Person) -> bool:
        """Whether that person asked for the answer."""
        record = await self._clerk.run(lambda: self._ledger.answer(answer_id, venue.tenant))
        return record is not None and record.person == person.id

    async def questions(self, venue: Venue, person: Person, limit: int) -> list[Record]:
        """What the person asked last in the venue's community, newest first."""
        return await self._clerk.run(lambda: self._ledger.answers_of(venue.tenant, person.id, limit))

    async def vote(
        self, answer_id: str, venue: Venue, person: Person, *, helpful: bool, reason: str = ""
    ) -> None:
        """Keep what a person thinks of an answer, for the operator alone."""
        await self.open(answer_id, venue)
        await self._clerk.run(lambda: self._ledger.vote(answer_id, person.id, helpful=helpful, reason=reason))

    # Looking through the corpus

    async def newest(self, venue: Venue, limit: int) -> tuple[Quote, ...]:
        """The newest articles, for who asked nothing yet: it counts against no limit."""
        return await self._latest(venue, "", limit)

    async def latest(self, venue: Venue, person: Person, topic: str = "") -> tuple[Quote, ...]:
        """The newest articles, each with its beginning; with a topic, with a passage about it."""
        self._admit(venue, person)
        return await self._latest(venue, topic, NEWEST)

    async def _latest(self, venue: Venue, topic: str, limit: int) -> tuple[Quote, ...]:
        query = make_query(
            topic or "news",  # is not searched for without a topic
            self.collections(venue),
            sources=frozenset(self._chosen_sources(venue)),
        )
        return await self._worker.run(
            lambda: browse.latest(self._desk, query, limit, topic=bool(topic)), venue.tenant
        )

    async def sources(self, venue: Venue) -> list[SourceCount]:
        """The sources that are searched for the venue, the one with the most articles first."""
        chosen = {name.casefold() for name in self._chosen_sources(venue)}
        snapshots = self._desk.held(self.collections(venue))
        found = await self._worker.run(lambda: browse.sources(snapshots), venue.tenant)
        return [count for count in found if not chosen or count.name.casefold() in chosen]

    def source_names(self, venue: Venue) -> list[str]:
        """Their names, sorted; quick enough to be offered while somebody types."""
        chosen = {name.casefold() for name in self._chosen_sources(venue)}
        names: dict[str, str] = {}
        for snapshot in self._desk.held(self.collections(venue)):
            names |= snapshot.source_names
        return sorted((name for key, name in names.items() if not chosen or key in chosen), key=str.casefold)

    def titles(self, venue: Venue, names: Sequence[str] | None = None) -> dict[str, str]:
        """The titles of the articles that the venue may see, or of the collections of these names, by
        collection and id joined with a colon."""
        return {
            f"{snapshot.collection}:{article.id}": article.title
            for snapshot in self._desk.held(self.collections(venue) if names is None else names)
            for article in snapshot.articles
            if article.id not in snapshot.withdrawn
        }

    def article(self, venue: Venue, name: str) -> Article:
        """The article of that id, with or without its collection before it, or of that title, or else the
        first whose title holds it. Raises Refusal where none may be seen from there."""
        names = self.collections(venue)
        for collection in names:
            for article_id in (name, name.removeprefix(f"{collection}:")):
                if found := self._desk.article(collection, article_id):
                    return found
        wanted = " ".join(name.casefold().split())
        standing = [
            article
            for snapshot in self._desk.held(names)
            for article in snapshot.articles
            if article.id not in snapshot.withdrawn
        ]
        titled = [article for article in standing if wanted and wanted in article.title.casefold()]
        if not titled:
            raise Refusal("no-article", name=name)
        return min(titled, key=lambda article: article.title.casefold() != wanted)

    async def article_of_key(self, venue: Venue, key: str) -> Article:
        """The article that a button stands for. Raises Refusal where it may not be seen, or is not there."""
        snapshots = self._desk.held(self.collections(venue))

        def look() -> Article | None:
            standing = (
                article
                for snapshot in snapshots
                for article in snapshot.articles
                if article.id not in snapshot.withdrawn
            )
            return next((article for article in standing if article_key(article) == key), None)

        found = await self._clerk.run(look)
        if found is None:
            raise Refusal("article-gone")
        return found


def _moment(text: str, now: datetime, end: int) -> datetime | None:
    if not text.strip():
        return None
    try:
        return read_period(text, now)[end]
    except ValueError as error:
        raise Refusal("bad-date", text=text[:60]) from error
