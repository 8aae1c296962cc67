"""Headings lose their signs where words are shown, and nothing else is lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.headings import begins_line, unmarked, without_marks
from tests.bot.unmarked import expected

LINES = st.lists(st.text(alphabet="# a\t\nb#", max_size=12), max_size=6).map("\n".join)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("## Early life\n\nHe was born.", "Early life\n\nHe was born."),
        ("He was born.\n\n  ### Later\n\nHe died.", "He was born.\n\nLater\n\nHe died."),
        ("C# and #hashtag stay. So does # this.", "C# and #hashtag stay. So does # this."),
        ("#1 of ten", "#1 of ten"),
        ("####### seven are none", "####### seven are none"),
        ("##\n##  ", "##\n##  "),
        ("", ""),
    ],
)
def test_the_signs_of_a_heading_are_not_shown_and_its_words_are(text: str, shown: str) -> None:
    assert without_marks(text) == shown


@given(LINES, st.lists(st.integers(0, 40), max_size=4), st.booleans())
def test_in_whatever_pieces_a_text_comes_only_the_signs_are_lost(
    text: str, cuts: list[int], begins: bool
) -> None:
    ends = sorted({min(cut, len(text)) for cut in cuts} | {0, len(text)})
    pieces = [(text[low:high], low) for low, high in pairwise(ends)]
    made = list(unmarked(pieces, begins=begins))
    assert [what for _, what in made] == [what for _, what in pieces]
    assert "".join(piece for piece, _ in made) == expected(text, begins=begins)


def test_what_begins_within_a_line_begins_with_no_heading() -> None:
    text = "One.\n# Two"
    assert [begins_line(text, at) for at in (0, 1, 5)] == [True, False, True]
    assert list(unmarked([("# Two", 1)], begins=False)) == [("# Two", 1)]
