"""The exact search returns the nearest and all that are as near as the last, however the rows are divided."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from retrieval.index.nearest import EXACT_SEARCH
from retrieval.segments.dense import DenseIndex, Mask
from retrieval.segments.segment import Segment
from tests.retrieval.snapshots import article, segment_in_memory

SEGMENT = segment_in_memory([article("one", "It rained.")])
QUESTION = np.array([[1.0, 0.0]], np.float32)
COSINES = (0.0, 0.25, 0.5, 0.75)
"""Few, so that many rows are equally near."""


def with_cosines(cosines: Sequence[float]) -> Segment:
    """A segment whose chunks have these cosines with QUESTION; of it only the vectors matter."""
    rows: NDArray[np.float16] = np.array([(one, 0.0) for one in cosines], np.float16).reshape(-1, 2)
    return replace(SEGMENT, dense=DenseIndex.of(rows), codes=None)


@st.composite
def divided(draw: st.DrawFn) -> list[list[tuple[float, bool]]]:
    """The cosines of the chunks of some segments, each with whether it is allowed."""
    row = st.tuples(st.sampled_from(COSINES), st.booleans())
    return draw(st.lists(st.lists(row, max_size=8), min_size=1, max_size=3))


@given(divided(), st.integers(1, 10), st.booleans())
def test_it_returns_all_that_are_as_near_as_the_last_one_wanted(
    rows: list[list[tuple[float, bool]]], count: int, masked: bool
) -> None:
    segments = [with_cosines([cosine for cosine, _ in one]) for one in rows]
    masks: list[Mask | None] = [
        np.array([is_in for _, is_in in one], bool) if masked else None for one in rows
    ]
    found = EXACT_SEARCH.near(segments, QUESTION, count, masks)
    every = sorted((cosine for one in rows for cosine, is_in in one if is_in or not masked), reverse=True)
    least = every[count - 1] if len(every) >= count else -1.0
    for one, (cosines, numbers) in zip(rows, found, strict=True):
        expected = {
            (place, cosine)
            for place, (cosine, is_in) in enumerate(one)
            if (is_in or not masked) and cosine >= least
        }
        assert set(zip(numbers.tolist(), cosines.tolist(), strict=True)) == expected
        assert len(numbers) == len(expected)


@pytest.mark.parametrize(("cosines", "ranges"), [((0.9, 0.8, 0.7, 0.6), 0), ((0.9, 0.8, 0.8, 0.6), 1)])
def test_it_looks_for_others_as_near_as_the_last_only_if_there_are_any(
    cosines: Sequence[float], ranges: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    within = DenseIndex.within

    def counted(self: DenseIndex, *arguments: object) -> object:
        asked.append(arguments)
        return within(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(DenseIndex, "within", counted)
    [(_, rows)] = EXACT_SEARCH.near([with_cosines(cosines)], QUESTION, 2, [None])
    assert (len(asked), len(rows)) == (ranges, 2 + ranges)
