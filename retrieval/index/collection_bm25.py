"""BM25 over the segments of a collection, as if they were one.

Document frequencies and average length are computed over all live passages, so a passage has the same score
however the collection is divided into segments.
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
"""BM25's saturation of term counts: Lucene's default. 0.9 and 1.5 changed NewsQA's MRR by less than 0.005."""
B = 0.75
"""BM25's normalisation by length: Lucene's default; the lengths of passages hardly differ anyway."""
ROUNDING = 1e-4
"""Upper bound, with a margin, of the relative error of 32-bit sums that are added in another order."""
COMMON = 0.05
"""Share of all passages added to between two checks of whether the next term must be added too: a check takes
about as long as adding that many."""
LOOKED_UP = 8
"""How many postings of a term are added in the time of looking one passage up among them."""
FEW = 200
"""So few remaining passages are scored in full, without further pruning. At a million passages a question
took 36, 38 and 42 ms of CPU with 150, 300 and 1,000."""
CACHED_TERMS = 300
"""Size of the LRU cache of terms, which holds the common ones, in nearly every question, and those of the
last thirty questions. 8 bytes per posting; 150 MB at a million passages."""
SAMPLE_STEP = 64
"""Every how many sums are looked at first: the highest of this sample give a bound that excludes most of the
others, so that not all of a million are partitioned."""

Rows = NDArray[np.int32]
"""Ascending numbers of passages."""


class _Term:
    """The postings of a term: the passages that have it, and how often. `weight` is its inverse document
    frequency, `most` an upper bound of the share of the weight that it adds to any passage."""

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
        """The share of its weight that it adds to each of its passages. Computed lazily, since most terms of
        a question are only looked up in a few passages."""
        return _share(self._counts, self._norms[self.rows])

    def shares_of(self, rows: Rows) -> NDArray[np.float32]:
        """The share of its weight that it adds to each of these passages."""
        if not len(self.rows):
            return np.zeros(len(rows), np.float32)
        at = np.minimum(self.rows.searchsorted(rows), len(self.rows) - 1)
        return np.where(self.rows[at] == rows, _share(self._counts[at], self._norms[rows]), np.float32(0))


def _share(counts: NDArray[np.uint16], norms: NDArray[np.float32]) -> NDArray[np.float32]:
    often = counts.astype(np.float32)
    return often / (often + norms)


class CollectionBm25:
    """BM25 scores of passages for a question, and the upper bound of them."""

    def __init__(self, segments: Sequence[LiveSegment]) -> None:
        """Nothing is computed yet."""
        self._segments = segments
        self._term = lru_cache(CACHED_TERMS)(self._counted)

    @cached_property
    def passage_count(self) -> int:
        """The number of live passages."""
        return sum(one.passage_count for one in self._segments)

    def weight(self, term: str) -> float:
        """The term's inverse document frequency, ln(1 + (N - n + 0.5) / (n + 0.5)), as Lucene has it."""
        return self._term(term).weight

    def bound(self, terms: Sequence[str]) -> float:
        """An upper bound of any passage's score: the sum of the weights of all terms."""
        return sum(self.weight(term) for term in terms)

    @cached_property
    def numbers(self) -> RowNumbers:
        """The numbering of passages over all segments."""
        return RowNumbers(one.segment.passage_count for one in self._segments)

    def scores(self, terms: Sequence[str], numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """The scores of the passages with these ascending numbers; 0 for those without any of the terms."""
        scores = np.zeros(len(numbers), np.float32)
        rows = numbers.astype(np.int32)  # the type of a term's rows, which would all be converted otherwise
        for term, times in Counter(terms).items():
            found = self._term(term)
            scores += np.float32(times * found.weight) * found.shares_of(rows)
        return scores

    def top_passages(
        self, terms: Sequence[str], count: int, allowed: Sequence[Mask | None]
    ) -> NDArray[np.int64]:
        """Ascending numbers of passages that include the `count` with the highest scores. `allowed` has one
        flag per article for each segment, or None if all are allowed.

        Terms are added by descending weight. Once the remaining terms could not lift a passage that has none
        of the terms added so far among the best, they are only looked up for passages that may still be among
        the best (MaxScore: Turtle and Flood, 1995), since the common terms of a question are in most
        passages.
        """
        asked = [(self._term(term), times) for term, times in Counter(terms).items()]
        asked.sort(key=lambda one: -one[1] * one[0].weight)
        weights = [np.float32(times * term.weight) for term, times in asked]
        # left[i]: the most that the terms from i on can add.
        left = [0.0]
        for term, times in reversed(asked):
            left.insert(0, left[0] + times * term.weight * term.most)
        sums, least, done, added = _PartialScores(self._barred(allowed)), 0.0, 0, 0
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
        """The initial sums: 0, or minus infinity if the article is not allowed."""
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
        """For each passage, the term that BM25 adds to a count in the denominator; larger for longer ones."""
        lengths = [one.segment.postings.lengths for one in self._segments]
        stand = [one.passages for one in self._segments]
        total = sum(
            int((long if flags is None else long[flags]).sum(dtype=np.int64))
            for long, flags in zip(lengths, stand, strict=True)
        )
        average = max(total / max(self.passage_count, 1), 1e-9)
        norms = [(K1 * (1 - B + B * long / average)).astype(np.float32) for long in lengths]
        return np.concatenate([np.zeros(0, np.float32), *norms])


class _PartialScores:
    """The partial scores of passages while terms are added. `rows` are the passages kept after the first call
    of `keep`; before, all are."""

    def __init__(self, sums: NDArray[np.float32]) -> None:
        self._sums = sums
        self.rows: Rows = np.zeros(0, np.int32)
        self._chosen = False

    def add(self, term: _Term, weight: np.float32) -> None:
        """Add the term to all passages that have it."""
        self._add(term.rows, weight * term.shares)

    def look_up(self, term: _Term, weight: np.float32) -> None:
        """Add the term to the kept passages that have it (to all, if that is faster)."""
        if LOOKED_UP * len(self.rows) < len(term.rows):
            self._add(self.rows, weight * term.shares_of(self.rows))
        else:
            self.add(term, weight)

    def _add(self, rows: Rows, values: NDArray[np.float32]) -> None:
        at = rows.astype(np.intp)  # converted once, not for reading and again for writing
        self._sums[at] += values

    def least(self, count: int, known: float) -> float:
        """A lower bound of the `count`-th highest sum, and at least `known`."""
        sums = self._values()
        for some in (sums[::SAMPLE_STEP], sums):
            higher = some[np.flatnonzero(some > known)]  # twice as fast as indexing with the flags
            if len(higher) >= count:
                known = float(np.partition(higher, -count)[-count]) * (1 - ROUNDING)
        return known

    def keep(self, bound: float) -> None:
        """Keep the passages whose sum is positive and at least `bound`."""
        bound = max(bound, float(np.finfo(np.float32).tiny))
        at = np.flatnonzero(self._values() >= bound)
        self.rows = self.rows[at] if self._chosen else at.astype(np.int32)
        self._chosen = True

    def _values(self) -> NDArray[np.float32]:
        return self._sums[self.rows] if self._chosen else self._sums
