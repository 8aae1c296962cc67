"""BM25 over the segments of a collection, as if they were one.

How often a term is, and how long passages are on average, is counted over all passages that stand. So a
passage has the same score whichever segments the collection is in.
"""

import math
from collections import Counter
from collections.abc import Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from retrieval.index.live_segment import LiveSegment
from retrieval.index.row_numbers import RowNumbers
from retrieval.segments.dense import Mask
from retrieval.segments.tables import flags_of

K1 = 1.2
"""How fast repetition of a term stops counting: Lucene's default. 0.9 and 1.5 moved NewsQA's MRR by less
than 0.005."""
B = 0.75
"""How much length is held against a passage: Lucene's default; passages are of like length anyway."""
ROUNDING = 1e-4
"""How far sums of 32 bits, added up in another order, may be beside the score, with room to spare."""
COMMON = 0.05
"""Share of all passages that terms are added for before it is asked whether the next one must be added, too:
choosing among the passages found so far takes about as long."""
LOOKED_UP = 8
"""How many passages of a term are added in the time in which one is looked up among them."""
FEW = 200
"""Passages that are left to be scored in full, rather than to look terms up one by one. At a million passages
a question took 36, 38 and 42 ms of its thread with 150, 300 and 1,000."""
KNOWN = 300
"""Terms that are remembered, those asked for last: the common ones, which nearly every question has, and
those of the last thirty questions. A passage that has one takes 8 bytes; 150 MB at a million passages."""
SAMPLED = 64
"""Of how many sums one is looked at first: the highest of these tell that most others are not among the
highest, so that not all of a million are partitioned."""

Rows = NDArray[np.int32]
"""Numbers of passages, ascending."""


class _Term:
    """The passages that have a term and how often each has it; `weight` is what it counts, and `most` the
    largest share of that in any passage, or more."""

    def __init__(
        self,
        term: str,
        segments: Sequence[LiveSegment],
        norms: NDArray[np.float32],
        least_norm: np.float32,
        passages: int,
    ) -> None:
        rows, counts = [np.zeros(0, np.int32)], [np.zeros(0, np.uint16)]
        first = stands = 0
        for one in segments:
            here, often = one.segment.postings.of(term)
            rows.append(here + np.int32(first))
            counts.append(often)
            stands += len(here) if one.passages is None else int(one.passages[here].sum())
            first += one.segment.passage_count
        self.rows: Rows = np.concatenate(rows)
        self._counts, self._norms = np.concatenate(counts), norms
        self.weight = math.log(1 + (passages - stands + 0.5) / (stands + 0.5))
        highest = self._counts.max(initial=0).astype(np.float32)
        self.most = float(highest / (highest + least_norm))

    @cached_property
    def shares(self) -> NDArray[np.float32]:
        """The share of its weight that it counts in each of its passages. Most terms of a question are only
        looked up in a few passages, so it is not reckoned before it is asked for."""
        return _share(self._counts, self._norms[self.rows])

    def shares_of(self, rows: Rows) -> NDArray[np.float32]:
        """The share that it counts in each of these passages."""
        if not len(self.rows):
            return np.zeros(len(rows), np.float32)
        at = np.minimum(self.rows.searchsorted(rows), len(self.rows) - 1)
        return np.where(self.rows[at] == rows, _share(self._counts[at], self._norms[rows]), np.float32(0))


def _share(counts: NDArray[np.uint16], norms: NDArray[np.float32]) -> NDArray[np.float32]:
    often = counts.astype(np.float32)
    return often / (often + norms)


class CollectionWords:
    """The BM25 score of passages for a question, and the highest one that question could get."""

    def __init__(self, segments: Sequence[LiveSegment]) -> None:
        """Nothing is counted yet."""
        self._segments = segments
        self._term = lru_cache(KNOWN)(self._counted)

    @cached_property
    def passage_count(self) -> int:
        """How many passages stand."""
        return sum(one.passage_count for one in self._segments)

    def weight(self, term: str) -> float:
        """The term's inverse document frequency, ln(1 + (N - n + 0.5) / (n + 0.5)), as Lucene has it."""
        return self._term(term).weight

    def bound(self, terms: Sequence[str]) -> float:
        """What no passage's score can reach: every term, saturated."""
        return sum(self.weight(term) for term in terms)

    @cached_property
    def numbers(self) -> RowNumbers:
        """The numbers of passages."""
        return RowNumbers(one.segment.passage_count for one in self._segments)

    def scores(self, terms: Sequence[str], numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """The score of each of the passages of these numbers, which ascend; 0 if it shares no term with
        the question."""
        scores = np.zeros(len(numbers), np.float32)
        rows = numbers.astype(np.int32)  # of another type than a term's, all of those would be converted
        for term, times in Counter(terms).items():
            found = self._term(term)
            scores += np.float32(times * found.weight) * found.shares_of(rows)
        return scores

    def likely(self, terms: Sequence[str], count: int, allowed: Sequence[Mask | None]) -> NDArray[np.int64]:
        """The numbers of passages, ascending, of which the `count` with the highest scores of all are some.
        `allowed` has one flag an article, None for all.

        Rare terms are added first. Once the passages found by them stand so high that the terms left could
        not lift another one among the best, those terms are looked up for passages that are found already and
        may still be among the best, and for no other (Turtle and Flood's MaxScore, 1995): the common terms of
        a question are in most passages.
        """
        asked = [(self._term(term), times) for term, times in Counter(terms).items()]
        asked.sort(key=lambda one: -one[1] * one[0].weight)
        weights = [np.float32(times * term.weight) for term, times in asked]
        # What the terms from each on can add.
        left = [0.0]
        for term, times in reversed(asked):
            left.insert(0, left[0] + times * term.weight * term.most)
        sums, least, done, added = _Sums(self._barred(allowed)), 0.0, 0, 0
        for done, (term, _) in enumerate(asked):
            added += len(term.rows)
            if added > COMMON * self.passage_count:
                least, added = sums.least(count, least), 0
                if least > left[done]:
                    break
            sums.add(term, weights[done])
        else:
            done, least = len(asked), sums.least(count, least)
        sums.keep(least - left[done])
        for place in range(done, len(asked)):
            if len(sums.rows) <= FEW:
                break
            sums.look_up(asked[place][0], weights[place])
            least = sums.least(count, least)
            sums.keep(least - left[place + 1])
        return sums.rows.astype(np.int64)

    def _barred(self, allowed: Sequence[Mask | None]) -> NDArray[np.float32]:
        """The sums to begin with: 0, and where the article may not be found what no term lifts."""
        sums = np.zeros(len(self._norms), np.float32)
        for place, (one, mask) in enumerate(zip(self._segments, allowed, strict=True)):
            if mask is not None:
                flags = flags_of(mask, one.segment.tables.passages)
                sums[self.numbers.first(place) :][: len(flags)][~flags] = -np.inf
        return sums

    def _counted(self, term: str) -> _Term:
        return _Term(term, self._segments, self._norms, self._least_norm, self.passage_count)

    @cached_property
    def _least_norm(self) -> np.float32:
        return np.float32(self._norms.min(initial=K1))

    @cached_property
    def _norms(self) -> NDArray[np.float32]:
        """For each passage what is added to the count of a term below the line: more for longer ones."""
        lengths = [one.segment.postings.lengths for one in self._segments]
        stand = [one.passages for one in self._segments]
        total = sum(
            int((long if flags is None else long[flags]).sum(dtype=np.int64))
            for long, flags in zip(lengths, stand, strict=True)
        )
        average = max(total / max(self.passage_count, 1), 1e-9)
        norms = [(K1 * (1 - B + B * long / average)).astype(np.float32) for long in lengths]
        return np.concatenate([np.zeros(0, np.float32), *norms])


class _Sums:
    """What the terms looked at so far count for passages. `rows` are those that are kept; until some are
    chosen all are."""

    def __init__(self, sums: NDArray[np.float32]) -> None:
        """Begin with these."""
        self._sums = sums
        self.rows: Rows = np.zeros(0, np.int32)
        self._chosen = False

    def add(self, term: _Term, weight: np.float32) -> None:
        """Add the term to all passages that have it."""
        self._add(term.rows, weight * term.shares)

    def look_up(self, term: _Term, weight: np.float32) -> None:
        """Add the term to those passages that are kept."""
        if LOOKED_UP * len(self.rows) < len(term.rows):
            self._add(self.rows, weight * term.shares_of(self.rows))
        else:
            self.add(term, weight)

    def _add(self, rows: Rows, values: NDArray[np.float32]) -> None:
        at = rows.astype(np.intp)  # once, and not for reading and for writing
        self._sums[at] += values

    def least(self, count: int, known: float) -> float:
        """What the lowest of the `count` highest sums is at least; `known` where it was more before."""
        sums = self._values()
        for some in (sums[::SAMPLED], sums):
            higher = some[np.flatnonzero(some > known)]  # twice as fast as to take them by flags
            if len(higher) >= count:
                known = float(np.partition(higher, -count)[-count]) * (1 - ROUNDING)
        return known

    def keep(self, bound: float) -> None:
        """Keep those passages that have a sum, of at least that."""
        bound = max(bound, float(np.finfo(np.float32).tiny))
        at = np.flatnonzero(self._values() >= bound)
        self.rows = self.rows[at] if self._chosen else at.astype(np.int32)
        self._chosen = True

    def _values(self) -> NDArray[np.float32]:
        return self._sums[self.rows] if self._chosen else self._sums
