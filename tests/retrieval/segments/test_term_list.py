import pytest
from hypothesis import given
from hypothesis import strategies as st

import retrieval.segments.term_list
from retrieval.segments.term_list import TermList, term_bytes

TERMS = st.text(max_size=5)


@given(st.sets(TERMS, max_size=20), st.lists(TERMS, max_size=40), st.integers(1, 4), st.integers(1, 5))
def test_a_term_has_the_row_where_it_stands_however_often_it_is_asked_for(
    terms: set[str], asked: list[str], known: int, marked: int
) -> None:
    with pytest.MonkeyPatch.context() as small:
        small.setattr(retrieval.segments.term_list, "CACHED_TERMS", known)
        small.setattr(retrieval.segments.term_list, "TERMS_PER_MARK", marked)
        ordered = sorted(map(term_bytes, terms))
        held = TermList.of(ordered)
        assert list(held) == ordered
        for term in (*asked, *terms, *asked):
            expected = ordered.index(term_bytes(term)) if term in terms else None
            assert held.row(term) == held.row(term) == expected
            assert len(held._known) <= known
