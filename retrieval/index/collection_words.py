"""BM25 over the segments of a collection, as if they were one.

How often a term is, and how long passages are on average, is counted over all passages that stand. So a
passage has the same score whichever segments the collection is in.
"""

import math
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from retrieval.index.standing import StandingSegment

K1 = 1.2
"""How fast repetition of a term stops counting: Lucene's default. 0.9 and 1.5 moved NewsQA's MRR by less
than 0.005."""
B = 0.75
"""How much length is held against a passage: Lucene's default; passages are of like length anyway."""


class CollectionWords:
    """The BM25 score of passages for a question, and the highest one that question could get."""

    def __init__(self, segments: Sequence[StandingSegment]) -> None:
        """Nothing is counted yet."""
        self._segments = segments
        self._weights: dict[str, float] = {}

    @cached_property
    def passage_count(self) -> int:
        """How many passages stand."""
        return sum(one.passage_count for one in self._segments)

    def weight(self, term: str) -> float:
        """The term's inverse document frequency, ln(1 + (N - n + 0.5) / (n + 0.5)), as Lucene has it."""
        if term not in self._weights:
            count = sum(self._count(one, term) for one in self._segments)
            self._weights[term] = math.log(1 + (self.passage_count - count + 0.5) / (count + 0.5))
        return self._weights[term]

    def bound(self, terms: Sequence[str]) -> float:
        """What no passage's score can reach: every term, saturated."""
        return sum(self.weight(term) for term in terms)

    def scores(self, place: int, terms: Sequence[str]) -> NDArray[np.float32]:
        """One score for each passage of the segment at that place; 0 where it shares no term with the
        question."""
        postings, norms = self._segments[place].segment.postings, self._norms[place]
        scores = np.zeros(len(norms), np.float32)
        for term, times in Counter(terms).items():
            rows, counts = postings.of(term)
            if len(rows):
                often = counts.astype(np.float32)
                scores[rows] += np.float32(times * self.weight(term)) * (often / (often + norms[rows]))
        return scores

    def _count(self, one: StandingSegment, term: str) -> int:
        rows = one.segment.postings.passages(term)
        return len(rows) if one.passages is None else int(one.passages[rows].sum())

    @cached_property
    def _norms(self) -> list[NDArray[np.float32]]:
        """For each segment what is added to the count of a term below the line: more for longer passages."""
        lengths = [one.segment.postings.lengths for one in self._segments]
        stand = [one.passages for one in self._segments]
        total = sum(
            int((long if flags is None else long[flags]).sum(dtype=np.int64))
            for long, flags in zip(lengths, stand, strict=True)
        )
        average = max(total / max(self.passage_count, 1), 1e-9)
        return [(K1 * (1 - B + B * long / average)).astype(np.float32) for long in lengths]
