"""How many articles each source has."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from corpus.article import ArticleHeading


@dataclass(frozen=True, slots=True)
class SourceCount:
    """A source, how many articles of it are served, and when the newest was published (None: undated)."""

    name: str
    articles: int
    newest: datetime | None


def source_counts(articles: Iterable[ArticleHeading]) -> tuple[SourceCount, ...]:
    """One count a source, names compared without case and written as in its first article."""
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
