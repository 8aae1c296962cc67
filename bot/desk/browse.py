"""Browsing without a question: the sources, and the newest articles."""

import heapq
from collections.abc import Iterable

from bot.answers.answer import Quote, quotes_of
from bot.answers.excerpt import shortened
from bot.desk.desk import Desk
from bot.desk.event_grouping import CONSIDERED_PER_SHOWN
from corpus.article import Article, published_or_earliest
from corpus.dateline import dateline_length
from retrieval.collection.collection import Collection
from retrieval.collection.passage import Passage, split_article
from retrieval.collection.source_counts import SourceCount
from retrieval.question.query import Query
from retrieval.ranking.highlight import can_answer
from retrieval.text.sentences import sentence_spans

LEAD = 300
"""Characters of an article's opening in a list: one or two sentences."""
TOPIC_PASSAGES = 30
"""Passages that are searched for the newest articles about a topic."""
TOPIC_SHARE = 0.7
"""Share of the best passage's score from which a passage counts as about the topic. For 44 names in NewsQA,
0.7 finds 88 % of the articles that have the name twice or more, and 91 % of what it finds are such, not
counting those that have it once (0.6: 96 % and 85 %, 0.8: 74 % and 95 %). For 265 questions of MultiHop-RAG,
each about two to four articles, F1 is 0.61 (0.6: 0.51, 0.8: 0.62)."""

LONGEST_NAMES = 80
"""Characters of the longest line of names above an article, which ends without a mark."""
ENDS = ".!?…:\"'”’。」』）)"
"""Marks at the end of a sentence."""


def sources(collections: Iterable[Collection]) -> list[SourceCount]:
    """Every source of the collections, the one with the most articles first."""
    found: dict[str, SourceCount] = {}
    for count in (count for collection in collections for count in collection.sources):
        key = count.name.casefold()
        before = found.get(key, SourceCount(count.name, 0, None))
        newest = max(filter(None, (before.newest, count.newest)), default=None)
        found[key] = SourceCount(before.name, before.articles + count.articles, newest)
    return sorted(found.values(), key=lambda count: (-count.articles, count.name.casefold()))


def latest(desk: Desk, query: Query, limit: int, *, topic: bool, each: bool = False) -> tuple[Quote, ...]:
    """The newest articles within the query's filters, at most `limit`, each quoted with its opening. With
    `topic`, they are the newest that have a passage about the query's text, and are quoted with that passage.

    If several outlets report one event, the newest report has the citations of the others. With `each`,
    every report that was considered is returned instead, at most `limit` times CONSIDERED_PER_SHOWN.
    """
    looked_at = limit * CONSIDERED_PER_SHOWN
    if topic:
        quotes = quotes_of(desk.ask(query, TOPIC_PASSAGES, per_article=1))
        # Not that of the first quote: if the newest are asked for, the search orders quotes by day.
        best_score = max((quote.score for quote in quotes), default=0)
        near = [quote for quote in quotes if quote.score >= TOPIC_SHARE * best_score]
        best = {(quote.article.collection, quote.article.id): quote for quote in reversed(near)}
        told = heapq.nlargest(
            looked_at, best.values(), key=lambda quote: published_or_earliest(quote.article)
        )
    else:
        found = (
            passage
            for collection in desk.held(query.collections)
            for passage in collection.latest(query, looked_at)
        )
        newest = heapq.nlargest(looked_at, found, key=lambda passage: published_or_earliest(passage.article))
        told = [_lead(desk, passage) for passage in newest]
    return tuple(told) if each else tuple(desk.by_event(told)[:limit])


def opening(desk: Desk, article: Article) -> Quote:
    """The opening of an article: its first passage, without what is above its first sentence."""
    start, end = split_article(article).passages[0]
    return desk.quoter.quote_unranked(_telling(Passage(article, start, end)))


def _lead(desk: Desk, passage: Passage) -> Quote:
    return shortened(desk.quoter.quote_unranked(_telling(passage)), LEAD)


def _telling(passage: Passage) -> Passage:
    """The passage from its first sentence that tells something: without bylines, names and times on lines of
    their own, captions and a dateline; the passage itself if it has no such sentence."""
    article = passage.article
    makers = f"{article.author or ''} {article.source}"
    for start, end in sentence_spans(passage.text, article.language):
        sentence = passage.text[start:end].rstrip()
        if can_answer(sentence, makers) and (sentence[-1] in ENDS or len(sentence) > LONGEST_NAMES):
            at = passage.start + start + dateline_length(sentence)
            return Passage(article, at, passage.end)
    return passage
