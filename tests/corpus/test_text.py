from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import escaped, host, one_line, printable, visible


@given(st.text())
def test_what_is_seen_of_a_text_stays(words: str) -> None:
    shown = visible(words)
    assert [c for c in words if c.isalnum()] == [c for c in shown if c.isalnum()]
    assert visible(shown) == shown
    assert len(shown.splitlines() or [""]) <= len((words or "x").splitlines()) + 1


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a\tb", "a b"),
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("\u202egpj.exe\u202c", "gpj.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("nul\x00\x1b[31m", "nul[31m"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("half \ud800 a pair", "half  a pair"),
        ("a\u2066b\u2069", "ab"),
        ("two\u2060words", "twowords"),
        ("flag \U0001f3f4\U000e0067\U000e007f", "flag \U0001f3f4"),
        ("क्\u200dष \u06005 \u06dd", "क्\u200dष \u06005 \u06dd"),
    ],
)
def test_what_is_not_seen_is_left_out(words: str, shown: str) -> None:
    assert visible(words) == shown


@pytest.mark.parametrize(
    ("function", "text", "shown"),
    [
        (printable, "a\x1b[2Jb\u202ec\nd", "a [2Jb c d"),
        (escaped, "a\x1bb\u202ec\nd\udcff", "a\\x1bb\\u202ec\\nd\\udcff"),
        (one_line, " a\n\tb\u3000 c ", "a b c"),
        (host, "https://www.times.example:443/a?b#c", "times.example"),
        (host, "/a/path", ""),
    ],
)
def test_a_text_is_made_fit_to_show(function: Callable[[str], str], text: str, shown: str) -> None:
    assert function(text) == shown


def test_what_is_kept_stays_though_it_can_not_be_printed() -> None:
    assert printable("a\nb\x1bc", kept="\n") == "a\nb c"
