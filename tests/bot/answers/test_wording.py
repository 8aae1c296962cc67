from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.answers.answer import Searched
from bot.answers.wording import (
    age,
    author_words,
    date_words,
    filters_words,
    newest_words,
    read_words,
    searched_words,
)
from bot.messages.catalogue import messages_for
from corpus.text import counted
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.parsed_question import ParsedQuestion
from retrieval.question.query import make_query

NOW = datetime(2026, 1, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ("2026-01-15", "after the question was asked"),
        ("2026-01-14", "today"),
        ("2026-01-13", "yesterday"),
        ("2026-01-12", "2 days ago"),
        ("2025-12-16", "29 days ago"),
        ("2025-12-15", "1 month ago"),
        ("2025-11-15", "2 months ago"),
        ("2025-01-14", "1 year ago"),
        ("1605-01-01", "421 years ago"),
    ],
)
def test_an_age_is_in_the_largest_whole_unit(published: str, words: str) -> None:
    assert age(datetime.fromisoformat(published).replace(tzinfo=UTC), NOW) == words


@pytest.mark.parametrize(
    ("published", "zone", "words"),
    [
        ("2026-01-13T22:30-05:00", "UTC", "yesterday"),  # the fourteenth in UTC
        ("2026-01-13T22:30-05:00", "Asia/Seoul", "yesterday"),
        ("2026-01-14T20:30+09:00", "America/Los_Angeles", "today"),
        ("2026-01-15T00:30+14:00", "UTC", "today"),  # an hour and a half ago
        ("2026-01-15T01:30+12:00", "UTC", "after the question was asked"),
        ("2026-01-13T22:30+00:00", "Asia/Seoul", "today"),
    ],
)
def test_an_age_counts_from_the_day_that_was_printed(published: str, zone: str, words: str) -> None:
    assert age(datetime.fromisoformat(published), NOW, zone=zone) == words


def test_a_date_is_the_day_that_was_printed() -> None:
    assert date_words(datetime.fromisoformat("2024-11-05T22:30-05:00")) == "5 November 2024"
    assert date_words(datetime.fromisoformat("2024-11-06T03:30+00:00")) == "6 November 2024"


def test_dates_and_counts_are_in_words() -> None:
    assert date_words(NOW) == "14 January 2026"
    assert date_words(None) == "undated"
    assert [counted(count, "article") for count in (0, 1, 2000)] == [
        "0 articles",
        "1 article",
        "2,000 articles",
    ]


def test_filters_name_the_last_day_that_is_searched() -> None:
    query = make_query(
        "Who?",
        ("news",),
        since=datetime(2026, 1, 1, tzinfo=UTC),
        until=datetime(2026, 2, 1, tzinfo=UTC),
        sources=frozenset({"Yonhap", "Asahi"}),
    )
    assert filters_words(query) == "from asahi, yonhap, since 1 January 2026, until 31 January 2026"


SOURCE = Hint(HintKind.SOURCE, "The Verge", HintUse.FILTER, name="The Verge")
WEEK = Hint(
    HintKind.DATES,
    "last week",
    HintUse.FILTER,
    since=datetime(2026, 3, 2, tzinfo=UTC),
    until=datetime(2026, 3, 9, tzinfo=UTC),
)
NOVEL = Hint(HintKind.TITLE, "“Sea Fever at Dawn”", HintUse.BOOST, name="Sea Fever at Dawn")


@pytest.mark.parametrize(
    ("hints", "words"),
    [
        ((), ""),
        ((SOURCE, WEEK), "Only articles from The Verge, from 2–8 Mar 2026"),
        ((SOURCE, replace(SOURCE, name="Wired"), SOURCE), "Only articles from The Verge, Wired"),
        ((replace(WEEK, until=datetime(2026, 3, 3, tzinfo=UTC)),), "Only articles from 2 March 2026"),
        ((replace(WEEK, until=None),), "Only articles since 2 March 2026"),
        ((replace(WEEK, since=None, use=HintUse.BOOST),), "Preferring articles until 8 March 2026"),
        (
            (NOVEL, Hint(HintKind.NOW, "latest", HintUse.BOOST), SOURCE),
            "Only articles from The Verge · Preferring articles with “Sea Fever at Dawn”"
            " · Preferring the newest articles",
        ),
        ((Hint(HintKind.AUTHOR, "Ana Ruiz", HintUse.FILTER, name="Ana Ruiz"),), "Only articles by Ana Ruiz"),
        ((replace(NOVEL, name="a " * 40),), f"Preferring articles with “{'a ' * 29}a…”"),
    ],
)
def test_what_was_read_is_told(hints: tuple[Hint, ...], words: str) -> None:
    assert read_words(make_query("Who?", ("news",)).with_hints(hints)) == words


def test_a_day_in_figures_is_told_as_it_was_read() -> None:
    hint = replace(WEEK, words="03/04/2025")
    for day_first, words in (
        (True, "“03/04/2025” is 3 April 2025, day first"),
        (False, "“03/04/2025” is 4 March 2025, month first"),
    ):
        query = make_query("Who?", ("news",), asked_at=NOW, day_first=day_first).with_hints((hint,))
        assert read_words(query) == f"Only articles from 2–8 Mar 2026 · {words}"


def test_parts_are_counted() -> None:
    parsed = ParsedQuestion((SOURCE,), ("Who won?", "Who lost?"))
    query = replace(make_query("Who?", ("news",)), parsed=parsed)
    assert read_words(query) == "Only articles from The Verge · 2 questions"
    assert read_words(replace(query, reading="Who won?")) == "Only articles from The Verge"


def test_what_is_left_out_is_told_and_named_among_what_was_searched() -> None:
    hints = (replace(SOURCE, use=HintUse.EXCLUDE), replace(WEEK, use=HintUse.EXCLUDE))
    query = make_query("Who?", ("news",), since=NOW).with_hints(hints)
    assert read_words(query) == "Leaving out articles from The Verge, from 2–8 Mar 2026"
    searched = Searched(("news",), 2000, 3, NOW, ("g",))
    words = "since 14 January 2026, leaving out articles from The Verge, from 2–8 Mar 2026"
    assert f"({words})" in searched_words(searched, query)


def test_what_filters_is_named_among_what_was_searched() -> None:
    query = make_query("Who?", ("news",), since=NOW).with_hints((SOURCE, NOVEL))
    searched = Searched(("news",), 2000, 3, NOW, ("g",))
    assert "(since 14 January 2026, from The Verge)" in searched_words(searched, query)


@pytest.mark.parametrize(
    ("filters", "way_on"),
    [
        ({}, "Searched 2,000 articles, the newest from 14 January 2026."),
        ({"since": NOW}, "Try wider dates."),
        ({"sources": frozenset({"Asahi"})}, "Try all sources."),
        ({"since": NOW, "sources": frozenset({"Asahi"})}, "Try wider dates or all sources."),
    ],
)
def test_what_was_searched_offers_the_way_on_that_there_is(filters: dict[str, object], way_on: str) -> None:
    query = make_query("Who?", ("news",), **filters)  # type: ignore[arg-type]
    searched = Searched(("news",), 2000, 3, NOW, ("g",))
    assert searched_words(searched, query).endswith(way_on)
    assert searched_words(searched, query).startswith("Searched 3 of 2,000" if filters else "Searched 2,000")


def test_a_corpus_without_dates_has_no_newest() -> None:
    searched = Searched(("news",), 1, 1, None, ("g",))
    assert searched_words(searched, make_query("Who?", ("news",))) == "Searched 1 article."


def test_a_word_that_was_put_right_is_said_with_what_was_written() -> None:
    slip = Hint(HintKind.SPELLING, "Fuijimori", HintUse.BOOST, name="Fujimori")
    now = Hint(HintKind.NOW, "latest", HintUse.BOOST)
    query = make_query("Latest on Fuijimori?", ("news",)).with_hints((now, slip))
    assert read_words(query) == "Preferring the newest articles · Reading “Fuijimori” as “Fujimori”"


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_where_no_article_has_a_date_none_is_said_to_be_the_newest(language: str) -> None:
    messages = messages_for(language)
    undated, dated = newest_words(3, None, messages), newest_words(3, NOW, messages)
    assert undated != messages(
        "sources-line", articles=messages("count-articles", count=3), date=messages("undated")
    )
    assert messages.date(NOW) in dated
    assert undated.startswith(messages("count-articles", count=3))
    assert newest_words(0, None, messages) == messages("count-articles", count=0)


def test_where_no_article_has_a_date_it_is_said() -> None:
    assert newest_words(2, None) == "2 articles, without a date"


@pytest.mark.parametrize(
    ("author", "words"),
    [
        (None, ""),
        ("Ida Berg", "Ida Berg"),
        ("Ida Berg, Jon Moe", "Ida Berg, Jon Moe"),
        ("Ida Berg, Jon Moe, Ann Li", "Ida Berg, Jon Moe +1"),
        ("Ida Berg Jon Moe, Ida Berg, Jon Moe", "Ida Berg, Jon Moe"),
        ("Ann Li, Ann Lind", "Ann Li, Ann Lind"),
        ("Ida Berg, , Ida Berg", "Ida Berg"),
        ("Ida Berg and Jon Moe", "Ida Berg, Jon Moe"),
        ("Ida Berg, Jon Moe and Ann Li", "Ida Berg, Jon Moe +1"),
        ("Ida Berg; Jon Moe & Ann Li; Bo Sand", "Ida Berg, Jon Moe +2"),
        ("Ida Berg and Jon Moe, Ida Berg, Jon Moe", "Ida Berg, Jon Moe"),
        ("Andy Anderson", "Andy Anderson"),
        ("김민지 기자", "김민지"),
    ],
)
def test_of_many_authors_the_first_are_named(author: str | None, words: str) -> None:
    assert author_words(author) == words
