"""The interface of a source: its current articles, and whether these are all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from corpus.article import Article
from corpus.errors import UnreadableSource
from corpus.problem import Line, Problem, SourceLocation
from corpus.web.fetch_cache import Copy
from corpus.web.fetcher import Fetcher
from corpus.web.known_pages import ArticleName

Item = tuple[SourceLocation, Article | Problem]
"""An article, or a problem with one, and where it stood."""


class Extent(Enum):
    """How much of itself a source gives at a time."""

    WHOLE = "whole"
    """All of it: an article that is not given any more was taken out."""
    WINDOW = "window"
    """The latest of it, as a feed does: an article that is not given any more is kept."""


class ArticleSource(Protocol):
    """A source that can be read. Its items come as a stream, in a stable order."""

    @property
    def extent(self) -> Extent:
        """Whether `read` gives the whole source or a window that slides over it."""
        ...

    def read(self, collection: str, /) -> Iterator[Item]:
        """Every article, and every problem on the way; those that name no collection are of this one.

        Raises UnreadableSource where there is nothing at all to read.
        """
        ...

    def read_foreign(self, collection: str, /) -> Iterator[Item]:
        """The articles alone that name another collection than this one. Raises UnreadableSource."""
        ...


def lines_of(items: Iterator[Item], name: ArticleName) -> set[Line]:
    """The lines that hold the article, None in a file without lines; empty where no item is the article."""
    return {place.line for place, item in items if isinstance(item, Article) and name.means(item.id)}


class Remaining(Enum):
    """What a source keeps once an article was taken out of what is kept of it."""

    UNTOUCHED = "untouched"
    """The article was not in it."""
    OTHERS = "others"
    """Other articles, and its origin still has the one taken out."""
    NOTHING = "nothing"
    """No other article, and so nothing was changed."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of asking for a source: what is to be kept of it from now on, and why it could not be had.

    `copy` is None where what was kept stays as it is. `moved` is where its address has moved to for good, if
    its server says so.
    """

    copy: Copy | None = None
    failure: UnreadableSource | None = None
    moved: str | None = None


class FetchedSource(ArticleSource, Protocol):
    """A source outside this machine: it is fetched first, and read as it was last fetched."""

    def visit(self, fetcher: Fetcher) -> Visit:
        """Ask for what it holds now, for the caller to keep; nothing is written."""
        ...

    def refresh(self, fetcher: Fetcher) -> Problem | None:
        """Fetch it and keep what it holds; where that fails, what was kept stays and the problem says so.

        Raises UnreadableSource where nothing was kept yet, HomeUnusable.
        """
        ...

    def drop(self) -> None:
        """Forget what was fetched."""
        ...

    def remove_article(self, collection: str, name: ArticleName) -> Remaining:
        """Take an article out of what was fetched, where others stay. Raises HomeUnusable."""
        ...


class CannedSource:
    """Gives what its list holds, without any file: for tests, and for trying things out.

    `items` may be changed between two readings, and may be the reason why there is nothing to read.
    """

    def __init__(self, items: Sequence[Article | Problem] | str, extent: Extent) -> None:
        self.items = items
        self.extent = extent

    def read(self, _collection: str, /) -> Iterator[Item]:
        """What the list holds, whatever the collection."""
        if isinstance(self.items, str):
            raise UnreadableSource("canned", self.items)
        for number, item in enumerate(self.items, 1):
            yield SourceLocation("canned", number), item

    def read_foreign(self, collection: str) -> Iterator[Item]:
        """The articles of the list that are of another collection."""
        for place, item in self.read(collection):
            if isinstance(item, Article) and item.collection != collection:
                yield place, item
