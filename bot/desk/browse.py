"""Browsing without a question: the sources, and the newest articles."""

import heapq
from collections.abc import Iterable, Sequence, Set

from bot.answers.answer import Quote
from bot.answers.excerpt import shortened
from bot.desk.desk import Desk
from bot.desk.event_grouping import CONSIDERED_PER_SHOWN
from bot.desk.quoting import NO_FEATURES
from corpus.article import Article, published_or_earliest
from corpus.dateline import dateline_length
from retrieval.collection.collection import Collection
from retrieval.collection.passage import Passage, split_article
from retrieval.collection.source_counts import SourceCount
from retrieval.question.context import content_words
from retrieval.question.listing.topic import Topic, accented, doubled
from retrieval.question.query import Query
from retrieval.ranking.highlight import can_answer
from retrieval.ranking.hit import Hit
from retrieval.text.sentences import sentence_spans

LEAD = 300
"""Characters of an article's opening in a list: one or two sentences."""
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
    `topic`, they are the newest about the query's text, and are quoted with a passage about it.

    If several outlets report one event, the newest report has the citations of the others. With `each`,
    every report that was considered is returned instead, at most `limit` times CONSIDERED_PER_SHOWN.
    """
    looked_at = limit * CONSIDERED_PER_SHOWN
    if topic:
        told = _about(desk, query, looked_at)
    else:
        found = (
            passage
            for collection in desk.held(query.collections)
            for passage in collection.latest(query, looked_at)
        )
        newest = heapq.nlargest(looked_at, found, key=lambda passage: published_or_earliest(passage.article))
        told = [_lead(desk, passage) for passage in newest]
    return tuple(told) if each else tuple(desk.by_event(told)[:limit])


def articles_about(desk: Desk, query: Query, topic: Topic) -> list[Article]:
    """The articles within the query's filters that are about the topic and don't only mention it
    (`retrieval.collection.phrases`), newest first."""
    if topic.is_exact:
        return desk.holding_any(query, [topic.phrase], about=True)
    if len(topic.either) > 1:
        return _joined(articles_about(desk, query, one) for one in topic.either)
    if len(topic.both) > 1:
        return _common([articles_about(desk, query, one) for one in topic.both])
    spellings = near_spellings(desk, query, topic)
    found = desk.holding_any(query, spellings, about=True)
    if topic.is_name or len(topic.words) < 2:
        return found
    return _joined([found, _common([articles_about(desk, query, Topic(word)) for word in topic.words])])


def near_spellings(desk: Desk, query: Query, topic: Topic) -> list[str]:
    """The topic's spellings, also those with another accent or a doubled letter, if articles have the word
    and it is no other one: "Beyoncé", "Zelenskyy"."""
    collections = desk.held(query.collections)
    spellings = topic.spellings
    for word in topic.phrase.split():
        near = [*accented(word), *(one for one in doubled(word) if not desk.is_word(one.lower()))]
        for one in dict.fromkeys(near):
            if any((held := each.occurrences(one, 0)) and held.count for each in collections):
                spellings.append(topic.phrase.replace(word, one))
    return list(dict.fromkeys(spellings))


def _about(desk: Desk, query: Query, limit: int) -> list[Quote]:
    """The newest articles about the query's text, each quoted with its first sentence that has most of its
    words."""
    topic = Topic(query.text)
    spellings = near_spellings(desk, query, topic)
    words = {word.casefold() for spelling in spellings for word in (spelling, *content_words(spelling))}
    return [_telling_of(desk, article, words) for article in articles_about(desk, query, topic)[:limit]]


def _telling_of(desk: Desk, article: Article, words: Set[str]) -> Quote:
    """The passage with the first sentence that has the most of the words; the opening if none has any."""
    split = split_article(article)
    counts = [_count(article.text[start:end], words) for start, end in split.sentences]
    most = max(counts, default=0)
    if not most:
        return _lead(desk, _first_passage(article))
    start, end = split.sentences[counts.index(most)]
    passage = next(one for one in split.passages if one[0] <= start and end <= one[1])
    return desk.quoter.quote(Hit(Passage(article, *passage), 0.0, NO_FEATURES, ((start, end),)))


def _count(sentence: str, words: Set[str]) -> int:
    folded = sentence.casefold()
    return sum(word in folded for word in words)


def _joined(found: Iterable[Sequence[Article]]) -> list[Article]:
    """The articles that any of these have, newest first."""
    every = {one.key: one for articles in found for one in articles}
    return sorted(every.values(), key=published_or_earliest, reverse=True)


def _common(found: Sequence[Sequence[Article]]) -> list[Article]:
    """The articles that all of these have, in the order of the first."""
    first, *others = found
    ids = [{one.key for one in articles} for articles in others]
    return [one for one in first if all(one.key in held for held in ids)]


def opening(desk: Desk, article: Article) -> Quote:
    """The opening of an article: its first passage, without what is above its first sentence."""
    return desk.quoter.quote_unranked(_telling(_first_passage(article)))


def _first_passage(article: Article) -> Passage:
    return Passage(article, *split_article(article).passages[0])


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
