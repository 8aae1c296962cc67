from datetime import UTC, datetime

import pytest

from bot.answer import Searched
from bot.wording import age, counted, date_words, filters_words, searched_words
from retrieval.query import make_query

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


@pytest.mark.parametrize(
    ("filters", "way_on"),
    [
        ({}, "Searched 2,000 articles, the newest of 14 January 2026."),
        ({"since": NOW}, "Try it with wider dates."),
        ({"sources": frozenset({"Asahi"})}, "Try it with all sources."),
        ({"since": NOW, "sources": frozenset({"Asahi"})}, "Try it with wider dates or all sources."),
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
