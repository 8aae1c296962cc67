"""Detects what kind of source a new address is."""

from collections.abc import Iterator

from corpus.errors import UnreadableSource
from corpus.readers.parsing.reading_options import NO_READING_OPTIONS, ReadingOptions
from corpus.sources.feed_source import FeedSource, may_be_feed
from corpus.sources.source import Extent, Item, PollResult, Remaining
from corpus.sources.web_source import make_copy
from corpus.web.fetch_cache import NOT_FETCHED, FetchCache
from corpus.web.fetcher import Fetched, Fetcher
from corpus.web.known_pages import ArticleName


class NewAddress:
    """An address that was never fetched, or whose cached content was lost. Articles that are served from it
    stay."""

    extent = Extent.WINDOW

    def __init__(
        self, location: str, cache: FetchCache, options: ReadingOptions = NO_READING_OPTIONS
    ) -> None:
        """`location` is normalised by `corpus.web.address.parse_address`."""
        self._location = location
        self._cache = cache
        self._options = options

    def poll(self, fetcher: Fetcher) -> PollResult:
        """See `FetchedSource`."""
        try:
            return self.poll_fetched(fetcher.fetch(self._location), fetcher)
        except UnreadableSource as error:
            return PollResult(failure=error)

    def poll_fetched(self, fetched: Fetched, fetcher: Fetcher) -> PollResult:
        """The same for content that was fetched already. Raises UnreadableSource if it has no article."""
        if may_be_feed(fetched):
            try:
                return FeedSource(self._location, self._cache, self._options).poll_fetched(fetched, fetcher)
            except UnreadableSource as error:
                refused = error
            try:
                return PollResult(make_copy(self._location, fetched, self._options), moved=fetched.moved)
            except UnreadableSource:
                raise refused from None
        return PollResult(make_copy(self._location, fetched, self._options), moved=fetched.moved)

    def read(self, _collection: str, /) -> Iterator[Item]:
        """Raises UnreadableSource: there is nothing to read."""
        raise UnreadableSource(self._location, NOT_FETCHED)

    def read_foreign(self, _collection: str, /) -> Iterator[Item]:
        """Nothing: articles from the web stay in the collection of their source."""
        return iter(())

    def drop(self) -> None:
        """Delete the cached content."""
        self._cache.drop(self._location)

    def remove_article(self, _collection: str, _name: ArticleName) -> Remaining:
        """There is no cached content to remove anything from."""
        return Remaining.UNTOUCHED
