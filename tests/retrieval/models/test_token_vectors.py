import math
import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from retrieval.models.token_vectors import ASKED_AT_ONCE, AT_ONCE, content_mask, joined, signs_of, similarity
from retrieval.text.analyzer import STOP_WORDS

NUMBER = st.floats(-1, 1, width=32)
DIMENSION = st.integers(1, 20)


@given(st.data(), DIMENSION)
def test_similarity_is_the_cosine_with_the_signs(data: st.DataObject, dimension: int) -> None:
    question = data.draw(arrays(np.float32, (2, dimension), elements=NUMBER))
    vectors = data.draw(arrays(np.float32, (3, dimension), elements=NUMBER))
    found = similarity(question, signs_of(vectors))
    assert found.shape == (2, 3)
    for asked, row in zip(question.tolist(), found.tolist(), strict=True):
        for vector, value in zip(vectors.tolist(), row, strict=True):
            product = sum(
                number if other > 0 else -number for number, other in zip(asked, vector, strict=True)
            )
            assert value == pytest.approx(product / math.sqrt(dimension), abs=1e-5)


@pytest.mark.parametrize("asked", [0, 1, ASKED_AT_ONCE, ASKED_AT_ONCE + 1, 60])
def test_a_token_is_as_near_whatever_is_compared_beside_it(asked: int) -> None:
    numbers = np.random.default_rng(5)
    question = numbers.standard_normal((asked, 384)).astype(np.float32)
    signs = signs_of(numbers.standard_normal((AT_ONCE + 3, 384)).astype(np.float32))
    found = similarity(question, signs)
    assert found.shape == (asked, AT_ONCE + 3)
    for row in range(0, asked, 7):
        for column in (0, AT_ONCE, AT_ONCE + 2):
            [[alone]] = similarity(question[row : row + 1], signs[column : column + 1])
            assert found[row, column] == alone


def test_no_product_is_so_large_that_openblas_gives_it_to_all_cores() -> None:
    assert ASKED_AT_ONCE * AT_ONCE * 384 <= 65_536 * 4  # interface/gemm.c: GEMM_MULTITHREAD_THRESHOLD


def test_eight_dimensions_are_a_byte() -> None:
    signs = signs_of(np.array([[1, -1, 0, 2, -0.5, 0, 0, 3], [-1] * 8], np.float32))
    assert signs.tolist() == [[0b10010001], [0]]
    assert signs_of(np.zeros((0, 384), np.float32)).shape == (0, 48)


@given(st.lists(st.integers(0, 4), max_size=6))
def test_joined_tokens_come_back_text_by_text(counts: list[int]) -> None:
    texts = [
        (
            np.arange(count, dtype=np.uint16),
            np.full((count, 2), row, np.uint8),
        )
        for row, count in enumerate(counts)
    ]
    tokens = joined(texts, 2)
    assert tokens.starts[-1] == len(tokens.places) == len(tokens.signs) == sum(counts)
    assert tokens.signs.shape == (sum(counts), 2)
    for row, (places, signs) in enumerate(texts):
        found = tokens.of(row)
        assert np.array_equal(found[0], places)
        assert np.array_equal(found[1], signs)


def test_words_of_the_subject_are_telling_and_the_others_are_not() -> None:
    text = "What did the Post-Office say, and_WHY?"
    spans = [found.span() for found in re.finditer(r"\w+|[^\w\s]", text)]
    flags = content_mask(text, spans)
    assert [text[start:end] for (start, end), tells in zip(spans, flags, strict=True) if tells] == [
        "Post",
        "Office",
    ]


@given(st.text(alphabet="thea _-.\n고가奈良0é", max_size=40), st.data())
def test_tokens_are_telling_where_they_share_a_character_with_such_a_word(
    text: str, data: st.DataObject
) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    spans = list(pairwise(cuts))
    words = [found for found in re.finditer(r"[^\W_]+", text) if found[0].lower() not in STOP_WORDS]
    expected = [
        any(max(start, word.start()) < min(end, word.end()) for word in words) for start, end in spans
    ]
    assert content_mask(text, spans) == expected
