"""A question with its options, as they are typed behind a command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions.call import Arguments
from bot.slack.drawing.typed_options import (
    OPTIONS,
    dehyphenated,
    file_options,
    named,
    read_command,
    read_options,
)


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
        (
            "who? private:later",
            Arguments({"question": "who?"}, {"private": False}, undecided={"private": "later"}),
        ),
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


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("add <https://a.example/feed>", {"url": "https://a.example/feed"}),
        ("add https://a.example/in:it in:news", {"url": "https://a.example/in:it", "collection": "news"}),
        (
            'add https://a.example/x in:news source:"Harbour Gazette" dates:day-first',
            {
                "url": "https://a.example/x",
                "collection": "news",
                "source": "Harbour Gazette",
                "dates": "day-first",
            },
        ),
        (
            "add fields:title=Kopf,text=Inhalt encoding:cp1252 https://a.example/x.csv",
            {"url": "https://a.example/x.csv", "fields": "title=Kopf,text=Inhalt", "encoding": "cp1252"},
        ),
        ("add in:news https://a.example/feed", {"url": "https://a.example/feed", "collection": "news"}),
        ("add https://a.example/feed In: news.", {"url": "https://a.example/feed", "collection": "news"}),
        ("add https://a.example/?source:x=1", {"url": "https://a.example/?source:x=1"}),
    ],
)
def test_an_address_is_added_with_what_is_said_of_it(typed: str, texts: dict[str, str]) -> None:
    assert read_command("corpus", typed, "U1") == ("corpus add", Arguments(texts))


@pytest.mark.parametrize("typed", ["add", "add ", "add source:x", "add in:news"])
def test_without_an_address_it_is_said_how_one_is_added(typed: str) -> None:
    assert read_command("corpus", typed, "U1") == ("", Arguments())


def test_the_words_of_a_message_with_a_file_say_how_it_is_read() -> None:
    said = file_options('Please take this in:port language:de and fields:"title=Kopf, text=In halt".')
    texts = {"collection": "port", "language": "de", "fields": "title=Kopf, text=In halt"}
    assert said == Arguments(texts)
    for words in (
        "Take this, in:port.",
        "IN:port take this",
        "in: port",
        "in:sea, no: in:port!",
        "(see in:x) in:port",
    ):
        assert file_options(words) == Arguments({"collection": "port"})
    assert file_options("Nothing is said in:") == Arguments()
    assert file_options("Nothing is said.") == Arguments()
