"""Codes show what is near, and are the same for the same vectors."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval.models.embedder import Vectors
from retrieval.segments.codes import Codes, can_be_coded, codes_file
from retrieval.segments.dense import DenseIndex, dense_header
from retrieval.segments.row_blocks import RowBlocks


def topical_rows(count: int, dimension: int, seed: int) -> NDArray[np.float16]:
    """Rows of length 1 that lie about some topics, as those of texts do."""
    chance = np.random.default_rng(seed)
    topics = np.random.default_rng(7).standard_normal((200, dimension), np.float32)
    rows = topics[chance.integers(0, 200, count)] + chance.standard_normal((count, dimension), np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float16)


def codes_of(rows: NDArray[np.float16]) -> Codes:
    return Codes(memoryview(codes_file(RowBlocks.of(rows))))


def questions(dimension: int) -> list[Vectors]:
    return [row[None].astype(np.float32) for row in topical_rows(50, dimension, 99)]


def test_the_nearest_are_among_ten_times_as_many_that_seem_so() -> None:
    rows = topical_rows(6_000, 192, 1)
    codes, exact = codes_of(rows), DenseIndex.of(rows)
    assert (len(codes), codes.dimension) == (6_000, 192)
    held = []
    for question in questions(192):
        about, found = codes.search(question, 400)
        assert (np.diff(about) <= 0).all()
        assert np.abs(about - exact.similarity(question, found)).max() < 0.2
        held.append(np.isin(exact.search(question, 40)[1], found).mean())
    assert np.mean(held) >= 0.995


def test_no_more_are_found_than_there_are() -> None:
    _, found = codes_of(topical_rows(50, 64, 3)).search(questions(64)[0], 200)
    assert sorted(found.tolist()) == list(range(50))


def test_the_same_rows_give_the_same_bytes_in_whichever_pieces_they_come() -> None:
    rows = topical_rows(17_000, 16, 4)
    whole = codes_file(RowBlocks.of(rows))
    cuts = [rows[:1], rows[1:1], rows[1:40], rows[40:16_500], rows[16_500:]]
    assert codes_file(RowBlocks(rows.shape, rows.dtype, lambda: iter(cuts))) == whole
    assert codes_file(RowBlocks.of(rows[:16_999])) != whole


def test_vectors_of_a_length_that_neither_two_nor_three_divides_have_none() -> None:
    assert [can_be_coded(dimension) for dimension in (384, 64, 1024, 49, 9)] == [
        True,
        True,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda file: file[:-1],
        lambda file: file[:40],
        lambda _: b"",
        lambda _: b"x" * 99,
        lambda _: dense_header(50, 64) + topical_rows(50, 64, 5).tobytes(),
    ],
)
def test_what_is_no_codes_is_refused(change: Callable[[bytes], bytes]) -> None:
    sound = codes_file(RowBlocks.of(topical_rows(50, 64, 5)))
    with pytest.raises(ValueError, match="the codes are"):
        Codes(memoryview(change(sound)))
