"""The list of articles that `newsdesk corpus list` prints."""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import compress

from bot.answers.answer_json import Row, metadata_row
from bot.corpus_admin.home import Home
from corpus.article import ArticleHeading, published_or_earliest
from retrieval.dates.date_filter import Publications, within


@dataclass(frozen=True, slots=True)
class ArticleList:
    """The newest of the articles that were looked for, and the number of all of them."""

    newest: tuple[ArticleHeading, ...]
    count: int


def newest_articles(
    home: Home, collections: Iterable[str], *, outlet: str | None, since: datetime | None, limit: int
) -> ArticleList:
    """The newest served articles of these collections, at most `limit`, of one outlet and published since a
    day or a moment if these are given; those without a date come last."""
    found = [
        one
        for name in collections
        for one in home.current_headings(name)
        if outlet is None or one.source.casefold() == outlet.casefold()
    ]
    if since:
        found = list(compress(found, within(Publications.of([one.published for one in found]), since, None)))
    newest = heapq.nlargest(limit, found, key=published_or_earliest)
    return ArticleList(tuple(newest), len(found))


def heading_row(heading: ArticleHeading) -> Row:
    """An article of the list as JSON (`docs/json.md`)."""
    return {"article_id": heading.id, "collection": heading.collection, **metadata_row(heading)}
