import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.documents.wrapped_lines import join_lines, unwrap, unwrap_flowed

SENTENCE = (
    "The old bridge over the river was closed on Monday, after engineers had found cracks in two of its "
    "pillars, and the council voted on the repair in the evening of the same day without any debate."
)


@pytest.mark.parametrize("width", [45, 60, 72, 76, 100])
def test_what_was_broken_to_fit_is_one_line_again(width: int) -> None:
    text = "\n\n".join("\n".join(textwrap.wrap(SENTENCE * 2, width)) for _ in range(2))
    assert unwrap(text) == "\n\n".join([SENTENCE * 2] * 2)


@given(
    st.integers(50, 100), st.lists(st.sampled_from(["council", "of", "bridge", "a", "repairs"]), min_size=40)
)
def test_any_broken_paragraph_is_one_line_again(width: int, words: list[str]) -> None:
    whole = " ".join(words)
    assert unwrap("\n".join(textwrap.wrap(whole, width))) == whole


def test_line_breaks_that_somebody_meant_stay() -> None:
    wrapped = "\n".join(textwrap.wrap(SENTENCE, 60))
    rest = "In short:\n- the bridge is closed\n- ferries run\n1. Monday\n2. Tuesday\n\nAnn Lee\nThe Post"
    assert unwrap(f"{wrapped}\n\n{rest}") == f"{SENTENCE}\n\n{rest}"


@pytest.mark.parametrize(
    "text", [SENTENCE, "A short\nverse of\nfour lines\nstays.", "", "\n\n", f"{SENTENCE}\n{SENTENCE}"]
)
def test_text_that_was_never_broken_stays(text: str) -> None:
    assert unwrap(text) == text


@pytest.mark.parametrize(
    ("line", "after", "whole"),
    [
        ("the old", "bridge", "the old bridge"),
        ("a well-", "known bridge", "a well-known bridge"),
        ("橋は月曜日に", "閉鎖された", "橋は月曜日に閉鎖された"),
        ("다리는 월요일에", "폐쇄되었다", "다리는 월요일에 폐쇄되었다"),
        ("", "one", "one"),
    ],
)
def test_two_halves_are_put_together_as_the_script_does(line: str, after: str, whole: str) -> None:
    assert join_lines(line, after) == whole


def test_text_that_flows_is_joined_where_it_says_so() -> None:
    assert unwrap_flowed("The old \nbridge was \nclosed.\nIt opens.\n-- \nAnn") == (
        "The old bridge was closed.\nIt opens.\n-- \nAnn\n"
    )
    assert unwrap_flowed("橋は \n閉鎖", delete_space=True) == "橋は閉鎖\n"
