"""Opens the right kind of source for a location."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from corpus.errors import UnreadableSource
from corpus.readers.parsing.reading_options import ReadingOptions
from corpus.sources.feed_source import FeedSource
from corpus.sources.files import SAMPLE, FileSource
from corpus.sources.known_item import FEED_ENDING
from corpus.sources.new_address import NewAddress
from corpus.sources.source import ArticleSource, FetchedSource
from corpus.sources.web_source import WebSource
from corpus.web.address import is_address, parse_address
from corpus.web.fetch_cache import FetchCache

NO_OPTIONS: Mapping[str, object] = MappingProxyType({})
"""The options of a source for which none were given."""


def absolute(location: str) -> str:
    """The location as it is registered: absolute, so that a reload finds it from any working directory.

    Raises UnreadableSource for an address that must not be fetched.
    """
    if is_address(location):
        try:
            return str(parse_address(location))
        except ValueError as error:
            raise UnreadableSource(location, str(error)) from error
    if location == SAMPLE and not Path(location).exists():
        return SAMPLE
    try:
        return str(Path(location).expanduser().absolute())
    except RuntimeError as error:
        raise UnreadableSource(location, "there is no such user") from error


class Sources:
    """Opens sources by their absolute locations."""

    def __init__(self, cache: FetchCache) -> None:
        """`cache` holds the last fetched content."""
        self._cache = cache

    def fetched(self, location: str, options: Mapping[str, object] = NO_OPTIONS) -> FetchedSource | None:
        """The source with its stored options if the location is an address, otherwise None."""
        if not is_address(location):
            return None
        said = ReadingOptions.from_row(options)
        ending = self._cache.ending(location)
        if ending is None:
            return NewAddress(location, self._cache, said)
        kind = FeedSource if ending == FEED_ENDING else WebSource
        return kind(location, self._cache, said)

    def open(
        self,
        location: str,
        options: Mapping[str, object] = NO_OPTIONS,
        registered: frozenset[str] = frozenset(),
    ) -> ArticleSource:
        """The source of any kind, with its stored options; nothing is read yet. `registered` are the
        locations of all sources, of which a folder does not report that it leaves them out."""
        if fetched := self.fetched(location, options):
            return fetched
        return FileSource(location, ReadingOptions.from_row(options), registered)
