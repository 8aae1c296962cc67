"""How likely it is that the passages found hold the answer.

A logistic regression on few figures, fitted by `python -m benchmarks.ranking` on the own questions of NewsQA,
SQuAD 2, MultiHop-RAG and RealTimeQA (right where one of the first three passages holds the answer) and on
questions that can't be answered: those of the other sets, and own ones whose articles were taken out. Its
reliability and what it can't tell are in `docs/confidence.md`.
"""

import math
from collections.abc import Sequence

from retrieval.clue import ClueKind
from retrieval.hit import Hit
from retrieval.query import Query
from retrieval.weights import kind, weights

FIRST = 3
"""Hits that are looked at: one page."""
SMALLEST = 700
"""Passages of the smallest corpus it was fitted on; a smaller one counts as this one."""
ANSWER_AT = 0.55
"""From this on it is an answer: the highest at which 0.92 of NewsQA's own questions are answered."""
_EDGE = 1e-6
"""How near a score may come to 0 or 1 before its logarithm is taken."""


def confidence(hits: Sequence[Hit], query: Query, passages: int) -> float:
    """The probability that one of the first three hits among so many passages answers; 0 without hits."""
    first = hits[:FIRST]
    if not first:
        return 0.0
    table = weights().confidence[kind(known=any(hit.signals.meaning is not None for hit in first))]
    figures = figures_of(first, query, passages)
    value = table["offset"] + sum(table.get(name, 0.0) * figure for name, figure in figures.items())
    return 1 / (1 + math.exp(-value))


def figures_of(first: Sequence[Hit], query: Query, passages: int) -> dict[str, float]:
    """What confidence rests on: the best score's log-odds, the best coverage, the size of the corpus (the
    best of many is higher by chance), and whether the question cites a source that is in the corpus."""
    score = min(max(max(hit.score for hit in first), _EDGE), 1 - _EDGE)
    return {
        "score": math.log(score / (1 - score)),
        "coverage": max(hit.signals.coverage for hit in first),
        "size": math.log(max(passages, SMALLEST)),
        "source": float(any(clue.firm and clue.kind is ClueKind.SOURCE for clue in query.clues)),
    }
