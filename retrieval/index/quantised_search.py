"""Nearest chunks by quantised codes, re-ranked exactly, for large segments."""

from collections.abc import Iterable, Sequence

import numpy as np

from retrieval.index.nearest import EXACT_SEARCH, Near, cosines
from retrieval.index.row_numbers import Rows
from retrieval.index.top_rows import kth_highest
from retrieval.models.embedder import Vectors
from retrieval.ragged import starts_of
from retrieval.segments.dense import Mask
from retrieval.segments.segment import Segment

COMPARED_EACH = 10
"""Chunks compared exactly for each one that is wanted: those with the highest approximate scores."""
MORE = 4
"""Each segment is first asked for this many times its share of them. Asking each for all takes half as long
again, and is done only where a segment may have more."""
LEFT = 0.75
"""Share of a large segment's articles that must be allowed (not gone, and within the filters) for its codes
to be used; with less, all its chunks are compared exactly."""


class QuantisedSearch:
    """Searches large segments by their codes and compares the best chunks exactly. Small segments, and those
    of which few articles are allowed, are compared exactly as a whole. The cosines returned are exact."""

    def near(
        self,
        segments: Sequence[Segment],
        question: Vectors,
        count: int,
        allowed: Sequence[Mask | None],
    ) -> list[Near]:
        """See `NearestChunks.near`; a chunk may be missed if its code makes it seem much further than it
        is."""
        compared = COMPARED_EACH * count
        seeming = _seeming_of_all(segments, question, count, allowed)
        if not seeming:
            return EXACT_SEARCH.near(segments, question, count, allowed)
        others = [place for place in range(len(segments)) if place not in seeming]
        compared_whole = EXACT_SEARCH.near(
            [segments[place] for place in others], question, count, [allowed[place] for place in others]
        )
        near = dict(zip(others, compared_whole, strict=True))
        bound = kth_highest([about for about, _ in seeming.values()], compared)
        nearest = [(place, rows[about >= bound]) for place, (about, rows) in seeming.items()]
        near |= _compared(segments, nearest, question)
        least = kth_highest([cosines for cosines, _ in near.values()], count)
        if least <= min(near[place][0].min(initial=np.inf) for place in seeming):
            # All compared chunks are as near as the last one wanted, so there may be more such ones; the
            # order of articles chooses among equals.
            return EXACT_SEARCH.near(segments, question, count, allowed)
        return [near[place] for place in range(len(segments))]


def _compared(
    segments: Sequence[Segment], chunks: Sequence[tuple[int, Rows]], question: Vectors
) -> dict[int, Near]:
    """The exact cosines of these chunks, by the index of their segment, all compared in one call."""
    ends = starts_of(np.array([len(rows) for _, rows in chunks], np.int64)).tolist()
    parts = [(place, slice(*ends[at : at + 2]), rows) for at, (place, rows) in enumerate(chunks)]
    found = cosines(segments, parts, question)
    return {place: (found[where], rows) for place, where, rows in parts}


def _seeming_of_all(
    segments: Sequence[Segment], question: Vectors, count: int, allowed: Sequence[Mask | None]
) -> dict[int, Near]:
    """For each segment that is searched by codes, by its index: the approximate cosines and rows of its
    nearest chunks. Together they include the COMPARED_EACH * `count` nearest of all by codes."""
    compared = COMPARED_EACH * count
    coded = sum(segment.codes is not None for segment in segments)
    first = min(compared, max(count, MORE * compared // max(coded, 1)))

    def seeming(places: Iterable[int], asked: int) -> dict[int, Near]:
        found = ((place, _seeming(segments[place], question, asked, allowed[place])) for place in places)
        return {place: near for place, near in found if near}

    found = seeming(range(len(segments)), first)
    bound = kth_highest([about for about, _ in found.values()], compared)
    again = [place for place, (about, _) in found.items() if about.min(initial=np.inf) >= bound]
    if first == compared or not again:
        return found
    return {place: near for place, near in found.items() if place not in again} | seeming(again, compared)


def _seeming(segment: Segment, question: Vectors, count: int, mask: Mask | None) -> Near | None:
    """The approximate cosines and the rows of the chunks that seem nearest, at least half of `count`. None if
    the segment has no codes, or must be compared exactly because too much of it is masked."""
    if segment.codes is None:
        return None
    if mask is None:
        return segment.codes.search(question, count)
    left = int(np.count_nonzero(mask))
    if left < LEFT * len(mask):
        return None
    about, rows = segment.codes.search(question, int(count / LEFT))
    kept = mask[rows]
    return (about[kept], rows[kept]) if 2 * int(kept.sum()) >= min(count, left) else None


QUANTISED_SEARCH = QuantisedSearch()
"""The default search of a snapshot."""
