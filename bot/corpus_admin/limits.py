"""Limits on what one community may have in the corpus."""

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.article import Article
from corpus.errors import OverLimit

MEGABYTE = 1_000_000
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one community may add from chats; 0 is any number. The defaults are what two cores
    are done with in half an hour, when all of it is new: 20,000 articles of 3,000 characters to embed (35
    texts of 850 characters a second, `models`), or 100 addresses of 20 seconds each to fetch.

    `megabytes` (of a million bytes) are those of the articles' texts in UTF-8. What stands in a file or
    folder of the operator's is never counted.
    """

    collections: int = 20
    sources: int = 100
    articles: int = 20_000
    megabytes: int = 200

    def admit(self, kind: str, used: int, count: int = 1) -> None:
        """Raises OverLimit if there is no room for so many more of `collections` or `sources`."""
        most: int = getattr(self, kind)
        if most and used + count > most:
            raise OverLimit(kind, used, most)


class UsageCounter:
    """Counts what a community's sources hold while they are read."""

    def __init__(self, limits: Limits, elsewhere: Iterable[Article], served: Iterable[Article]) -> None:
        """`elsewhere` are the community's articles in collections that are not read now, `served` those that
        it has now in the ones that are."""
        self._limits = limits
        self._articles, self._size = _amount(elsewhere)
        articles, size = _amount(served)
        self._used = self._articles + articles, self._size + size
        self._taken: dict[tuple[str, str], int] = {}
        """The bytes of each article that was counted, by its collection and id."""

    def take(self, article: Article) -> None:
        """Count one more, or in the place of the one before that has its id. Raises OverLimit if that is
        too much, with what is used at present."""
        key, new = (article.collection, article.id), len(article.text.encode())
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
    """How many, and the bytes of their texts."""
    number = size = 0
    for article in articles:
        number += 1
        size += len(article.text.encode())
    return number, size
