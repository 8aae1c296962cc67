"""Things that are identified by a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.numbered import NumberedThing, numbered


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Who won Game 6 of the final?", [("game", 6)]),
        ("Ferry Round 5: the crews are back", [("round", 5)]),
        ("It won games 2 and later game 4.", [("game", 2), ("game", 4)]),
        ("the third law", [("law", 3)]),
        ("the 2nd ferry and the 12th", [("ferry", 2)]),
        ("the second Harbour Run race of the year", [("harbour run race", 2)]),
        ("a first, second and third-class ferry", [("class ferry", 3)]),
        ("their eighth formal meeting with the mayor", [("formal meeting", 8)]),
        ("It was No. 2, ahead of #3.", [("number", 2), ("number", 3)]),
        ("It came in at number two.", [("number", 2)]),
        ("the tenth three-way summit", [("three way summit", 10)]),
        ("The harbour is open 24/7.", []),
        ("round four", [("round", 4)]),
        ("the weekend 17 Bridges opened", []),
        ("at least 3 ferries and around 12", []),
        ("the first time since 2019", []),
        ("It rose by 2.5 points to 17%.", []),
        ("It beat them 3-1 at 10:30.", []),
        ("They paid 1,200 in the year 2019.", []),
        ("", []),
    ],
)
def test_things_and_their_numbers(text: str, found: list[tuple[str, int]]) -> None:
    assert [(" ".join(one.words), one.number) for one in numbered(text)] == found


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("the third Harbour Run race", "the first race of the year", True),
        ("the third Harbour Run race", "a second Harbour Run race", True),
        ("the third ferry", "the second ferry sank", True),
        ("when the third ferry sank", "the second ferry burned", True),
        ("the seventh meeting", "the first separate meeting", True),
        ("the second port minister", "the first ferry minister", True),
        ("the second ferry minister", "the first harbour master", False),
        ("round 4", "the third round", True),
        ("game 4", "round 3", False),
    ],
)
def test_things_of_one_kind(one: str, other: str, *, alike: bool) -> None:
    [left], [right] = numbered(one), numbered(other)
    assert left.is_alike(right) is right.is_alike(left) is alike


@given(st.integers(1, 999))
def test_an_ordinal_is_the_number_that_it_has_digits_for(number: int) -> None:
    same = [NumberedThing(("ferry",), number)]
    assert list(numbered(f"the {number}th ferry")) == list(numbered(f"ferry {number}")) == same


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert all(one.number >= 0 and all(one.words) for one in numbered(text))
