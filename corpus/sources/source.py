"""The interface of a source: its current articles, and whether these are all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from corpus.article import Article
from corpus.errors import UnreadableSource
from corpus.identity.shared_ids import unique_id
from corpus.problem import Line, Problem, SourceLocation
from corpus.web.fetch_cache import CachedContent
from corpus.web.fetcher import Fetcher
from corpus.web.known_pages import ArticleName

Item = tuple[SourceLocation, Article | Problem]
"""An article, or a problem with one, and its location."""


class Extent(Enum):
    """Whether a source lists all of its articles, or only some at a time."""

    WHOLE = "whole"
    """All: an article that is no longer listed was removed."""
    WINDOW = "window"
    """The latest, like a feed: an article that is no longer listed is kept."""


class ArticleSource(Protocol):
    """A readable source. Its items are a stream in a stable order."""

    @property
    def extent(self) -> Extent:
        """Whether `read` gives the whole source or a sliding window of it."""
        ...

    def read(self, collection: str, /) -> Iterator[Item]:
        """Every article and every problem; articles that name no collection belong to this one.

        Raises UnreadableSource if there is nothing to read at all.
        """
        ...

    def read_foreign(self, collection: str, /) -> Iterator[Item]:
        """Only the articles that name another collection. Raises UnreadableSource."""
        ...


def lines_of(items: Iterator[Item], name: ArticleName) -> set[Line]:
    """The lines with the article (None in a file without lines); empty if it is not among the items."""
    return {place.line for place, item in items if isinstance(item, Article) and _is(item, place, name)}


def _is(article: Article, place: SourceLocation, name: ArticleName) -> bool:
    """Whether the name is that of this article. If its id does not identify it, it may be
    served under that one or under its unique one, and another article under the other."""
    other = unique_id(article, place)
    if other is None:
        return name.matches(article.id)
    version = article.version()
    served = [one for one in (article.id, other) if name.versions.get(one) == version]
    return name.article_id in served if served else name.matches(article.id) or name.article_id == other


class Remaining(Enum):
    """What is left of a source after an article was removed from its cached content."""

    UNTOUCHED = "untouched"
    """The article was not in it."""
    OTHERS = "others"
    """Other articles; the origin still has the removed one."""
    NOTHING = "nothing"
    """No other article, so nothing was changed."""


@dataclass(frozen=True, slots=True)
class PollResult:
    """The result of polling a source: its new content, or why it could not be fetched.

    `copy` is None if the cached content stays as it is. `moved` is the new address after a permanent
    redirect.
    """

    copy: CachedContent | None = None
    failure: UnreadableSource | None = None
    moved: str | None = None


class FetchedSource(ArticleSource, Protocol):
    """A source outside this machine: it is fetched, cached, and read from the cache."""

    def poll(self, fetcher: Fetcher) -> PollResult:
        """Poll it; the caller stores the result."""
        ...

    def drop(self) -> None:
        """Delete its cached content."""
        ...

    def remove_article(self, collection: str, name: ArticleName) -> Remaining:
        """Remove an article from the cached content, if others are left. Raises HomeUnusable."""
        ...


class CannedSource:
    """A source from a list, without any file: for tests.

    `items` may be changed between two readings; if it is a text, reading fails with that reason.
    """

    def __init__(self, items: Sequence[Article | Problem] | str, extent: Extent) -> None:
        self.items = items
        self.extent = extent

    def read(self, _collection: str, /) -> Iterator[Item]:
        """The items of the list, for any collection."""
        if isinstance(self.items, str):
            raise UnreadableSource("canned", self.items)
        for number, item in enumerate(self.items, 1):
            yield SourceLocation("canned", number), item

    def read_foreign(self, collection: str) -> Iterator[Item]:
        """The articles of the list that belong to another collection."""
        for place, item in self.read(collection):
            if isinstance(item, Article) and item.collection != collection:
                yield place, item
