"""The likeliest span, against trying all of them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from retrieval.models.packaged import packaged_folder
from retrieval.reading.spans import LONGEST_ANSWER, likeliest, likeliest_of_each, overlapping

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
            for other in range(one, min(one + LONGEST_ANSWER, len(pairs)))
        )
    )
    assert first <= last < first + LONGEST_ANSWER


@given(odds)
def test_how_sure_a_span_is_counts_all_that_overlap_it(pairs: list[tuple[int, int]]) -> None:
    firsts, lasts = (np.array(side, np.float32) for side in zip(*pairs, strict=True))
    highest, (first, last) = likeliest(firsts, lasts)
    chances = {
        (one, other): math.exp(float(firsts[one] + lasts[other]) - highest)
        for one in range(len(pairs))
        for other in range(one, min(one + LONGEST_ANSWER, len(pairs)))
    }
    over = sum(chance for (one, other), chance in chances.items() if one <= last and other >= first)
    assert overlapping(firsts, lasts, (first, last)) == pytest.approx(over / sum(chances.values()), abs=1e-9)


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
    found = likeliest_of_each(pair, firsts, lasts, sentences)
    assert [(one.value, one.span) for one in found] == [(2, (0, 1)), (7, (29, 34))]
    assert 0 < found[0].share < found[1].share < 1


def test_a_sentence_that_was_cut_off_has_none(tokenizer: Tokenizer) -> None:
    text = "A whale was seen. It was off Busan."
    cut: Tokenizer = Tokenizer.from_str(tokenizer.to_str())
    cut.enable_truncation(12, strategy="only_second")
    pair = cut.encode("Where was the whale?", text)
    zeros = np.zeros(len(pair.ids), np.float32)
    whole, cut_off = likeliest_of_each(pair, zeros, zeros, [(0, 17), (18, 35)])
    assert (whole.value, whole.span) == (0, (0, 1))
    assert cut_off == (-np.inf, (18, 35), 0)


def test_without_tokens_nothing_is_likely() -> None:
    nothing = np.zeros(0, np.float32)
    assert likeliest(nothing, nothing)[0] == -np.inf
