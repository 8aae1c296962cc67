"""The best hits read by a reader: their order, their sentences, and how likely each holds the answer."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from retrieval.collection.passage import Passage
from retrieval.question.query import Query
from retrieval.ranking.conflicts import Conflicts
from retrieval.ranking.highlight import SECOND, ScoredSentence, mark, that_tell
from retrieval.ranking.hit import Hit
from retrieval.ranking.scoring import log_odds
from retrieval.ranking.weights import weights
from retrieval.reading.answer_words import answer_words, tells_why
from retrieval.reading.reader import Reader, Reading
from retrieval.text.sentences import Span

READ = 5
"""Hits that are read. `docs/reader.md` has what three to six give and cost."""
LEAST_READ = -20.0
"""The lowest that a reading counts, also where no reader came to a sentence."""
NOTHING = -100.0
"""What no sentences weigh together; the lowest that one of the measured passages weighs is -50."""
READING = "reading"
"""The name of a reading's weight among those of a sentence's features."""
PASSAGE = "passage"
"""The name there of the weight of the log-odds of its passage's score."""
CONFLICT = "conflict"
"""The name there of the weight of what the sentence has otherwise than the question (`Conflicts`)."""


def read_hits(reader: Reader, query: Query, hits: Sequence[Hit], *, ordered: bool) -> list[Hit]:
    """The hits with what the reader says of the first READ of them.

    These are ordered anew, unless `ordered` says that their order has another reason: by what their sentences
    weigh together where the reader is fitted, else by the readings alone. Scores stay.
    """
    first = hits[:READ]
    readings = reader.read(query.read_with, [hit.passage for hit in first])
    conflicts = Conflicts(query)
    asked = "" if query.asks_no_words else f"{query.reading} {query.wording}"
    read = [
        _with(hit, one, conflicts, fitted=reader.fitted, asked=asked)
        for hit, one in zip(first, readings, strict=True)
    ]
    if not ordered:
        read.sort(key=_together if reader.fitted else _reading, reverse=True)
    return [*read, *hits[READ:]]


def together(scores: Iterable[float]) -> float:
    """The logarithm of the sum of their exponentials: what some sentences weigh together."""
    return float(np.logaddexp.reduce(list(scores), initial=NOTHING))


def _with(hit: Hit, reading: Reading, conflicts: Conflicts, *, fitted: bool, asked: str) -> Hit:
    features = replace(hit.features, reading=max(reading.score, LEAST_READ))
    if not fitted and not reading.sentences:
        return replace(hit, features=features)
    table = weights().sentence["read"]
    passage = table[PASSAGE] * log_odds(hit.score) if fitted else 0.0
    others = [conflicts.share(hit.passage.article, one.span) for one in hit.sentences]
    sentences = tuple(
        replace(
            one,
            score=one.score + passage + table[READING] * said_of(one.span, reading) + table[CONFLICT] * other,
            another=other > 0,
        )
        for one, other in zip(hit.sentences, others, strict=True)
    )
    if fitted:
        features = replace(features, sentences=together(one.score for one in sentences))
    best = max(that_tell(sentences), key=lambda one: one.score, default=None)
    # A reason often stands in a sentence beside the one that says what was done.
    unexplained = best and not tells_why(asked, hit.passage.article.text[slice(*best.span)])
    return replace(
        hit,
        features=features,
        sentences=sentences,
        highlights=mark(sentences, math.inf if unexplained else SECOND),
        answer=_answer(asked, hit.passage, best, reading.answers) if asked and best else None,
    )


def _answer(asked: str, passage: Passage, best: ScoredSentence, said: Mapping[Span, Span]) -> Span | None:
    """The words of the best sentence that the reader takes for the answer, where it is sure of them and they
    can be it."""
    start, end = best.span
    inside = next((one for one in said.values() if start <= one[0] < one[1] <= end), None)
    return inside and answer_words(asked, passage.article.text, best.span, inside)


def said_of(span: Span, reading: Reading) -> float:
    """What a reader says of the sentence of this span, from which a dateline may be left out; what it says of
    the passage where it does not say where."""
    if not reading.sentences:
        return max(LEAST_READ, reading.score)
    start, end = span
    said = (value for one, value in reading.sentences.items() if one[0] < end and start < one[1])
    return max((LEAST_READ, *said))


def _together(hit: Hit) -> float:
    return NOTHING if hit.features.sentences is None else hit.features.sentences


def _reading(hit: Hit) -> float:
    return LEAST_READ if hit.features.reading is None else hit.features.reading
