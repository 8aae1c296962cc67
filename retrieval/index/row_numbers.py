"""Rows of all segments under one number each: what is the same for every row is done once, and not once a
segment."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T", bound=np.generic)
Rows = NDArray[np.int64]
Part = tuple[int, slice, Rows]
"""The place of a segment, where its rows stand among some numbers, and these rows."""


class RowNumbers:
    """The number of a row is the row, and how many rows the segments before have."""

    def __init__(self, counts: Iterable[int]) -> None:
        """Take how many rows each segment has."""
        self._firsts = [0, *accumulate(counts)]

    def of(self, rows: Sequence[Rows]) -> Rows:
        """The numbers of some rows of each segment, one segment after the other."""
        numbers = [one + first for one, first in zip(rows, self._firsts, strict=False) if len(one)]
        return np.concatenate([np.zeros(0, np.int64), *numbers])

    def row(self, number: int) -> tuple[int, int]:
        """The place of the segment that the row is of, and the row."""
        place = bisect_right(self._firsts, number) - 1
        return place, number - self._firsts[place]

    def parts(self, numbers: Rows) -> list[Part]:
        """The rows of these numbers, of which those of one segment stand before those of the next."""
        cuts = pairwise(np.searchsorted(numbers, self._firsts).tolist())
        return [
            (place, slice(start, end), numbers[start:end] - self._firsts[place])
            for place, (start, end) in enumerate(cuts)
            if start < end
        ]

    def first(self, place: int) -> int:
        """The number of the first row of the segment at that place."""
        return self._firsts[place]


def taken(parts: Sequence[Part], array: Callable[[int], NDArray[T]]) -> NDArray[T]:
    """What the arrays of the segments at these places have at these rows, one part after the other; there is
    one at least."""
    return np.concatenate([array(place)[rows] for place, _, rows in parts])
