"""The interface of vector search over a collection's chunks, and the exact implementation."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.index.row_numbers import Part, Rows, taken
from retrieval.index.top_rows import lowest_of_highest
from retrieval.models.embedder import Vectors
from retrieval.segments.dense import Mask, similarity
from retrieval.segments.segment import Segment

Near = tuple[NDArray[np.float32], Rows]
"""Cosines, and the rows of the chunks that have them."""


class NearestChunks(Protocol):
    """Looks through the chunks of all segments of one generation."""

    def near(
        self,
        segments: Sequence[Segment],
        question: Vectors,
        count: int,
        allowed: Sequence[Mask | None],
    ) -> list[Near]:
        """For each segment some of its chunks, in no order, among which are the `count` nearest of all.

        `question` has shape (1, dimension), `allowed` one flag a chunk for each segment, None for all.
        """
        ...


class ExactlyNearest:
    """Compares the question with every vector of every segment, where they stand in memory."""

    def near(
        self,
        segments: Sequence[Segment],
        question: Vectors,
        count: int,
        allowed: Sequence[Mask | None],
    ) -> list[Near]:
        """As the protocol has it; nothing is ever left out, also where several are as near as the last."""
        found = [
            segment.dense.search(question, count, mask)
            for segment, mask in zip(segments, allowed, strict=True)
        ]
        least = lowest_of_highest([near for near, _ in found], count)
        return [
            # Where the last one found is as near as the last one taken, there may be more that are.
            segment.dense.within(question, least, mask)
            if len(near) == count and near[-1] == least
            else (near, rows)
            for segment, mask, (near, rows) in zip(segments, allowed, found, strict=True)
        ]


EXACTLY = ExactlyNearest()
"""What every snapshot asks unless it is given another."""


def cosines(segments: Sequence[Segment], parts: Sequence[Part], question: Vectors) -> NDArray[np.float32]:
    """The cosine of the question with each of these chunks: the very number that a search gives."""
    if not parts:
        return np.zeros(0, np.float32)
    return similarity(question, taken(parts, lambda place: segments[place].dense.vectors))
