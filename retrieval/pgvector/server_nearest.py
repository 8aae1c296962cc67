"""Nearest chunks as found by a server."""

import time
from collections.abc import Callable, Sequence

import numpy as np

from corpus.errors import NewsdeskError
from retrieval.index.coded_nearest import BY_CODES
from retrieval.index.nearest import Near
from retrieval.models.embedder import Vectors
from retrieval.pgvector.segment_vectors import SegmentVectors, Wanted
from retrieval.segments.dense import Mask
from retrieval.segments.segment import Segment

EXACT_CHUNKS = 100_000
"""Chunks that a filter leaves of a segment up to which they are compared here, one by one: it is exact and
takes 7 ms, a search by the server under a filter 25 to 130 (`benchmarks.pgvector_search`, 300,000 chunks),
and it reads 77 MB of the file at most."""
EXACT_SHARE = 0.5
"""Of a segment, what a filter may leave for that. Of a segment of which a few articles are gone nearly all is
left, and to compare it here would take the memory that the server is there to save."""
SPARE = 1.25
"""Of how many chunks more than wanted the server is asked: here they are put into their exact order, and what
it had a little further down may belong a little further up."""
PAUSE_SECONDS = 10.0
"""How long nothing is asked of a server that has failed, and between two looks for what it lacked."""


class ServerNearest:
    """Those of one generation, for any number of threads. Whatever the server has not, or can't say now, the
    copy here says, which is compared as it is without a server: of a large segment its codes first."""

    def __init__(
        self,
        vectors: SegmentVectors,
        names: Sequence[str],
        notice: Callable[[str], None],
        exact_chunks: int = EXACT_CHUNKS,
    ) -> None:
        """`names` are those of the generation's segments, in order; `notice` is told what went wrong."""
        self._vectors, self._names, self._notice = vectors, names, notice
        self._exact_chunks = exact_chunks
        self._numbers: dict[str, int] = {}
        self._again = 0.0

    @property
    def missing(self) -> list[str]:
        """The segments of which the server is not known to have a table."""
        return [name for name in self._names if name not in self._numbers]

    def look(self) -> None:
        """See which segments the server has by now. Raises NewsdeskError."""
        self._numbers = dict(self._vectors.ready(self._names))

    def near(
        self,
        segments: Sequence[Segment],
        question: Vectors,
        count: int,
        allowed: Sequence[Mask | None],
    ) -> list[Near]:
        """As `NearestChunks` has it."""
        try:
            if self.missing and time.monotonic() >= self._again:
                self._again = time.monotonic() + PAUSE_SECONDS
                self.look()
            numbers = self._numbers  # another thread may put others in their place
            places = [
                place
                for place, (name, mask) in enumerate(zip(self._names, allowed, strict=True))
                if name in numbers and self._is_for_server(mask)
            ]
            if not places:
                return BY_CODES.near(segments, question, count, allowed)
            asked = [
                self._wanted(numbers[self._names[place]], segments[place], allowed[place], count)
                for place in places
            ]
            rows = dict(zip(places, self._vectors.near(question, asked), strict=True))
        except NewsdeskError as error:
            self._again = time.monotonic() + PAUSE_SECONDS
            self._numbers = {}  # also where a table was dropped: the next look tells
            self._notice(f"{error}; the exact copies here answer in its place")
            return BY_CODES.near(segments, question, count, allowed)
        here = [place for place in range(len(segments)) if place not in rows]
        found = BY_CODES.near(
            [segments[place] for place in here], question, count, [allowed[place] for place in here]
        )
        near = dict(zip(here, found, strict=True))
        near |= {
            place: (segments[place].dense.similarity(question, some), some) for place, some in rows.items()
        }
        return [near[place] for place in range(len(segments))]

    def _is_for_server(self, mask: Mask | None) -> bool:
        if mask is None:
            return True
        left = int(np.count_nonzero(mask))
        return left > self._exact_chunks or left > EXACT_SHARE * len(mask)

    @staticmethod
    def _wanted(number: int, segment: Segment, mask: Mask | None, count: int) -> Wanted:
        most = int(SPARE * count)
        if mask is None:
            return Wanted(number, most)
        articles = segment.tables.chunks[:, 0]
        among, but = np.unique(articles[mask]), np.unique(articles[~mask])
        # The shorter list is sent.
        if len(among) <= len(but):
            return Wanted(number, most, among=among)
        return Wanted(number, most, but=but)
