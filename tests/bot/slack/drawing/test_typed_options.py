"""A question with its options, as they are typed behind a command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions.call import Arguments
from bot.slack.drawing.typed_options import OPTIONS, dehyphenated, named, read_options


def written(question: str, *, private: bool | None = None, **texts: str) -> Arguments:
    flags = {} if private is None else {"private": private}
    return Arguments({"question": question, **texts}, flags)


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("who won?", written("who won?")),
        ("", written("")),
        (
            "source:reuters who won? since:last-week",
            written("who won?", source="reuters", since="last week"),
        ),
        ('source:"Harbour Gazette" who won?', written("who won?", source="Harbour Gazette")),
        ("source:“Harbour Gazette” who won?", written("who won?", source="Harbour Gazette")),
        ("Until:2026-01-14 COLLECTION:news who?", written("who?", until="2026-01-14", collection="news")),
        ("who? private:yes", written("who?", private=True)),
        ("who? private:no", written("who?", private=False)),
        ("who? private:later", written("who?", private=False)),
        ("since:2025 since:2026 who?", written("who?", since="2026")),
        ("what is open source: a licence?", written("what is open source: a licence?")),
        ("the resource:x of it", written("the resource:x of it")),
        ("did he say “source:reuters”?", written("did he say “source:reuters”?")),
        ('source:"open who won?', written("who won?", source='"open')),
        ("since:last-week", written("", since="last week")),
    ],
)
def test_options_are_told_from_the_question(text: str, arguments: Arguments) -> None:
    assert read_options(text) == arguments


@given(st.text())
def test_any_text_is_read_and_a_question_without_options_is_left_as_it_is(text: str) -> None:
    arguments = read_options(text)
    assert len(arguments.text("question")) <= len(text)
    if not any(f"{name}:" in text.casefold() for name in OPTIONS):
        assert arguments == written(" ".join(text.split()))


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
