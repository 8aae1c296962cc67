"""Choosing the best rows of several segments as if they were one, whichever segments they are in."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.segments.segment import Segment

Rows = NDArray[np.int64]
Table = NDArray[np.int32]
"""Rows (article, start, end), as `Tables` has them."""


def lowest_of_highest(values: Sequence[NDArray[np.float32]], count: int) -> float:
    """The lowest of the `count` highest of all the values; of no more than so many, below all (-inf)."""
    every = np.concatenate([np.zeros(0, np.float32), *values])
    return float(np.partition(every, -count)[-count]) if every.size > count else -np.inf


def best_rows(
    segments: Sequence[Segment],
    tables: Sequence[Table],
    values: Sequence[NDArray[np.float32]],
    rows: Sequence[Rows],
    count: int,
) -> list[Rows]:
    """For each segment those of its `rows` (with these `values`) that are among the `count` best of all,
    ascending.

    Of rows as good as the last one those come first whose article's id does, and then whose text does: the
    choice does not hang on how a collection is cut into segments.
    """
    least = lowest_of_highest(values, count)
    if least == -np.inf:
        return [np.sort(one) for one in rows]
    better = [one[value > least] for one, value in zip(rows, values, strict=True)]
    room = count - sum(map(len, better))
    tied = [np.sort(one[value == least])[:room] for one, value in zip(rows, values, strict=True)]
    chosen = sorted(
        (*place_in_order(segment, table, row), place, row)
        for place, (segment, table, one) in enumerate(zip(segments, tables, tied, strict=True))
        for row in one.tolist()
    )[:room]
    return [
        np.sort(np.concatenate([one, np.array([row for *_, at, row in chosen if at == place], np.int64)]))
        for place, one in enumerate(better)
    ]


def place_in_order(segment: Segment, table: Table, row: int) -> tuple[str, int]:
    """What the row of a segment's table is ordered by among those of all segments: the article's id, and
    where in it the row begins."""
    article, start, _ = table[row].tolist()
    return segment.articles.headings[article].id, start
