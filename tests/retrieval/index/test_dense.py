import gc

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from retrieval.index.dense import DenseIndex
from retrieval.models.embedder import Vectors


def unit_rows(count: int, dimension: int = 16, seed: int = 0) -> Vectors:
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def nearest(
    rows: NDArray[np.float16], question: Vectors, allowed: NDArray[np.bool_], count: int
) -> list[int]:
    cosines = np.where(allowed, rows.astype(np.float64) @ question[0].astype(np.float64), -np.inf)
    return [int(row) for row in np.argsort(-cosines, kind="stable")[: min(count, int(allowed.sum()))]]


@settings(deadline=None)
@given(st.integers(1, 300), st.integers(1, 40), st.floats(0, 1), st.integers(0, 2**31))
def test_the_nearest_are_those_of_brute_force_with_and_without_a_filter(
    count: int, asked: int, share: float, seed: int
) -> None:
    rows, question = unit_rows(count, seed=seed).astype(np.float16), unit_rows(1, seed=seed + 1)
    index = DenseIndex(rows)
    everything = np.ones(count, np.bool_)
    some = np.random.default_rng(seed).random(count) < share
    assert index.search(question, asked).tolist() == nearest(rows, question, everything, asked)
    assert index.search(question, asked, everything).tolist() == nearest(rows, question, everything, asked)
    assert index.search(question, asked, some).tolist() == nearest(rows, question, some, asked)


def test_an_empty_index_finds_nothing() -> None:
    index = DenseIndex(np.zeros((0, 16), np.float16))
    assert len(index) == 0
    assert index.dimension == 16
    assert index.search(unit_rows(1), 5).tolist() == []
    assert index.search(unit_rows(1), 5, np.zeros(0, np.bool_)).tolist() == []
    assert index.similarity(unit_rows(1), np.zeros(0, np.int64)).tolist() == []


def test_similarity_is_the_cosine_of_each_row() -> None:
    rows, question = unit_rows(50).astype(np.float16), unit_rows(1, seed=1)
    asked = np.array([7, 0, 49, 7], np.int64)
    found = DenseIndex(rows).similarity(question, asked)
    assert found.dtype == np.float32
    assert np.allclose(found, rows[asked].astype(np.float32) @ question[0], atol=1e-6)


def test_more_rows_than_are_added_at_a_time() -> None:
    rows = unit_rows(70_000, 8).astype(np.float16)
    index = DenseIndex(rows)
    assert len(index) == 70_000
    for row in (0, 65_535, 65_536, 69_999):
        assert index.search(rows[row : row + 1].astype(np.float32), 1).tolist() == [row]


def test_the_filter_lives_as_long_as_the_search_needs_it() -> None:
    rows, question = unit_rows(20_000).astype(np.float16), unit_rows(1, seed=1)
    index = DenseIndex(rows)
    for seed in range(4):
        allowed = np.random.default_rng(seed).random(20_000) < 0.001
        gc.collect()
        assert index.search(question, 5, allowed).tolist() == nearest(rows, question, allowed, 5)
