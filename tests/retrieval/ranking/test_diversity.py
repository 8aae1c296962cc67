from collections import Counter
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.ranking.diversity import LIKELIER, OVERLAP, PAGE, Extent, diversify

ODDS = st.floats(1e-6, 1e6)
EXTENT = st.tuples(st.sampled_from("abcd"), st.integers(0, 900), st.integers(1, 300)).map(
    lambda one: (one[0], one[1], one[1] + one[2])
)


def apart(names: str) -> list[Extent]:
    """Passages of these articles, none over another."""
    return [(name, 100 * place, 100 * place + 90) for place, name in enumerate(names)]


def shown(names: str, odds: list[float], limit: int = PAGE, per_article: int | None = None) -> list[int]:
    return diversify(odds, apart(names), limit, per_article=per_article)


def test_another_article_takes_the_place_of_a_third_passage() -> None:
    assert shown("aaab", [4, 3, 2, 1.5]) == [0, 1, 3]
    assert shown("aaab", [4, 3, 2, 1.5], 10) == [0, 1, 3, 2]


def test_a_third_passage_stays_where_it_is_twice_as_likely() -> None:
    assert shown("aaab", [4, 3, 2, 2 / LIKELIER]) == [0, 1, 2]
    assert shown("aaab", [4, 3, 2, 2 / LIKELIER + 0.01]) == [0, 1, 3]


def test_that_many_an_article_that_were_asked_for_are_no_more_however_likely() -> None:
    assert shown("aaab", [900, 800, 700, 1], per_article=2) == [0, 1, 3]
    assert shown("aaab", [900, 800, 700, 1], per_article=1) == [0, 3]
    assert shown("aaab", [900, 800, 700, 690], per_article=3) == [0, 1, 2]


def test_one_page_is_rather_left_short_and_several_are_filled() -> None:
    assert shown("aaaa", [4, 3, 2, 1]) == [0, 1]
    assert shown("aaaa", [4, 3, 2, 1], 4) == [0, 1, 2, 3]


def test_what_repeats_takes_no_place() -> None:
    extents = [("a", 0, 100), ("a", 60, 160), ("a", 71, 171), ("b", 0, 100)]
    assert diversify([4, 3, 2, 1], extents, 10) == [0, 2, 3]


def test_copies_take_no_place_and_are_told_by_their_places() -> None:
    asked: list[tuple[int, int]] = []

    def copies(first: int, second: int) -> bool:
        asked.append((first, second))
        return {first, second} == {0, 2}

    assert diversify([4, 3, 2, 1], apart("abcd"), 10, copies=copies) == [0, 1, 3]
    assert (0, 2) in asked


def test_nothing_is_shown_of_nothing() -> None:
    assert diversify([], [], 3) == []
    assert shown("ab", [2, 1], 0) == []


@given(
    st.lists(st.tuples(ODDS, EXTENT), max_size=30),
    st.integers(0, 20),
    st.none() | st.integers(1, 4),
)
def test_pages_hold_what_they_may(
    ranked: list[tuple[float, Extent]], limit: int, per_article: int | None
) -> None:
    ranked.sort(key=lambda one: -one[0])
    odds, extents = [one for one, _ in ranked], [one for _, one in ranked]
    places = diversify(odds, extents, limit, per_article=per_article)
    assert len(places) == len(set(places)) <= limit
    assert places[:1] == ([0] if ranked and limit else [])
    for one, other in combinations(places, 2):
        (article, start, end), (second, first, last) = extents[one], extents[other]
        if article == second:
            assert min(end, last) - max(start, first) <= OVERLAP * (last - first)
    if per_article is not None and limit <= PAGE:
        assert all(count <= per_article for count in Counter(extents[place][0] for place in places).values())
