"""Browsing from a venue: new articles, sources, whole articles."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, islice

from bot.answers.answer import Quote
from bot.answers.listing import NEWEST
from bot.chat.refusal import Refusal
from bot.chat.venue import Caller, Venue
from bot.desk import browse
from bot.desk.desk import Desk
from bot.desk.examples import Example, example_of, example_words
from bot.messages.catalogue import Messages
from bot.permissions.venue_access import VenueAccess
from bot.runtime.worker import Worker
from bot.service.article_lookup import ArticleKeys, best_titled, name_of
from corpus.article import Article
from corpus.errors import NewsdeskError
from corpus.text import one_line
from retrieval.collection.source_counts import SourceCount
from retrieval.question.query import Query, make_query

OFFERED_WITHIN = 2.0
"""Timeout of a completion in seconds: both platforms accept it for three."""


class Browsing:
    """Gives what is visible in a venue, and nothing else."""

    def __init__(self, desk: Desk, access: VenueAccess, reader: Worker, worker: Worker) -> None:
        """`worker` searches, and `reader` searches titles, separately from questions."""
        self._desk = desk
        self._access = access
        self._reader = reader
        self._worker = worker
        self._article_keys = ArticleKeys()

    async def newest(self, venue: Venue, limit: int) -> tuple[Quote, ...]:
        """The newest articles, without counting against a rate limit."""
        return await self._latest(venue, "", limit, venue.tenant)

    async def admit(self, caller: Caller, topic: str = "") -> None:
        """Count a request for the newest articles; it is quick. Raises what `latest` raises before it
        searches."""
        await self._access.admit(caller)
        self._query(caller.venue, topic)
        self._worker.admit(caller.queue_key)

    async def latest(
        self, caller: Caller, topic: str = "", *, each: bool = False, admitted: bool = False
    ) -> tuple[Quote, ...]:
        """The newest articles, each with its opening, or with a passage about the topic. One stands for all
        reports of its event, unless `each`. A request that was `admitted` is not counted again."""
        if not admitted:
            await self.admit(caller, topic)
        return await self._latest(caller.venue, topic, NEWEST, caller.queue_key, each=each)

    def _query(self, venue: Venue, topic: str) -> Query:
        return make_query(
            topic or "news",  # not searched without a topic
            self._access.collections(venue),
            sources=frozenset(self._access.sources(venue)),
        )

    async def _latest(
        self, venue: Venue, topic: str, limit: int, tenant: str, *, each: bool = False
    ) -> tuple[Quote, ...]:
        query = self._query(venue, topic)

        def look(names: tuple[str, ...]) -> tuple[Quote, ...]:
            narrowed = replace(query, collections=names)
            return browse.latest(self._desk, narrowed, limit, topic=bool(topic), each=each)

        return await self._worker.run(self._access.within, venue, query.collections, look, tenant=tenant)

    async def sources(self, venue: Venue) -> list[SourceCount]:
        """The sources that are searched for the venue, the one with the most articles first."""
        chosen = {name.casefold() for name in self._access.sources(venue)}
        searched = self._access.collections(venue)

        def look(names: tuple[str, ...]) -> list[SourceCount]:
            return browse.sources(self._desk.held(names))

        found = await self._reader.run(self._access.within, venue, searched, look, tenant=venue.tenant)
        return [count for count in found if not chosen or count.name.casefold() in chosen]

    async def examples(self, venue: Venue, messages: Messages) -> str:
        """Examples of what can be asked in the venue; empty if there are none, or the worker is busy."""
        try:
            query = self._query(venue, "")

            def look(names: tuple[str, ...]) -> Example | None:
                return example_of(self._desk.held(names), query)

            found = self._reader.run(self._access.within, venue, query.collections, look, tenant=venue.tenant)
            return example_words(await found, messages)
        except NewsdeskError:
            return ""

    def source_names(self, venue: Venue) -> list[str]:
        """The names of the sources, sorted; quick enough for completions."""
        chosen = {name.casefold() for name in self._access.sources(venue)}
        names = self._access.within(venue, self._access.collections(venue), self._desk.source_names)
        return sorted((name for key, name in names.items() if not chosen or key in chosen), key=str.casefold)

    async def titled(
        self, venue: Venue, typed: str, limit: int, names: Sequence[str] | None = None
    ) -> dict[str, str]:
        """The titles of articles whose title or id contains a text, by collection and id joined with a colon:
        of those that are visible in the venue, or of the collections `names`."""
        wanted = one_line(typed.casefold())
        if not (searched := self._access.collections(venue) if names is None else names):
            return {}

        def look(collections: tuple[str, ...]) -> dict[str, str]:
            found = chain.from_iterable(one.titled(wanted) for one in self._desk.held(collections))
            return {name_of(article): article.title for article in islice(found, limit)}

        return await self._reader.run(
            self._access.within, venue, searched, look, tenant=venue.tenant, deadline=OFFERED_WITHIN
        )

    async def article(self, venue: Venue, name: str) -> Article:
        """The article with that id, with or without its collection before it, or with that title, or else the
        first whose title contains it. Raises Refusal if none is visible in the venue."""
        searched = self._access.collections(venue)
        wanted = one_line(name.casefold())

        def look(names: tuple[str, ...]) -> Article | None:
            for collection in names:
                for article_id in (name, name.removeprefix(f"{collection}:")):
                    if found := self._desk.article(collection, article_id):
                        return found
            titled = [best_titled(one, wanted) for one in self._desk.held(names)] if wanted else []
            there = [article for article in titled if article]
            return min(there, key=lambda one: one.title.casefold() != wanted, default=None)

        article = await self._reader.run(self._access.within, venue, searched, look, tenant=venue.tenant)
        if article is None:
            raise Refusal("no-article", name=name)
        return article

    async def article_of_key(self, venue: Venue, key: str) -> Article:
        """The article with the key of a button. Raises Refusal if it is not visible or does not exist."""
        searched = self._access.collections(venue)

        def look(names: tuple[str, ...]) -> Article | None:
            held = self._desk.held(names)
            return next(filter(None, (self._article_keys.keyed(one, key) for one in held)), None)

        article = await self._reader.run(self._access.within, venue, searched, look, tenant=venue.tenant)
        if article is None:
            raise Refusal("article-gone")
        return article
