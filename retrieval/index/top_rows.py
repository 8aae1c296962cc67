"""The best rows over several segments, as if the segments were one."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.index.row_numbers import Part, RowNumbers, Rows
from retrieval.segments.segment import Segment

Table = NDArray[np.int32]
"""Rows (article, start, end), as in `Tables`."""


def kth_highest(values: Sequence[NDArray[np.float32]], count: int) -> float:
    """The `count`-th highest of all values; -inf if there are at most `count`."""
    every = np.concatenate([np.zeros(0, np.float32), *values])
    return float(np.partition(every, -count)[-count]) if every.size > count else -np.inf


def best_rows(
    segments: Sequence[Segment],
    tables: Sequence[Table],
    rows: RowNumbers,
    values: NDArray[np.float32],
    numbers: Rows,
    count: int,
) -> Rows:
    """Those of the `numbers` (rows of the tables, with these `values`) that are among the `count` best,
    ascending.

    Ties are broken by article id, then by position in the text, so the choice does not depend on how a
    collection is divided into segments.
    """
    least = kth_highest([values], count)
    if least == -np.inf:
        return np.sort(numbers)
    better = numbers[values > least]
    room = count - len(better)
    # At most `room` of each segment, whose rows are in order already.
    tied = rows.parts(np.sort(numbers[values == least]))
    last = np.concatenate([some[:room] + rows.first(place) for place, _, some in tied])
    keys = sort_keys(segments, tables, rows.parts(last))
    first = sorted(range(len(keys)), key=keys.__getitem__)[:room]
    return np.sort(np.concatenate([better, last[first]]))


def sort_keys(
    segments: Sequence[Segment], tables: Sequence[Table], parts: Sequence[Part]
) -> list[tuple[str, int]]:
    """Sort keys of rows over all segments: the article's id, and the start of the row in its text."""
    return [
        (segments[place].articles.headings[article].id, start)
        for place, _, rows in parts
        for article, start, _ in tables[place][rows].tolist()
    ]
