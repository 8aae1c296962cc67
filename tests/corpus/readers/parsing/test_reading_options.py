from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.readers.parsing.reading_options import NO_READING_OPTIONS, OUR_FIELDS, DateOrder, ReadingOptions

ARTICLE = Article(id="a", title="A", text="The bridge was closed.", source="Wire", language="und")
SAID = ReadingOptions(
    source="The Post",
    language="en",
    dates=DateOrder.DAY_FIRST,
    encoding="cp1252",
    fields={"title": "Headline", "text": "Story"},
)


def test_what_was_said_is_read_as_it_was_written() -> None:
    assert ReadingOptions.from_row(SAID.to_row()) == SAID
    assert NO_READING_OPTIONS.to_row() == {}
    assert ReadingOptions.from_row({"schedule": 5}) == NO_READING_OPTIONS


def test_people_may_write_it_in_their_way() -> None:
    row = {
        "source": " The\n Post ",
        "language": "EN-gb",
        "encoding": "Windows-1252",
        "fields": {"title": " H "},
    }
    assert ReadingOptions.from_row(row) == ReadingOptions("The Post", "en", None, "cp1252", {"title": "H"})


def test_source_and_language_are_those_of_every_article() -> None:
    assert SAID.applied(ARTICLE) == replace(ARTICLE, source="The Post", language="en")
    assert NO_READING_OPTIONS.applied(ARTICLE) is ARTICLE


def test_an_order_of_dates_is_one_or_not_said() -> None:
    assert (SAID.day_first, NO_READING_OPTIONS.day_first) == (True, None)
    assert ReadingOptions(dates=DateOrder.MONTH_FIRST).day_first is False


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"source": "x" * 301}, "the source's name has 301 characters, more than the 300 allowed"),
        ({"language": "klingon"}, "is not a language"),
        ({"dates": "year-first"}, "write day-first or month-first"),
        ({"encoding": "no-such"}, "is not an encoding"),
        ({"encoding": "base64"}, "is not an encoding"),
        ({"fields": "title"}, "fields are no pairs"),
        ({"fields": {"title": ""}}, "the name of the field for title is missing"),
        ({"fields": {"title": 5}}, "the name of the field for title is missing"),
        ({"fields": {"body": "Story"}}, f"'body' is not a field of an article: there are {OUR_FIELDS[0]}"),
    ],
)
def test_what_can_not_be_used_is_named(row: dict[str, object], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        ReadingOptions.from_row(row)


@given(
    st.dictionaries(
        st.sampled_from(["source", "language", "dates", "encoding", "fields", "other"]),
        st.text() | st.integers() | st.dictionaries(st.sampled_from(OUR_FIELDS), st.text(), max_size=3),
    )
)
def test_any_row_is_read_or_refused_and_is_the_same_again(row: dict[str, object]) -> None:
    with suppress(ValueError):
        options = ReadingOptions.from_row(row)
        assert ReadingOptions.from_row(options.to_row()) == options
