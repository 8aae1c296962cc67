"""Things that are told apart by a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.numbered import numbered


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Who won Game 6 of the final?", {"game": {6}}),
        ("Ferry Round 5: the crews are back", {"round": {5}}),
        ("It won games 2 and later game 4.", {"game": {2, 4}}),
        ("the third law", {"law": {3}}),
        ("the 2nd ferry and the 12th", {"ferry": {2}}),
        ("It was No. 2, ahead of #3.", {"number": {2, 3}}),
        ("It came in at number two.", {"number": {2}}),
        ("round four", {"round": {4}}),
        ("the weekend 17 Bridges opened", {}),
        ("at least 3 ferries and around 12", {}),
        ("It rose by 2.5 points to 17%.", {}),
        ("It beat them 3-1 at 10:30.", {}),
        ("They paid 1,200 in the year 2019.", {}),
        ("", {}),
    ],
)
def test_numbers_by_their_nouns(text: str, found: dict[str, set[int]]) -> None:
    assert numbered(text) == found


@given(st.integers(1, 999))
def test_an_ordinal_is_the_number_that_it_has_digits_for(number: int) -> None:
    assert numbered(f"the {number}th ferry") == numbered(f"ferry {number}") == {"ferry": {number}}


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert all(numbers and noun for noun, numbers in numbered(text).items())
