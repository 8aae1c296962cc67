import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from retrieval.models.embedder import Vectors
from retrieval.segments.dense import DenseIndex, dense_header


def unit_rows(count: int, dimension: int = 16, seed: int = 0) -> Vectors:
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def nearest(
    rows: NDArray[np.float16], question: Vectors, allowed: NDArray[np.bool_], count: int
) -> list[int]:
    cosines = np.where(allowed, rows.astype(np.float64) @ question[0].astype(np.float64), -np.inf)
    return [int(row) for row in np.argsort(-cosines, kind="stable")[: min(count, int(allowed.sum()))]]


@given(st.integers(1, 300), st.integers(1, 40), st.floats(0, 1), st.integers(0, 2**31))
def test_the_nearest_are_those_of_brute_force_with_and_without_a_filter(
    count: int, asked: int, share: float, seed: int
) -> None:
    rows, question = unit_rows(count, seed=seed).astype(np.float16), unit_rows(1, seed=seed + 1)
    index = DenseIndex.of(rows)
    everything = np.ones(count, np.bool_)
    some = np.random.default_rng(seed).random(count) < share
    assert index.search(question, asked)[1].tolist() == nearest(rows, question, everything, asked)
    assert index.search(question, asked, everything)[1].tolist() == nearest(rows, question, everything, asked)
    assert index.search(question, asked, some)[1].tolist() == nearest(rows, question, some, asked)


def test_an_empty_index_finds_nothing() -> None:
    index = DenseIndex.of(np.zeros((0, 16), np.float16))
    assert len(index) == 0
    assert index.dimension == 16
    assert index.search(unit_rows(1), 5)[1].tolist() == []
    assert index.search(unit_rows(1), 5, np.zeros(0, np.bool_))[1].tolist() == []
    assert index.similarity(unit_rows(1), np.zeros(0, np.int64)).tolist() == []


def test_similarity_is_the_cosine_of_each_row() -> None:
    rows, question = unit_rows(50).astype(np.float16), unit_rows(1, seed=1)
    asked = np.array([7, 0, 49, 7], np.int64)
    found = DenseIndex.of(rows).similarity(question, asked)
    assert found.dtype == np.float32
    assert np.allclose(found, rows[asked].astype(np.float32) @ question[0], atol=1e-6)


@given(st.integers(1, 60), st.integers(0, 59), st.booleans(), st.integers(0, 2**31))
def test_all_rows_that_are_as_near_as_one_are_found(
    count: int, place: int, filtered: bool, seed: int
) -> None:
    rows = np.repeat(unit_rows(count, seed=seed), 2, axis=0).astype(np.float16)  # each twice
    question, index = unit_rows(1, seed=seed + 1), DenseIndex.of(rows)
    allowed = np.random.default_rng(seed).random(len(rows)) < 0.5 if filtered else None
    cosines, order = index.search(question, len(rows), allowed)
    if place < len(order):
        found, near = index.within(question, float(cosines[place]), allowed)
        assert sorted(near.tolist()) == sorted(order[cosines >= cosines[place]].tolist())
        assert sorted(found.tolist()) == sorted(cosines[cosines >= cosines[place]].tolist())


def test_the_file_is_one_that_faiss_reads_and_the_rows_stay_in_it() -> None:
    rows = unit_rows(70, 8).astype(np.float16)
    file = memoryview(dense_header(*rows.shape) + rows.tobytes())
    index = DenseIndex(file)
    assert np.array_equal(index.vectors, rows)
    assert np.shares_memory(index.vectors, np.frombuffer(file, np.uint8))
    assert faiss.deserialize_index(np.frombuffer(file, np.uint8)).ntotal == 70


@pytest.mark.parametrize(
    "change", [lambda file: file[:-1], lambda file: file[:40], lambda _: b"", lambda _: b"x" * 99]
)
def test_what_is_no_index_is_refused(change: Callable[[bytes], bytes]) -> None:
    rows = unit_rows(3, 8).astype(np.float16)
    with pytest.raises(ValueError, match="the vectors are"):
        DenseIndex(memoryview(change(dense_header(*rows.shape) + rows.tobytes())))


def test_the_filter_lives_as_long_as_the_search_needs_it() -> None:
    rows, question = unit_rows(20_000).astype(np.float16), unit_rows(1, seed=1)
    index = DenseIndex.of(rows)
    for seed in range(4):
        allowed = np.random.default_rng(seed).random(20_000) < 0.001
        gc.collect()
        assert index.search(question, 5, allowed)[1].tolist() == nearest(rows, question, allowed, 5)


def test_no_thread_that_searches_shares_the_work_with_others() -> None:
    index, question = DenseIndex.of(np.eye(8, dtype=np.float16)), np.eye(8, dtype=np.float32)[:1]

    def threads_after(search: Callable[[], object]) -> int:
        faiss.omp_set_num_threads(2)
        search()
        return int(faiss.omp_get_max_threads())

    searches: list[Callable[[], object]] = [
        lambda: index.search(question, 3),
        lambda: index.within(question, 0.5),
        lambda: index.similarity(question, np.arange(3)),
    ]
    with ThreadPoolExecutor(1) as fresh:
        assert list(fresh.map(threads_after, searches)) == [1, 1, 1]
