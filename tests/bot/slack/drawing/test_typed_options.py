"""A question with its options, as they are typed behind a command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.drawing.typed_options import NAMES, Written, dehyphenated, named, read_options


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("who won?", Written("who won?")),
        ("", Written("")),
        (
            "source:reuters who won? since:last-week",
            Written("who won?", source="reuters", since="last-week"),
        ),
        ('source:"Harbour Gazette" who won?', Written("who won?", source="Harbour Gazette")),
        ("source:“Harbour Gazette” who won?", Written("who won?", source="Harbour Gazette")),
        ("Until:2026-01-14 COLLECTION:news who?", Written("who?", until="2026-01-14", collection="news")),
        ("who? private:yes", Written("who?", private=True)),
        ("who? private:no", Written("who?", private=False)),
        ("who? private:later", Written("who?", private=False)),
        ("since:2025 since:2026 who?", Written("who?", since="2026")),
        ("what is open source: a licence?", Written("what is open source: a licence?")),
        ("the resource:x of it", Written("the resource:x of it")),
        ("did he say “source:reuters”?", Written("did he say “source:reuters”?")),
        ('source:"open who won?', Written("who won?", source='"open')),
        ("since:last-week", Written("", since="last-week")),
    ],
)
def test_options_are_told_from_the_question(text: str, written: Written) -> None:
    assert read_options(text) == written


@given(st.text())
def test_any_text_is_read_and_a_question_without_options_is_left_as_it_is(text: str) -> None:
    written = read_options(text)
    assert len(written.question) <= len(text)
    if not any(f"{name}:" in text.casefold() for name in NAMES):
        assert written == Written(" ".join(text.split()))


@pytest.mark.parametrize(
    ("value", "words"),
    [("last-week", "last week"), ("2026-01-14", "2026-01-14"), ("march-2026", "march 2026"), ("", "")],
)
def test_hyphens_stand_for_spaces_but_in_dates(value: str, words: str) -> None:
    assert dehyphenated(value) == words


def test_a_source_is_found_however_it_is_written() -> None:
    names = ["Harbour Gazette", "Al-Ahram", "AP"]
    assert named("harbour-gazette", names) == "Harbour Gazette"
    assert named("HARBOUR GAZETTE", names) == "Harbour Gazette"
    assert named("al-ahram", names) == "Al-Ahram"
    assert named("reuters", names) == "reuters"
