import re

import pytest

from bot.cards.failures import explained, for_chat
from bot.chat.refusal import LowConfidence, Refusal
from bot.messages.catalogue import LOCALES, messages_for
from corpus.errors import (
    BadArticle,
    BadQuestion,
    BadSetting,
    FileLost,
    GenerationUnusable,
    NewsdeskError,
    OverLimit,
    ReloadRefused,
    UnknownName,
    UnreadableSource,
)
from retrieval.question.query import clean_question

BUSY = Refusal("busy", ahead=1, seconds=1)
POTS = UnknownName("source", "Pots", ("The Post", "The Pot"), "there is no source 'Pots'")
HIDDEN = UnknownName("collection", "board", ("news",), "there is no collection 'board'; there is news")
LOST = "news would lose 9 of 10 articles: nothing was changed"


def bad(question: str) -> BadQuestion:
    with pytest.raises(BadQuestion) as caught:
        clean_question(question)
    return caught.value


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize(
    ("error", "key", "values"),
    [
        (BUSY, "busy", {"ahead": 1, "seconds": 1}),
        (bad(" \n "), "question-empty", {}),
        (bad("x" * 2001), "question-long", {}),
        (bad("?!"), "question-wordless", {}),
        (POTS, "unknown-source", {"name": "Pots", "near": "The Post, The Pot"}),
        (HIDDEN, "unknown-collection", {"name": "board", "near": "–"}),
        (ReloadRefused(LOST), "not-done", {"reason": LOST}),
        (OverLimit("sources", 3, 4), "limit-sources", {"used": 3, "most": 4}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_error_is_said_in_the_readers_language(
    error: NewsdeskError, key: str, values: dict[str, object], language: str
) -> None:
    messages = messages_for(language)
    assert explained(error, messages) == messages(key, **values)


def test_a_refusal_names_its_key_and_values_in_the_log() -> None:
    assert str(BUSY) == "busy {'ahead': 1, 'seconds': 1}"
    assert str(Refusal("too-late")) == "too-late"


PRIVATE = "can't be used (database is locked): run `newsdesk corpus reload --dry-run`, or add --force"
TEXT = f"/srv/news/state/feed.jsonl {PRIVATE}"
SECRET = re.compile(r"/srv|/state|newsdesk |sqlite|--\w|database is locked")
"""What is the operator's alone: where things lie, commands, and SQLite's own words."""
MADE: dict[type[NewsdeskError], list[NewsdeskError]] = {
    BadQuestion: [BadQuestion("long", TEXT)],
    UnknownName: [UnknownName("source", "Post", ("The Post",), TEXT)],
    UnreadableSource: [
        UnreadableSource("/srv/news/state/feed.jsonl", "/srv/news/state/feed.jsonl is not there"),
        UnreadableSource("/srv/news/state/*.md", "no file matches; use --force"),
        UnreadableSource("C:\\srv\\state\\feed.md", "it can't be read (Permission denied)"),
    ],
    BadArticle: [BadArticle("its file /srv/news/state/feed.md is broken; use --force")],
    BadSetting: [BadSetting("NEWSDESK_HOME", TEXT)],
    OverLimit: [OverLimit("sources", 3, 3)],
    GenerationUnusable: [GenerationUnusable("20260101T000000-1", TEXT)],
    Refusal: [Refusal("too-late")],
    LowConfidence: [LowConfidence()],
    FileLost: [FileLost("0a1b" * 8, "is missing in /srv/my news/files")],
}
"""Errors that are made of more than a text."""


def kinds(kind: type[NewsdeskError] = NewsdeskError) -> list[type[NewsdeskError]]:
    """Every kind of error there is."""
    import corpus.web.fetcher  # noqa: F401 - it has one of its own

    return [kind, *(below for one in kind.__subclasses__() for below in kinds(one))]


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_no_error_tells_a_chat_what_is_the_operators_alone(kind: type[NewsdeskError], language: str) -> None:
    made = MADE.get(kind) or next((MADE[one] for one in MADE if issubclass(kind, one)), None)
    for error in made or [kind(TEXT.replace(" (database is locked)", "")), kind("It broke", TEXT)]:
        said = explained(error, messages_for(language), "5f3a09c1")
        assert said
        assert not SECRET.search(said), said


def test_a_missing_folder_is_named_by_its_last_part() -> None:
    cause = UnreadableSource("/srv/my news/state/feed.jsonl", "there is no such file or folder")
    error = ReloadRefused(f"the source {cause}: nothing was changed", "mend it with `newsdesk corpus reload`")
    error.__cause__ = cause
    assert explained(error, messages_for("en")) == (
        "That could not be done: the source feed.jsonl: there is no such file or folder: nothing was changed"
    )
    assert "`newsdesk corpus reload`" in str(error)


@pytest.mark.parametrize(
    "text",
    [
        "https://news.example/a/b.html: it holds no article",
        "news would lose 9 of 10 articles",
        "its date 01/02/2026 can't be read",
        "either/or, and/or",
    ],
)
def test_what_is_no_path_stays_as_it_is(text: str) -> None:
    assert for_chat(text) == text
