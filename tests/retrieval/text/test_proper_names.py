import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.proper_names import ProperName, SearchedText, bare, pieces, runs

LIMIT = 1.0
"""Seconds for a text of any form of 20,000 characters: a hundred times what the slowest takes."""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("When Lee Jae-myung met Donald Trump", ["When Lee Jae-myung", "Donald Trump"]),
        ("the University of Michigan and Toyota’s president", ["University of Michigan", "Toyota"]),
        ("a U.S. Senate of Johnson & Johnson", ["U.S. Senate of Johnson & Johnson"]),
        ("an iPhone 15, a Boeing 737, Arsenal 2-1, 49 men", ["iPhone 15", "Boeing 737", "Arsenal"]),
        ("Ludwig van Beethoven, O'Brien", ["Ludwig van Beethoven", "O'Brien"]),
        ("nothing here, 12 times", []),
        ("Apple은", ["Apple"]),
    ],
)
def test_words_with_capitals_that_follow_each_other_are_a_name(text: str, names: list[str]) -> None:
    assert [found[0] for found in runs(text)] == names


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("President Barack Obama", ("barack", "obama")),
        ("Prime Minister of Japan", ("japan",)),
        ("Lee Jae-myung", ("lee", "jae", "myung")),
        ("General Motors", ("general", "motors")),
        ("General David Petraeus", ("david", "petraeus")),
        ("U.S. Senate", ("us", "senate")),
        ("O’Brien", ("o'brien",)),
        ("The President", ()),
    ],
)
def test_titles_are_no_part_of_a_name(name: str, words: tuple[str, ...]) -> None:
    assert bare(pieces(name)) == words


@pytest.mark.parametrize(
    ("name", "text", "stands"),
    [
        ("Travis Kelce", "travis kelce", True),
        ("Travis Kelce", "So said Kelce.", True),
        ("Travis Kelce", "Travis said so.", True),
        ("Travis Kelce", "Travis Scott said so.", False),
        ("Travis Kelce", "Jason Kelce said so.", False),
        ("Travis Kelce", "Kelcey said so; the travis.", False),
        ("Bank of America", "The Bank of Japan", False),
        ("Barack Obama", "Then President Obama spoke", True),
        ("South Korea", "South Korean troops", True),
        ("South Korea", "North Korean troops", False),
        ("New York", "the New Year", False),
        ("John F. Kennedy", "John Kennedy", True),
        ("Boeing 737", "a Boeing 747", False),
        ("Beyoncé", "Beyoncé's song", True),
        ("Rome", "romesh", False),
        ("Omaha Nebraska", "in Omaha, Nebraska", True),
        ("N. Korea", "in North Korea", True),
        ("Knesset of Germany", "Germany told the Knesset", True),
        ("Knesset of Germany", "He told the Knesset", False),
    ],
)
def test_a_text_has_a_name_where_it_means_no_one_else(name: str, text: str, stands: bool) -> None:
    assert ProperName(bare(pieces(name))).occurs_in(SearchedText(text)) is stands


def test_only_what_is_written_in_capitals_is_an_abbreviation() -> None:
    told = "the World Health Organization"
    assert ProperName(("who",), capitals=True).occurs_in(SearchedText(told))
    assert not ProperName(("who",)).occurs_in(SearchedText(told))
    assert ProperName(("world", "health", "organization")).occurs_in(SearchedText("the W.H.O. said"))
    assert not ProperName(("sam", "altman")).occurs_in(SearchedText("in SA"))


@given(
    st.lists(st.sampled_from("A Ab A. A- ’s'.& of the de la U.S. 1 \n".split(" ")), max_size=40).map("".join)
)
def test_a_long_text_of_any_form_is_read_in_linear_time(piece: str) -> None:
    text = (piece or "A")[:40] * 20_000
    text = text[:20_000]
    begun = time.process_time()
    assert sum(len(found[0]) for found in runs(text)) <= len(text)
    ProperName(("ab", "a")).occurs_in(SearchedText(text), text)
    assert time.process_time() - begun < LIMIT
