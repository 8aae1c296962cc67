import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.ragged import gathered, ranges, starts_of

SENTENCES = st.lists(st.lists(st.integers(0, 1000), max_size=5), max_size=8)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5)), max_size=8))
def test_ranges_are_one_after_the_other_each_with_its_own(spans: list[tuple[int, int]]) -> None:
    firsts = np.array([first for first, _ in spans], np.int64)
    lasts = np.array([first + length for first, length in spans], np.int64)
    numbers, owners = ranges(firsts, lasts)
    plain = [(number, row) for row, (first, n) in enumerate(spans) for number in range(first, first + n)]
    assert list(zip(numbers.tolist(), owners.tolist(), strict=True)) == plain


@given(SENTENCES, st.data())
def test_some_of_the_lists_in_any_order(sentences: list[list[int]], data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.integers(0, len(sentences) - 1), max_size=6)) if sentences else []
    values = np.array([term for sentence in sentences for term in sentence], np.int32)
    starts = starts_of(np.array([len(sentence) for sentence in sentences], np.int64))
    found, owners = gathered(values, starts, np.array(rows, np.int64))
    plain = [(term, place) for place, row in enumerate(rows) for term in sentences[row]]
    assert list(zip(found.tolist(), owners.tolist(), strict=True)) == plain
    assert found.dtype == np.int32


@given(st.lists(st.integers(0, 9), max_size=8))
def test_lists_start_where_the_one_before_ends(counts: list[int]) -> None:
    starts = starts_of(np.array(counts, np.int64))
    assert starts.tolist() == [sum(counts[:place]) for place in range(len(counts) + 1)]
