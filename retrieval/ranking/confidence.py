"""How likely it is that the passages found hold the answer.

It is the product of two chances, each a logistic regression on few figures, fitted by
`python -m benchmarks.ranking`. That the corpus speaks of the *subject* is fitted on the own questions of
NewsQA, SQuAD 2, MultiHop-RAG and RealTimeQA against those of the other sets, and own ones whose articles were
taken out. That, if so, one of the first three passages is the *answer* is fitted on the own ones alone. One
regression for both has to weigh a question on something else against a second passage that is as likely, and
was worse at either; reliability, and what it can't tell, are in `docs/confidence.md`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.question.query import Query
from retrieval.ranking.diversity import PAGE
from retrieval.ranking.read_hits import LEAST_READ
from retrieval.ranking.scoring import OFFSET, log_odds
from retrieval.ranking.search import Found
from retrieval.ranking.timeliness import missed
from retrieval.ranking.weights import Table, kind, weights
from retrieval.reading.asked_amounts import lacks_amount

SMALLEST, LARGEST = 700, 55_000
"""Passages of the smallest and the largest corpus it was fitted on; others count as these."""

WHOLE = 0.999
"""Coverage of a passage that has every word, but for what is lost in adding shares."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which confidence on it is an answer, and from which on it is worth saying to people who asked one
    another and not the bot."""

    answer: float
    sure: float


UNREAD = Thresholds(answer=0.68, sure=0.85)
"""Where no reader counts. Of NewsQA's own questions 0.926 reach `answer`, of 150 foreign ones 0.047 (0.053
of the 75 that it was not fitted on); at 0.65 it is 0.936 and 0.053, at 0.7 0.918 and 0.040. Of the own ones
0.780 reach `sure`, of the foreign ones 0.020, and of 52 questions of everyday talk (`benchmarks/talk.jsonl`)
0.096 (0.327 reach `answer`); at 0.8 it is 0.843, 0.027 and 0.192, at 0.9 0.667, 0.013 and 0.058."""
READ = Thresholds(answer=0.45, sure=0.7)
"""Where hits were read: near misses are counted there as well, so that the same questions have a lower one.
Of NewsQA's own questions 0.933 reach `answer`, of RealTimeQA's 0.946, of 360 foreign ones to each 0.036 and
0.083, of near misses that were not fitted on (51 and 32) 0.529 and 0.438. At 0.5 it is 0.919, 0.934, 0.031,
0.069, 0.490 and 0.375. 0.774 of NewsQA's reach `sure`, and 0.006 of the foreign ones."""


def thresholds(found: Found) -> Thresholds:
    """Those that count for what was found."""
    return READ if _kind(found) == kind(known=True, read=True) else UNREAD


def confidence(found: Found, query: Query, passages: int) -> float:
    """The probability that one of the first three hits among so many passages answers; 0 without hits."""
    if not found.hits:
        return 0.0
    tables, told = weights().confidence[_kind(found)], figures_of(found, query, passages)
    if query.topical and told["coverage"] >= WHOLE:
        # A passage has every word of the topic: that it is on the subject needs no guess.
        tables = {name: table for name, table in tables.items() if name != "subject"}
    return product(tables, told)


def _kind(found: Found) -> str:
    known = any(hit.features.meaning is not None for hit in found.hits[:PAGE])
    return kind(known=known, read=found.read)


def product(tables: Mapping[str, Table], figures: Mapping[str, float]) -> float:
    """The product of the chances, each of a table of weights."""
    return math.prod(_chance(table, figures) for table in tables.values())


def _chance(table: Table, figures: Mapping[str, float]) -> float:
    value = table[OFFSET] + sum(table.get(name, 0.0) * figure for name, figure in figures.items())
    return 1 / (1 + math.exp(-value))


def figures_of(found: Found, query: Query, passages: int) -> dict[str, float]:
    """What confidence rests on, from what was found among so many passages."""
    first = found.hits[:PAGE]
    dates = [hit.passage.article.published for hit in first]
    published = np.array([date.timestamp() if date else np.nan for date in dates])
    sentences = [
        (one.score, one.another, hit.passage.article.text[slice(*one.span)])
        for hit in first
        for one in hit.sentences
    ]
    _, another, best = max(sentences, default=(0.0, False, ""))
    return figures(
        log_odds(max(hit.score for hit in first)),
        found.rivals,
        max(hit.features.coverage for hit in first),
        passages,
        cites=query.cites_source,
        misses=bool(missed(query, published).all()),
        readings=[hit.features.reading for hit in first if hit.features.reading is not None],
        lacks=another or (bool(best) and lacks_amount(query.read_with, best)),
    )


def figures(
    score: float,
    rivals: float,
    coverage: float,
    passages: int,
    *,
    cites: bool,
    misses: bool,
    readings: Sequence[float],
    lacks: bool,
) -> dict[str, float]:
    """The best score's log-odds and how far they are above those of its rivals, the best coverage, the size
    of the corpus (the best of many is higher by chance), whether the question cites a source that is in the
    corpus, whether it asks about a recent time that no hit is of, the best of the hits' `readings`, and
    whether the best sentence `lacks` what it asks for: it has no amount of that kind (`lacks_amount`), or is
    of another time or number (`Conflicts`)."""
    return {
        "score": score,
        "lead": score - rivals,
        "coverage": coverage,
        "size": math.log(min(max(passages, SMALLEST), LARGEST)),
        "source": float(cites),
        "missed": float(misses),
        "read": max((LEAST_READ, *readings)),
        "lacks": float(lacks),
    }
