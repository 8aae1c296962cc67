"""Nearest chunks by a server's search."""

import time
from collections.abc import Callable, Sequence

import numpy as np

from corpus.errors import NewsdeskError
from retrieval.index.nearest import Near
from retrieval.index.quantised_search import QUANTISED_SEARCH
from retrieval.models.embedder import Vectors
from retrieval.pgvector.segment_vectors import SegmentVectors, Wanted
from retrieval.segments.dense import Mask
from retrieval.segments.segment import Segment

EXACT_CHUNKS = 100_000
"""If a filter leaves at most this many chunks of a segment, they are compared here: that is exact, takes 7 ms
where a filtered search by the server takes 25 to 130 (`benchmarks.pgvector_search`, 300,000 chunks), and
reads at most 77 MB of the file."""
EXACT_SHARE = 0.5
"""The largest share of a segment that a filter may leave for that. If only a few articles are gone nearly all
is left, and to compare it here would take the memory that the server saves."""
SPARE = 1.25
"""How many times the wanted chunks are requested from the server: they are put into their exact order here,
and some that it ranked lower may rank higher."""
PAUSE_SECONDS = 10.0
"""How long a failed server is not asked, and the time between two checks for tables that it lacked."""


class ServerNearest:
    """Implements `NearestChunks` for one generation; thread-safe. Segments that the server does not have, and
    any that it can't search at the moment, are searched in the local copy as without a server (large ones by
    codes)."""

    def __init__(
        self,
        vectors: SegmentVectors,
        names: Sequence[str],
        notice: Callable[[str], None],
        exact_chunks: int = EXACT_CHUNKS,
    ) -> None:
        """`names` are those of the generation's segments, in order; `notice` is called with errors."""
        self._vectors, self._names, self._notice = vectors, names, notice
        self._exact_chunks = exact_chunks
        self._numbers: dict[str, int] = {}
        self._again = 0.0

    @property
    def missing(self) -> list[str]:
        """The segments whose tables are not known to be on the server."""
        return [name for name in self._names if name not in self._numbers]

    def look(self) -> None:
        """Check which segments the server has. Raises NewsdeskError."""
        self._numbers = dict(self._vectors.ready(self._names))

    def near(
        self,
        segments: Sequence[Segment],
        question: Vectors,
        count: int,
        allowed: Sequence[Mask | None],
    ) -> list[Near]:
        """See `NearestChunks.near`."""
        try:
            if self.missing and time.monotonic() >= self._again:
                self._again = time.monotonic() + PAUSE_SECONDS
                self.look()
            numbers = self._numbers  # another thread may replace it
            places = [
                place
                for place, (name, mask) in enumerate(zip(self._names, allowed, strict=True))
                if name in numbers and self._is_for_server(mask)
            ]
            if not places:
                return QUANTISED_SEARCH.near(segments, question, count, allowed)
            asked = [
                self._wanted(numbers[self._names[place]], segments[place], allowed[place], count)
                for place in places
            ]
            rows = dict(zip(places, self._vectors.near(question, asked), strict=True))
        except NewsdeskError as error:
            self._again = time.monotonic() + PAUSE_SECONDS
            self._numbers = {}  # a table may have been dropped: the next look tells
            self._notice(f"{error}; the exact copies here answer in its place")
            return QUANTISED_SEARCH.near(segments, question, count, allowed)
        here = [place for place in range(len(segments)) if place not in rows]
        found = QUANTISED_SEARCH.near(
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
