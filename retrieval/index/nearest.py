"""The interface of vector search over a collection's chunks, and the exact implementation."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.index.row_numbers import Part, Rows, gather
from retrieval.index.top_rows import kth_highest
from retrieval.models.embedder import Vectors
from retrieval.segments.dense import Mask, similarity
from retrieval.segments.segment import Segment

Near = tuple[NDArray[np.float32], Rows]
"""Cosines, and the rows of their chunks."""


class NearestChunks(Protocol):
    """Searches the chunks of all segments of a generation."""

    def near(
        self,
        segments: Sequence[Segment],
        question: Vectors,
        count: int,
        allowed: Sequence[Mask | None],
    ) -> list[Near]:
        """For each segment some of its chunks, unordered, which together include the `count` nearest of all.

        `question` has shape (1, dimension); `allowed` has one flag per chunk for each segment, or None if all
        are allowed.
        """
        ...


class ExactSearch:
    """Compares the question with every vector of every segment, in memory."""

    def near(
        self,
        segments: Sequence[Segment],
        question: Vectors,
        count: int,
        allowed: Sequence[Mask | None],
    ) -> list[Near]:
        """See `NearestChunks.near`; returns the chunks that are at least as near as the last one wanted."""
        # One more than is wanted shows whether others are as near as the last one. FAISS finds all of these
        # only by its range search, which takes ten times as long.
        found = [
            segment.dense.search(question, count + 1, mask)
            for segment, mask in zip(segments, allowed, strict=True)
        ]
        least = kth_highest([near for near, _ in found], count)
        return [
            segment.dense.within(question, least, mask)
            if len(near) > count and near[-1] == least
            else (near[near >= least], rows[near >= least])
            for segment, mask, (near, rows) in zip(segments, allowed, found, strict=True)
        ]


EXACT_SEARCH = ExactSearch()
"""The only instance, since it has no state."""


def cosines(segments: Sequence[Segment], parts: Sequence[Part], question: Vectors) -> NDArray[np.float32]:
    """The cosines of the question and these chunks, bit for bit as a search returns them."""
    if not parts:
        return np.zeros(0, np.float32)
    return similarity(question, gather(parts, lambda place: segments[place].dense.vectors))
