"""The likeliest span, against trying all of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from retrieval.models.packaged import packaged_folder
from retrieval.reading.spans import LONGEST, likeliest, likeliest_of_each

odds = st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=1, max_size=80)


@given(odds)
def test_no_span_is_likelier(pairs: list[tuple[int, int]]) -> None:
    firsts, lasts = (np.array(side, np.float32) for side in zip(*pairs, strict=True))
    best, (first, last) = likeliest(firsts, lasts)
    assert (
        best
        == firsts[first] + lasts[last]
        == max(
            firsts[one] + lasts[other]
            for one in range(len(pairs))
            for other in range(one, min(one + LONGEST, len(pairs)))
        )
    )
    assert first <= last < first + LONGEST


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    found: Tokenizer = Tokenizer.from_file(str(packaged_folder() / "tokenizer.json"))
    return found


def test_each_sentence_has_its_own_and_the_question_none(tokenizer: Tokenizer) -> None:
    text = "A whale was seen. It was off Busan."
    sentences = [(0, 17), (18, 35)]
    pair = tokenizer.encode("Where was the whale seen?", text)
    firsts, lasts = np.zeros(len(pair.ids), np.float32), np.zeros(len(pair.ids), np.float32)
    firsts[1] = lasts[1] = 100  # the question's first word
    place = pair.tokens.index("bus")
    firsts[place], lasts[place + 1] = 4, 3
    firsts[pair.tokens.index("a")] = 2
    assert likeliest_of_each(pair, firsts, lasts, sentences) == [(2, (0, 1)), (7, (29, 34))]


def test_a_sentence_that_was_cut_off_has_none(tokenizer: Tokenizer) -> None:
    text = "A whale was seen. It was off Busan."
    cut: Tokenizer = Tokenizer.from_str(tokenizer.to_str())
    cut.enable_truncation(12, strategy="only_second")
    pair = cut.encode("Where was the whale?", text)
    zeros = np.zeros(len(pair.ids), np.float32)
    assert likeliest_of_each(pair, zeros, zeros, [(0, 17), (18, 35)]) == [(0, (0, 1)), (-np.inf, (18, 35))]


def test_without_tokens_nothing_is_likely() -> None:
    nothing = np.zeros(0, np.float32)
    assert likeliest(nothing, nothing)[0] == -np.inf
