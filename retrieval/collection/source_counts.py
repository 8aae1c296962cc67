"""The number of articles of each source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from corpus.article import ArticleHeading


@dataclass(frozen=True, slots=True)
class SourceCount:
    """A source with the number of its articles and the date of the newest (None: undated)."""

    name: str
    articles: int
    newest: datetime | None


def source_counts(articles: Iterable[ArticleHeading]) -> tuple[SourceCount, ...]:
    """Count articles by source. Names are compared case-insensitively, and written as in the first
    article."""
    found: dict[str, list[ArticleHeading]] = {}
    for article in articles:
        found.setdefault(article.source.casefold(), []).append(article)
    return tuple(
        SourceCount(
            one[0].source,
            len(one),
            max((article.published for article in one if article.published), default=None),
        )
        for one in found.values()
    )
