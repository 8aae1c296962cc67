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
from retrieval.segments.dense import Mask

K1 = 1.2
"""How fast repetition of a term stops counting: Lucene's default. 0.9 and 1.5 moved NewsQA's MRR by less
than 0.005."""
B = 0.75
"""How much length is held against a passage: Lucene's default; passages are of like length anyway."""


COMMON = 0.02
"""Share of all passages from which a term counts as common: choosing among the passages found so far takes
about as long as adding such a term."""
ROUNDING = 1e-4
"""How far sums of 32 bits, added up in another order, may be beside the score, with room to spare."""


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

    def scores(self, place: int, terms: Sequence[str], passages: NDArray[np.int64]) -> NDArray[np.float32]:
        """The score of each of these passages (rows, ascending) of the segment at that place; 0 where it
        shares no term with the question."""
        postings, norms = self._segments[place].segment.postings, self._norms[place][passages]
        scores = np.zeros(len(passages), np.float32)
        for term, times in Counter(terms).items():
            rows, counts = postings.of(term)
            if len(rows) and len(passages):
                at = np.minimum(np.searchsorted(rows, passages), len(rows) - 1)
                often = np.where(rows[at] == passages, counts[at], 0).astype(np.float32)
                scores += np.float32(times * self.weight(term)) * (often / (often + norms))
        return scores

    def likely(
        self, terms: Sequence[str], count: int, allowed: Sequence[Mask | None]
    ) -> list[NDArray[np.int64]]:
        """For each segment the rows of passages, ascending, of which the `count` with the highest scores of
        all are some. `allowed` has one flag an article, None for all.

        Rare terms come first. Once the passages found by them stand so high that the terms left could not
        lift another one among the best, no other is looked at (Turtle and Flood's MaxScore, 1995): the
        common terms of a question, which are in most passages, are then looked up in few.
        """
        weights = {term: times * self.weight(term) for term, times in Counter(terms).items()}
        ordered = sorted(weights, key=lambda term: -weights[term])
        bounds = [weights[term] * self._most(term) for term in ordered]
        sums = [np.zeros(one.segment.passage_count, np.float32) for one in self._segments]
        for done, term in enumerate(ordered):
            left = sum(bounds[done:])
            if done and self._is_common(term):
                standing = np.concatenate([one[one > 0] for one in sums])
                if len(standing) > count:
                    least = float(np.partition(standing, -count)[-count]) * (1 - ROUNDING)
                    if least > left:
                        return [np.flatnonzero((one > 0) & (one + left >= least)) for one in sums]
            for place, one in enumerate(sums):
                self._add(place, term, weights[term], allowed[place], one)
        return [np.flatnonzero(one > 0) for one in sums]

    def _add(
        self, place: int, term: str, weight: float, allowed: Mask | None, sums: NDArray[np.float32]
    ) -> None:
        """Add what a term counts to the sums of the segment's passages that are allowed."""
        segment, norms = self._segments[place].segment, self._norms[place]
        rows, counts = segment.postings.of(term)
        if allowed is not None:
            kept = allowed[segment.tables.passages[rows, 0]]
            rows, counts = rows[kept], counts[kept]
        often = counts.astype(np.float32)
        sums[rows] += np.float32(weight) * (often / (often + norms[rows]))

    def _most(self, term: str) -> float:
        """The share of its weight that a term counts at most in any passage."""
        shares = [
            float(often) / (float(often) + float(norms.min()))
            for one, norms in zip(self._segments, self._norms, strict=True)
            if (often := one.segment.postings.of(term)[1].max(initial=0))
        ]
        return max(shares, default=0.0)

    def _is_common(self, term: str) -> bool:
        """Whether so many passages have the term that it pays to ask first whether it must be looked at."""
        count = sum(len(one.segment.postings.passages(term)) for one in self._segments)
        return count > COMMON * self.passage_count

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
