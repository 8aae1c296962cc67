"""Looking through what is served without a question: which sources there are, and what is newest."""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.answers.answer import Quote, quotes_of
from bot.answers.excerpt import shortened
from bot.desk.desk import Desk
from corpus.article import Article
from retrieval.index.passage import Passage
from retrieval.index.snapshot import Snapshot
from retrieval.question.query import Query
from retrieval.ranking.hit import Features

LEAD = 300
"""Characters of an article's beginning that stand for it in a list: one or two sentences."""
ON_TOPIC = 30
"""Passages looked at for what is newest about a topic."""
NEAR = 0.7
"""Share of the best passage's score from which a passage is about the topic. For 44 names in NewsQA, 0.7
finds 88 % of the articles that say the name twice or more, and 91 % of what it finds are such, with those
that say it once not counted (0.6: 96 % and 85 %, 0.8: 74 % and 95 %). For 265 questions of MultiHop-RAG,
which are about two to four articles each, F1 is 0.61 (0.6: 0.51, 0.8: 0.62).
"""
NO_FEATURES = Features(None, 0.0, 0.0)

_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SourceCount:
    """A source, how many articles of it are served, and how new the newest is."""

    name: str
    articles: int
    newest: datetime | None


def sources(snapshots: Sequence[Snapshot]) -> list[SourceCount]:
    """Every source of the snapshots, the one with the most articles first."""
    found: dict[str, list[Article]] = {}
    for snapshot in snapshots:
        for article in snapshot.standing:
            found.setdefault(article.source.casefold(), []).append(article)
    counts = [
        SourceCount(
            articles[0].source,
            len(articles),
            max((article.published for article in articles if article.published), default=None),
        )
        for articles in found.values()
    ]
    return sorted(counts, key=lambda count: (-count.articles, count.name.casefold()))


def merged(counts: Iterable[SourceCount]) -> list[SourceCount]:
    """The same sources of several places as one, the one with the most articles first."""
    found: dict[str, SourceCount] = {}
    for count in counts:
        key = count.name.casefold()
        before = found.get(key, SourceCount(count.name, 0, None))
        newest = max(filter(None, (before.newest, count.newest)), default=None)
        found[key] = SourceCount(before.name, before.articles + count.articles, newest)
    return sorted(found.values(), key=lambda count: (-count.articles, count.name.casefold()))


def source_names(snapshots: Sequence[Snapshot]) -> dict[str, str]:
    """Every source's name without case, and as the articles write it."""
    return {key: name for snapshot in snapshots for key, name in snapshot.source_names.items()}


def latest(desk: Desk, query: Query, limit: int, *, topic: bool) -> tuple[Quote, ...]:
    """The newest articles within the query's filters, each quoted with its beginning.

    With `topic`, the newest of those that have a passage about the query's text, quoted with that passage.
    """
    if topic:
        quotes = quotes_of(desk.ask(query, ON_TOPIC, per_article=1))
        near = [quote for quote in quotes if quote.score >= NEAR * quotes[0].score]
        best = {(quote.article.collection, quote.article.id): quote for quote in reversed(near)}
        return tuple(heapq.nlargest(limit, best.values(), key=lambda quote: _age(quote.article)))
    return tuple(
        _lead(desk, snapshot, row)
        for snapshot, row in heapq.nlargest(
            limit,
            _rows(desk.held(query.collections), query),
            key=lambda found: _age(found[0].articles[found[1]]),
        )
    )


def _age(article: Article) -> datetime:
    return article.published or _EVER


def _rows(snapshots: Sequence[Snapshot], query: Query) -> Iterator[tuple[Snapshot, int]]:
    for snapshot in snapshots:
        allowed = snapshot.allowed(query)
        for row in range(len(snapshot.articles)):
            if allowed is None or allowed[row]:
                yield snapshot, row


def _lead(desk: Desk, snapshot: Snapshot, row: int) -> Quote:
    passage: Passage = snapshot.first_passage(row)
    quote = desk.quote(passage.article, (passage.start, passage.end), (), 0.0, NO_FEATURES)
    return shortened(quote, LEAD)
