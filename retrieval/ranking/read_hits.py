"""The best hits read by a reader: their order, their sentences, and how likely each holds the answer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from retrieval.question.query import Query
from retrieval.ranking.highlight import ScoredSentence, mark
from retrieval.ranking.hit import Hit
from retrieval.ranking.scoring import log_odds
from retrieval.ranking.weights import weights
from retrieval.reading.reader import Reader, Reading
from retrieval.text.sentences import Span

READ = 3
"""Hits that are read: what a page shows. Five took 200 ms of a core and not 120, and gave NewsQA's hit@3
0.007 more; a crowd of twenty connections then waited too long."""
LEAST_READ = -20.0
"""The lowest that a reading counts, also where no reader came to a sentence."""
READING = "reading"
"""The name of a reading's weight among those of a sentence's features."""


def read_hits(reader: Reader, query: Query, hits: Sequence[Hit], *, ordered: bool) -> list[Hit]:
    """The hits with what the reader says of the first READ of them.

    These are ordered anew, unless `ordered` says that their order has another reason: by their scores and
    readings together where the two are fitted to one another, else by the readings alone. Scores stay. What
    is said of sentences counts unless the query cites a source.
    """
    first = hits[:READ]
    readings = reader.read(query.read_with, [hit.passage for hit in first])
    read = [
        _with(hit, reading, marked=not query.cites_source, in_words=not query.asks_yes_or_no)
        for hit, reading in zip(first, readings, strict=True)
    ]
    if not ordered:
        read.sort(key=odds_read if reader.fitted else _reading, reverse=True)
    return [*read, *hits[READ:]]


def odds_read(hit: Hit) -> float:
    """The log-odds that a hit holds the answer, with what a reader says of its likeliest sentence."""
    score = log_odds(hit.score)
    return score if hit.features.sentence is None else score + weights().reading * hit.features.sentence


def _with(hit: Hit, reading: Reading, *, marked: bool, in_words: bool) -> Hit:
    score, best = (max(value, LEAST_READ) for value in (reading.score, reading.best))
    features = replace(hit.features, reading=score, sentence=best)
    read = replace(hit, features=features)
    if not reading.sentences or not marked:
        return read
    sentences = tuple(_weighed(one, reading.sentences) for one in hit.sentences)
    answer = _answer(sentences, reading.answers) if in_words else None
    return replace(read, sentences=sentences, highlights=mark(sentences), answer=answer)


def _answer(sentences: Sequence[ScoredSentence], said: Mapping[Span, Span]) -> Span | None:
    """The words of the best sentence that the reader takes for the answer, where it is sure of them."""
    best = max(sentences, key=lambda one: one.score, default=None)
    if best is None:
        return None
    start, end = best.span
    inside = (one for one in said.values() if start <= one[0] < one[1] <= end)
    return next(inside, None)


def _weighed(sentence: ScoredSentence, read: Mapping[Span, float]) -> ScoredSentence:
    """A sentence with what the reader says of it added."""
    weight = weights().sentence["read"][READING]
    return replace(sentence, score=sentence.score + weight * said_of(sentence.span, read))


def said_of(span: Span, read: Mapping[Span, float]) -> float:
    """What a reader says of the sentence of this span, from which a dateline may be left out."""
    start, end = span
    return max((LEAST_READ, *(value for one, value in read.items() if one[0] < end and start < one[1])))


def _reading(hit: Hit) -> float:
    return LEAST_READ if hit.features.reading is None else hit.features.reading
