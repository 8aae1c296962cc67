import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.forward import forward_index, ranges

SENTENCES = st.lists(st.lists(st.integers(0, 1000), max_size=5), max_size=8)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5)), max_size=8))
def test_ranges_are_one_after_the_other_each_with_its_own(spans: list[tuple[int, int]]) -> None:
    firsts = np.array([first for first, _ in spans], np.int64)
    lasts = np.array([first + length for first, length in spans], np.int64)
    numbers, owners = ranges(firsts, lasts)
    plain = [(number, row) for row, (first, n) in enumerate(spans) for number in range(first, first + n)]
    assert list(zip(numbers.tolist(), owners.tolist(), strict=True)) == plain


@given(SENTENCES, st.data())
def test_the_terms_of_some_sentences_in_any_order(sentences: list[list[int]], data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.integers(0, len(sentences) - 1), max_size=6)) if sentences else []
    terms, owners = forward_index(sentences).of(np.array(rows, np.int64))
    plain = [(term, place) for place, row in enumerate(rows) for term in sentences[row]]
    assert list(zip(terms.tolist(), owners.tolist(), strict=True)) == plain


@given(SENTENCES)
def test_an_index_holds_every_term_once(sentences: list[list[int]]) -> None:
    index = forward_index(sentences)
    assert index.terms.dtype == np.int32
    assert index.starts.dtype == np.int64
    assert np.diff(index.starts).tolist() == [len(sentence) for sentence in sentences]
    assert index.terms.tolist() == [term for sentence in sentences for term in sentence]
