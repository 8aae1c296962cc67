"""Numbering of rows over all segments, so that array operations run once and not once per segment."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T", bound=np.generic)
Rows = NDArray[np.int64]
Part = tuple[int, slice, Rows]
"""The index of a segment, the slice of its rows in an array of numbers, and the rows."""


class RowNumbers:
    """Maps rows to numbers: a row's number is the row plus the number of rows in all earlier segments."""

    def __init__(self, counts: Iterable[int]) -> None:
        """`counts` are the numbers of rows of the segments."""
        self._firsts = [0, *accumulate(counts)]

    def of(self, rows: Sequence[Rows]) -> Rows:
        """The numbers of some rows of each segment, concatenated."""
        numbers = [one + first for one, first in zip(rows, self._firsts, strict=False) if len(one)]
        return np.concatenate([np.zeros(0, np.int64), *numbers])

    def row(self, number: int) -> tuple[int, int]:
        """The index of a number's segment, and its row there."""
        place = bisect_right(self._firsts, number) - 1
        return place, number - self._firsts[place]

    def parts(self, numbers: Rows) -> list[Part]:
        """Split numbers by segment; they must be grouped by segment, in the order of segments."""
        cuts = pairwise(np.searchsorted(numbers, self._firsts).tolist())
        return [
            (place, slice(start, end), numbers[start:end] - self._firsts[place])
            for place, (start, end) in enumerate(cuts)
            if start < end
        ]

    def first(self, place: int) -> int:
        """The number of the first row of the segment with that index."""
        return self._firsts[place]


def gather(parts: Sequence[Part], array: Callable[[int], NDArray[T]]) -> NDArray[T]:
    """Concatenate `array(segment)[rows]` over the parts; there must be at least one."""
    return np.concatenate([array(place)[rows] for place, _, rows in parts])
