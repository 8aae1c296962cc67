from dataclasses import asdict, fields

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.preferences import (
    EMPTY,
    LANGUAGES,
    LIMITS,
    PASSAGES,
    AnswerPolicy,
    PreferenceChanges,
    Preferences,
    change,
    decode,
    encode,
)

NAMES = st.lists(st.text(max_size=20), max_size=4).map(tuple)
CHANGES = st.builds(
    PreferenceChanges,
    answers=st.none() | st.sampled_from(AnswerPolicy),
    collections=st.none() | NAMES,
    sources=st.none() | NAMES,
    private=st.none() | st.booleans(),
    passages=st.none() | st.integers(1, PASSAGES),
    language=st.none() | st.sampled_from(LANGUAGES),
    admin_roles=st.none() | NAMES,
    person_limit=st.none() | st.integers(LIMITS[0], LIMITS[-1]),
    channel_limit=st.none() | st.integers(LIMITS[0], LIMITS[-1]),
    notices=st.none() | st.booleans(),
)


def test_every_setting_can_be_changed() -> None:
    assert [field.name for field in fields(PreferenceChanges)] == [
        field.name for field in fields(Preferences)
    ]
    assert set(asdict(EMPTY).values()) == {None}


def test_the_defaults_can_be_chosen_too() -> None:
    chosen = change(EMPTY, asdict(Preferences()))
    assert Preferences().with_changes(chosen) == Preferences()


@given(CHANGES)
def test_what_was_chosen_holds_and_all_else_stays(changes: PreferenceChanges) -> None:
    merged = asdict(Preferences(passages=4, private=True).with_changes(changes))
    before = asdict(Preferences(passages=4, private=True))
    for name, value in asdict(changes).items():
        assert merged[name] == (before[name] if value is None else value)


@given(CHANGES)
def test_changes_are_kept_as_they_are(changes: PreferenceChanges) -> None:
    assert decode(encode(changes)) == changes


@given(CHANGES, CHANGES)
def test_values_are_put_over_what_was_chosen_and_none_takes_back(
    first: PreferenceChanges, second: PreferenceChanges
) -> None:
    assert change(first, asdict(second)) == second
    some = {name: value for name, value in asdict(second).items() if value is not None}
    assert asdict(change(first, some)) == asdict(first) | some


def test_a_setting_of_another_version_is_left_out() -> None:
    assert decode('{"passages":2,"colour":"red","nested":{"a":[1]}}') == PreferenceChanges(passages=2)
    assert decode("{}") == EMPTY


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"passages": 0}, "1 to 5 quotes"),
        ({"passages": PASSAGES + 1}, "1 to 5 quotes"),
        ({"person_limit": 0}, "1 to 120 questions a minute"),
        ({"channel_limit": LIMITS[-1] + 1}, "1 to 120 questions a minute"),
        ({"person_limit": -1}, "1 to 120 questions a minute"),
        ({"language": "fr"}, "en, ko, ja"),
        ({"answers": "sometimes"}, "answers"),
        ({"passages": "three"}, "passages"),
        ({"passages": True}, "passages"),
        ({"private": "yes"}, "private"),
        ({"sources": "The Post"}, "sources"),
        ({"admin_roles": [1]}, "admin_roles"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_can_not_be_chosen_is_refused(values: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        change(PreferenceChanges(passages=2), values)


def test_a_row_that_is_no_row_is_an_error() -> None:
    with pytest.raises(msgspec.MsgspecError):
        decode("[]")


def test_what_is_answered_is_named_as_it_is_kept() -> None:
    assert [answers.value for answers in AnswerPolicy] == ["nowhere", "commands", "mentions", "everything"]
    assert encode(PreferenceChanges(answers=AnswerPolicy.MENTIONS)) == '{"answers":"mentions"}'
