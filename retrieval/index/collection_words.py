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
FEW = 1_000
"""Passages that are left to be scored in full, rather than to look terms up one by one."""
KNOWN = 2_000
"""Terms that are remembered: those of the last hundred questions."""

Rows = NDArray[np.int32]
"""Rows of passages, ascending."""


class _Term:
    """A term in all segments: for each the rows of the passages that have it, and how often each has it."""

    def __init__(self, term: str, segments: Sequence[LiveSegment], passages: int) -> None:
        found = [one.segment.postings.where(term) for one in segments]
        postings = [one.segment.postings for one in segments]
        self.starts = [where.start for where in found]
        self.rows = [one.rows[where] for one, where in zip(postings, found, strict=True)]
        self.counts = [one.counts[where] for one, where in zip(postings, found, strict=True)]
        self.passages = sum(map(len, self.rows))
        stands = sum(
            len(rows) if one.passages is None else int(one.passages[rows].sum())
            for one, rows in zip(segments, self.rows, strict=True)
        )
        self.weight = math.log(1 + (passages - stands + 0.5) / (stands + 0.5))
        self.most: float | None = None


class CollectionWords:
    """The BM25 score of passages for a question, and the highest one that question could get."""

    def __init__(self, segments: Sequence[LiveSegment]) -> None:
        """Nothing is counted yet."""
        self._segments = segments
        self._terms: dict[str, _Term] = {}

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
        asked = [(self._term(term), times) for term, times in Counter(terms).items()]
        scores, norms = np.zeros(len(numbers), np.float32), np.ones(len(numbers), np.float32)
        often = np.zeros((len(asked), len(numbers)), np.float32)
        for place, at, rows in self.numbers.parts(numbers):
            norms[at] = self._norms[place][rows]
            often[:, at] = self._counts(place, [term for term, _ in asked], rows)
        weights = np.array([times * term.weight for term, times in asked], np.float32)
        for counted in weights[:, None] * (often / (often + norms)):
            scores += counted  # one after the other: NumPy adds up otherwise where there is one passage
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
            left.insert(0, left[0] + times * term.weight * self._most(term))
        sums, least, done, added = _Sums(self._segments, self._norms, allowed), 0.0, 0, 0
        for done, (term, _) in enumerate(asked):
            added += term.passages
            if added > COMMON * self.passage_count:
                least, added = sums.least(count, least), 0
                if least > left[done]:
                    break
            sums.add(term, weights[done])
        else:
            done, least = len(asked), sums.least(count, least)
        sums.keep(least - left[done])
        for place in range(done, len(asked)):
            if sums.kept <= FEW:
                break
            sums.look_up(asked[place][0], weights[place])
            least = sums.least(count, least)
            sums.keep(least - left[place + 1])
        return self.numbers.of([rows.astype(np.int64) for rows in sums.rows])

    def _counts(self, place: int, terms: Sequence[_Term], rows: NDArray[np.int64]) -> NDArray[np.uint16]:
        """How often each term is in each of these passages of a segment."""
        postings = self._segments[place].segment.postings
        counts = np.zeros((len(terms), len(rows)), np.uint16)
        lines = [line for line, term in enumerate(terms) if len(term.rows[place])]
        if not lines:
            return counts
        # Of another type than the terms' passages, all of those would be converted.
        wanted = rows.astype(np.int32)
        # Where each passage would stand among those of each term, in the one array of all terms.
        at = np.array([terms[line].rows[place].searchsorted(wanted) for line in lines])
        starts = np.array([[terms[line].starts[place]] for line in lines])
        ends = np.array([[terms[line].starts[place] + len(terms[line].rows[place])] for line in lines])
        at = np.minimum(at + starts, ends - 1)
        counts[lines] = np.where(postings.rows[at] == wanted, postings.counts[at], 0)
        return counts

    def _term(self, term: str) -> _Term:
        found = self._terms.get(term)
        if found is None:
            if len(self._terms) >= KNOWN:
                self._terms.clear()
            found = self._terms[term] = _Term(term, self._segments, self.passage_count)
        return found

    def _most(self, term: _Term) -> float:
        """The share of its weight that a term counts at most in any passage."""
        if term.most is None:
            shares = [
                float(often) / (float(often) + norm)
                for counts, norm in zip(term.counts, self._least_norms, strict=True)
                if (often := counts.max(initial=0))
            ]
            term.most = max(shares, default=0.0)
        return term.most

    @cached_property
    def _least_norms(self) -> list[float]:
        return [float(norms.min(initial=np.inf)) for norms in self._norms]

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


class _Sums:
    """What the terms looked at so far count for passages. `rows` are those that are kept, ascending; until
    some are chosen all are."""

    def __init__(
        self,
        segments: Sequence[LiveSegment],
        norms: Sequence[NDArray[np.float32]],
        allowed: Sequence[Mask | None],
    ) -> None:
        self._norms = norms
        self._allowed = [
            None if mask is None else flags_of(mask, one.segment.tables.passages)
            for one, mask in zip(segments, allowed, strict=True)
        ]
        self._sums = [np.zeros(one.segment.passage_count, np.float32) for one in segments]
        self.rows: list[Rows] = []

    def add(self, term: _Term, weight: np.float32) -> None:
        """Add the term to all passages that have it."""
        for place, (rows, counts, flags) in enumerate(
            zip(term.rows, term.counts, self._allowed, strict=True)
        ):
            if flags is not None:
                allowed = flags[rows]
                rows, counts = rows[allowed], counts[allowed]
            if len(rows):
                self._sums[place][rows] += self._counted(place, rows, counts, weight)

    def look_up(self, term: _Term, weight: np.float32) -> None:
        """Add the term to those passages that are kept."""
        for place, kept in enumerate(self.rows):
            rows, counts = term.rows[place], term.counts[place]
            if not len(kept) or not len(rows):
                continue
            if LOOKED_UP * len(kept) < len(rows):
                at = np.minimum(rows.searchsorted(kept), len(rows) - 1)
                rows, counts = kept, np.where(rows[at] == kept, counts[at], 0)
            self._sums[place][rows] += self._counted(place, rows, counts, weight)

    def _counted(
        self, place: int, rows: Rows, counts: NDArray[np.integer], weight: np.float32
    ) -> NDArray[np.float32]:
        often = counts.astype(np.float32)
        return weight * (often / (often + self._norms[place][rows]))

    def least(self, count: int, known: float) -> float:
        """What the lowest of the `count` highest sums is at least; `known` where it was more before."""
        every = np.concatenate([np.zeros(0, np.float32), *(one[one > known] for one in self._values())])
        return float(np.partition(every, -count)[-count]) * (1 - ROUNDING) if every.size >= count else known

    def keep(self, bound: float) -> None:
        """Keep those passages that have a sum, of at least that."""
        bound = max(bound, float(np.finfo(np.float32).tiny))
        at = [np.flatnonzero(one >= bound).astype(np.int32) for one in self._values()]
        self.rows = [rows[some] for rows, some in zip(self.rows, at, strict=True)] if self.rows else at

    @property
    def kept(self) -> int:
        """How many are kept."""
        return sum(map(len, self.rows))

    def _values(self) -> list[NDArray[np.float32]]:
        return (
            [sums[rows] for sums, rows in zip(self._sums, self.rows, strict=True)]
            if self.rows
            else self._sums
        )
