from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.rows.header_lines import split_header_lines
from tests.corpus.readers.reading import Reading

TEXT = "The bridge was closed on Monday."
_NOTES = Reading("note.md")
DAY = datetime(2026, 1, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    "head",
    [
        "Title: Bridge closed\nDate: 2026-01-14\nCategory: News\nAuthors: Ann Lee\nSummary: Short\n",
        "# Bridge closed\n\nAuthor: Ann Lee\nDate: January 14, 2026\nStatus: Published\n",
        "# Bridge closed\n**Author:** Ann Lee\n**Published:** 14 January 2026\n",
        "Headline: Bridge closed\nBy: Ann Lee\nDate: 14 Jan 2026\n---",
        "Titel: Bridge closed\nDatum: 14.01.2026\nAutor: Ann Lee\n",
        "제목: Bridge closed\n기자: Ann Lee\n입력: 2026-01-14\n",
        "見出し：Bridge closed\n記者：Ann Lee\n日付：2026年1月14日\n",
    ],
)
def test_lines_with_names_above_a_text_are_its_fields(tmp_path: Path, head: str) -> None:
    article = _NOTES.one(tmp_path, f"{head}\n{TEXT}\n")
    assert (article.title, article.author, article.published) == ("Bridge closed", "Ann Lee", DAY)
    assert article.text == TEXT


@pytest.mark.parametrize(
    "text",
    [
        "Note: the bridge is closed.\nReason: cracks.\n\nIt opens in May.",
        "Title: Bridge\n\nOnly one name is known here.",
        "Title: Bridge\nDate: 2026-01-14\nThe text follows at once, so that the lines are a part of it.",
        "Author: Ann Lee\nSource: The Post\n\nNeither title nor date.",
        "Q: Why was it closed?\nA: For cracks.\n\nQ: Until when?",
        "",
    ],
)
def test_other_lines_with_colons_are_text(text: str) -> None:
    assert split_header_lines(text) == ({}, text)


def test_a_draft_among_them_is_not_read(tmp_path: Path) -> None:
    problem = _NOTES.refusal(tmp_path, f"Title: Bridge\nDate: 2026-01-14\nStatus: draft\n\n{TEXT}")
    assert problem.reason == "it is not published (its status is draft)"


def test_front_matter_in_json_is_read(tmp_path: Path) -> None:
    head = '{\n "title": "Bridge closed",\n "date": "2026-01-14"\n}\n'
    article = _NOTES.one(tmp_path, f"{head}\n{TEXT}\n")
    assert (article.title, article.published, article.text) == ("Bridge closed", DAY, TEXT)
    assert _NOTES.one(tmp_path, "{\nno JSON: a brace }\n").text == "{\nno JSON: a brace }"


@given(st.text(alphabet="Title: Date\n#*-：x1", max_size=60))
def test_nothing_is_lost_that_is_no_field(text: str) -> None:
    fields, rest = split_header_lines(text)
    assert rest == text or fields
