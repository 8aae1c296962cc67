"""With codes the nearest are found as without, and what is masked never is."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval.index import quantised_search
from retrieval.index.nearest import EXACT_SEARCH, Near
from retrieval.index.quantised_search import QUANTISED_SEARCH
from retrieval.models.embedder import Vectors
from retrieval.segments.dense import DenseIndex, Mask
from retrieval.segments.segment import Segment
from tests.retrieval.segments.test_codes import codes_of, questions, topical_rows
from tests.retrieval.snapshots import article, segment_in_memory

WANTED = 40


def with_vectors(rows: NDArray[np.float16], *, coded: bool) -> Segment:
    """A segment of which only the vectors matter."""
    made = segment_in_memory([article("one", "It rained.")])
    return replace(made, dense=DenseIndex.of(rows), codes=codes_of(rows) if coded else None)


@pytest.fixture(scope="module")
def segments() -> list[Segment]:
    """Two large ones and, between them, a small one."""
    return [
        with_vectors(topical_rows(3_500, 192, 1), coded=True),
        with_vectors(topical_rows(600, 192, 2), coded=False),
        with_vectors(topical_rows(2_500, 192, 3), coded=True),
    ]


def best(found: Sequence[Near]) -> set[tuple[float, int, int]]:
    """Cosine, place and row of the nearest of all segments."""
    every = [
        (cosine, place, row)
        for place, (cosines, rows) in enumerate(found)
        for cosine, row in zip(cosines.tolist(), rows.tolist(), strict=True)
    ]
    return set(sorted(every, reverse=True)[:WANTED])


def share(segments: Sequence[Segment], masks: Sequence[Mask | None], asked: Sequence[Vectors]) -> float:
    """Of the nearest, cosines included, what is found with codes."""
    held = []
    for question in asked:
        exact = best(EXACT_SEARCH.near(segments, question, WANTED, masks))
        found = QUANTISED_SEARCH.near(segments, question, WANTED, masks)
        for mask, (_, rows) in zip(masks, found, strict=True):
            assert mask is None or mask[rows].all()
        held.append(len(exact & best(found)) / len(exact))
    return float(np.mean(held))


@pytest.mark.parametrize("more", [quantised_search.MORE, 0])
def test_nearly_all_of_the_nearest_are_found_with_their_exact_cosines(
    segments: list[Segment], more: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quantised_search, "MORE", more)  # with 0 each is asked for too few at first
    assert share(segments, [None] * 3, questions(192)) >= 0.995


def test_few_are_compared(segments: list[Segment]) -> None:
    found = QUANTISED_SEARCH.near(segments, questions(192)[0], WANTED, [None] * 3)
    assert sum(len(found[place][1]) for place in (0, 2)) < 11 * WANTED


def test_where_some_articles_are_gone_they_are_not_found_and_the_others_are(segments: list[Segment]) -> None:
    chance = np.random.default_rng(1)
    masks: list[Mask | None] = [chance.random(len(one.dense)) < 0.9 for one in segments]
    assert share(segments, masks, questions(192)) >= 0.995
    assert share(segments, [masks[0], None, None], questions(192)) >= 0.995


def test_where_a_filter_leaves_little_the_nearest_are_exact(segments: list[Segment]) -> None:
    chance = np.random.default_rng(2)
    for left in (0.5, 0.01, 0.0):
        masks: list[Mask | None] = [chance.random(len(one.dense)) < left for one in segments]
        for question in questions(192)[:10]:
            exact = EXACT_SEARCH.near(segments, question, WANTED, masks)
            found = QUANTISED_SEARCH.near(segments, question, WANTED, masks)
            assert [rows.tolist() for _, rows in found] == [rows.tolist() for _, rows in exact]


def test_where_what_is_gone_is_what_seems_nearest_the_nearest_of_the_rest_are_exact(
    segments: list[Segment],
) -> None:
    for question in questions(192)[:10]:
        masks: list[Mask | None] = []
        for one in segments:
            mask = np.ones(len(one.dense), np.bool_)
            mask[one.dense.search(question, len(mask) // 5)[1]] = False
            masks.append(mask)
        assert share(segments, masks, [question]) == 1


def test_of_more_copies_of_one_chunk_than_are_compared_all_are_found() -> None:
    question, copied = questions(96)[0], topical_rows(5_000, 96, 5)
    copied[::10] = question[0].astype(np.float16)
    segments = [with_vectors(copied[1:], coded=False), with_vectors(copied, coded=True)]
    _, (_, found) = QUANTISED_SEARCH.near(segments, question, WANTED, [None, None])
    assert sorted(found.tolist()) == list(range(0, 5_000, 10))


def test_without_codes_all_is_compared() -> None:
    segments = [with_vectors(topical_rows(300, 192, seed), coded=False) for seed in (6, 7)]
    question = questions(192)[0]
    assert best(QUANTISED_SEARCH.near(segments, question, WANTED, [None, None])) == best(
        EXACT_SEARCH.near(segments, question, WANTED, [None, None])
    )
    assert QUANTISED_SEARCH.near([], question, WANTED, []) == []
