"""Signs of Markdown and of addresses are not shown, and nothing else is lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.readable import begins_line, readable, readable_text
from tests.bot.unmarked import expected

LINES = st.lists(st.text(alphabet="# a\t\nb#-*[](/%2C", max_size=14), max_size=6).map("\n".join)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("## Early life\n\nHe was born.", "Early life\nHe was born."),
        ("He was born.\n\n  ### Later\n \n\nHe died.", "He was born.\nLater\nHe died."),
        ("C# and #hashtag stay. So does # this.", "C# and #hashtag stay. So does # this."),
        ("#1 of ten", "#1 of ten"),
        ("####### seven are none", "####### seven are none"),
        ("##\n##  ", "##\n##  "),
        ("", ""),
        ("- Bread\n* Salt\n  + Oil\n-- Wine\n-5 degrees", "• Bread\n• Salt\n• Oil\n-- Wine\n-5 degrees"),
        ("* \xa0Pepper\n# \u2003Later", "• Pepper\nLater"),
        ("See [the report](https://example.org/a%2Cb) [1] (2)", "See the report [1] (2)"),
        ("![A tram](/tram.jpg) in the [snow]", "A tram in the [snow]"),
        ("a price drop%2C %22highest%22 caf%C3%A9", 'a price drop, "highest" café'),
        ("50%20 of it, 5%, 1950%2C and 100%", "50%20 of it, 5%, 1950, and 100%"),
        (
            "https://example.org/a%2Cb www.example.org?a=%22 %41 %FF %00",
            "https://example.org/a%2Cb www.example.org?a=%22 %41 %FF %00",
        ),
    ],
)
def test_signs_are_not_shown_and_words_are(text: str, shown: str) -> None:
    assert readable_text(text) == shown


@given(LINES, st.lists(st.integers(0, 80), max_size=4), st.booleans())
def test_in_whatever_pieces_a_text_comes_it_is_read_the_same(
    text: str, cuts: list[int], begins: bool
) -> None:
    ends = sorted({min(cut, len(text)) for cut in cuts} | {0, len(text)})
    pieces = [(text[low:high], low) for low, high in pairwise(ends)]
    made = list(readable(pieces, begins=begins))
    assert [what for _, what in made] == [what for _, what in pieces]
    assert "".join(piece for piece, _ in made) == expected(text, begins=begins)


def test_what_begins_within_a_line_begins_with_no_heading() -> None:
    text = "One.\n# Two"
    assert [begins_line(text, at) for at in (0, 1, 5)] == [True, False, True]
    assert list(readable([("# Two", 1)], begins=False)) == [("# Two", 1)]
