"""Limits on what one community may have in the corpus."""

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.article import Article, ArticleKey
from corpus.errors import OverLimit

MEGABYTE = 1_000_000
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one community may add from chats; 0 is no limit.

    The defaults are what two cores process in half an hour if all of it is new: 20,000 articles of 3,000
    characters to embed (35 texts of 850 characters a second, `models`), or 100 addresses of 20 seconds each
    to fetch. `megabytes` (millions of bytes) count the articles' texts in UTF-8. Files and folders of the
    operator are not counted.
    """

    collections: int = 20
    sources: int = 100
    articles: int = 20_000
    megabytes: int = 200

    def admit(self, kind: str, used: int, count: int = 1) -> None:
        """Raise OverLimit if there may not be `count` more `collections` or `sources` (`kind`)."""
        most: int = getattr(self, kind)
        if most and used + count > most:
            raise OverLimit(kind, used, most)


class UsageCounter:
    """Counts the articles of a community's sources while they are read."""

    def __init__(self, limits: Limits, elsewhere: Iterable[Article], served: Iterable[Article]) -> None:
        """`elsewhere` are the community's articles in collections that are not read now, and `served` its
        current ones in those that are."""
        self._limits = limits
        self._articles, self._size = _amount(elsewhere)
        articles, size = _amount(served)
        self._used = self._articles + articles, self._size + size
        self._taken: dict[ArticleKey, int] = {}
        """The bytes of each counted article, by its collection and id."""

    def take(self, article: Article) -> None:
        """Count an article, instead of an earlier one with its id. Raises OverLimit, with the current usage,
        if that is too much."""
        key, new = article.key, len(article.text.encode())
        before = self._taken.get(key)
        self._articles += before is None
        self._size += new - (before or 0)
        self._taken[key] = new
        used, size = self._used
        most = self._limits.megabytes
        if self._limits.articles and self._articles > self._limits.articles:
            raise OverLimit("articles", used, self._limits.articles)
        if most and self._size > most * MEGABYTE:
            raise OverLimit("megabytes", -(-size // MEGABYTE), most)


def _amount(articles: Iterable[Article]) -> tuple[int, int]:
    """The number of articles, and the bytes of their texts."""
    number = size = 0
    for article in articles:
        number += 1
        size += len(article.text.encode())
    return number, size
