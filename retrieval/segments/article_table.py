"""The articles of a segment: their headings in memory, and their texts read on access."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property, lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from corpus.article import Article, ArticleKey
from retrieval.dates.date_filter import Publications
from retrieval.question.names import people
from retrieval.ragged import starts_of

CACHED_ARTICLES = 256
"""Cached articles of a segment: a question needs 50 passages at most, and the next one often the same. About
2 MB."""


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """An article without its text, but with its version."""

    id: str
    title: str
    source: str
    collection: str
    language: str
    version: str
    url: str | None = None
    author: str | None = None
    published: datetime | None = None

    @property
    def key(self) -> ArticleKey:
        """What identifies the article."""
        return self.collection, self.id


class ArticleTable:
    """Articles ordered by id, accessed by row; immutable."""

    def __init__(self, headings: Sequence[Heading], texts: memoryview, starts: NDArray[np.int64]) -> None:
        """Text i is the UTF-8 in `texts[starts[i] : starts[i + 1]]`."""
        self.headings, self.texts, self.starts = headings, texts, starts
        self._read = lru_cache(CACHED_ARTICLES)(self._article)

    @classmethod
    def of(cls, articles: Iterable[Article]) -> "ArticleTable":
        """The table of these articles, sorted by id."""
        ordered = sorted(articles, key=lambda article: article.id)
        texts = [article.text.encode() for article in ordered]
        starts = starts_of(np.array([len(text) for text in texts], np.int64))
        return cls([heading_of(article) for article in ordered], memoryview(b"".join(texts)), starts)

    def __len__(self) -> int:
        return len(self.headings)

    def __getitem__(self, row: int) -> Article:
        return self._read(row)

    def row(self, article_id: str) -> int | None:
        """The row of the article with that id; None if there is none."""
        row = bisect_left(self.headings, article_id, key=lambda heading: heading.id)
        return row if row < len(self.headings) and self.headings[row].id == article_id else None

    @cached_property
    def dates(self) -> Publications:
        """When each article was published."""
        return Publications.of([one.published for one in self.headings])

    @property
    def published(self) -> NDArray[np.float64]:
        """Each article's date in seconds since 1970; NaN without one, which is in no range, as comparisons
        with it are false."""
        return self.dates.moments

    @cached_property
    def sources(self) -> dict[str, NDArray[np.int64]]:
        """The rows of each source's articles, by casefolded name."""
        found: dict[str, list[int]] = {}
        for row, one in enumerate(self.headings):
            found.setdefault(one.source.casefold(), []).append(row)
        return {name: np.array(rows, np.int64) for name, rows in found.items()}

    @cached_property
    def authors(self) -> dict[str, NDArray[np.int64]]:
        """The rows of each author's articles, by casefolded name."""
        found: dict[str, list[int]] = {}
        for row, one in enumerate(self.headings):
            for name in set(people((one.author or "").casefold())):
                found.setdefault(name, []).append(row)
        return {name: np.array(rows, np.int64) for name, rows in found.items()}

    def _article(self, row: int) -> Article:
        one = self.headings[row]
        return Article(
            id=one.id,
            title=one.title,
            text=str(self.texts[int(self.starts[row]) : int(self.starts[row + 1])], "utf-8"),
            source=one.source,
            collection=one.collection,
            language=one.language,
            url=one.url,
            author=one.author,
            published=one.published,
        )


def heading_of(article: Article) -> Heading:
    """The article's heading."""
    return Heading(
        id=article.id,
        title=article.title,
        source=article.source,
        collection=article.collection,
        language=article.language,
        version=article.version(),
        url=article.url,
        author=article.author,
        published=article.published,
    )
