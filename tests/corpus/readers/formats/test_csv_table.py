import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.problem import Problem
from corpus.readers.registry import FORMATS
from tests.corpus.readers.reading import Reading

_FILES = Reading("wire.csv")
read, refusal = _FILES.read, _FILES.refusal
TABLE = b'title,text\r\nOne,"It rained,\r\nand rained."\r\n\r\nTwo,It snowed.\r\nThree,It froze.\r\n'


def test_each_row_is_an_article_and_has_the_line_that_it_begins_on(tmp_path: Path) -> None:
    path = tmp_path / "wire.csv"
    path.write_bytes(TABLE)
    found = list(FORMATS.read_file(path, tmp_path, "news"))
    assert [(place.line, item.title) for place, item in found if isinstance(item, Article)] == [
        (2, "One"),
        (5, "Two"),
        (6, "Three"),
    ]
    assert len(found) == 3


def test_a_bad_row_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    bad = b'title,text\nOne,"It "rained.\nTwo,It snowed.\nThree,It froze, hard.\nFour\nFive,It melted.\n'
    found = read(tmp_path, bad)
    assert [item.title for item in found if isinstance(item, Article)] == ["Two", "Five"]
    assert [(item.line, item.reason[:35]) for item in found if isinstance(item, Problem)] == [
        (2, "the row can't be read: ',' expected"),
        (4, "the row has 3 values and the table "),
        (5, "it has no text: its fields are titl"),
    ]


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ([2], ["Two", "Three"]),
        ([5], ["One", "Three"]),
        ([2, 6], ["Two"]),
        ([2, 5, 6], []),
        ([3], ["One", "Two", "Three"]),
    ],
)
def test_rows_are_taken_out_whole(tmp_path: Path, lines: list[int], left: list[str]) -> None:
    body = FORMATS.remove_lines("wire.csv", TABLE, lines)
    assert bool(body) == bool(left)
    if left:
        assert [item.title for item in read(tmp_path, body) if isinstance(item, Article)] == left
        assert b"It rained,\r\nand" in body or 2 in lines


def test_rows_are_taken_out_of_another_encoding_and_of_names_that_nobody_knows(tmp_path: Path) -> None:
    body = "Kopf;Tag\nEins;Grüße\nZwei;Maß\n".encode("cp1252")
    assert FORMATS.remove_lines("wire.csv", body, [2]).decode() == "Kopf;Tag\nZwei;Maß\n"
    assert FORMATS.remove_lines("wire.csv", b"\xed\xa0\x80", [2]) == b""


def test_a_table_of_too_many_columns_is_refused(tmp_path: Path) -> None:
    assert "it has 1,001 columns" in refusal(tmp_path, "text," * 1000 + "x\nA word.\n").reason


@settings(max_examples=50)
@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=60)), max_size=5))
def test_any_table_that_was_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows([("title", "text"), *rows])
    body = table.getvalue().encode(errors="replace")
    found = read(tmp_path_factory.mktemp("any", numbered=True), body)
    assert sum(isinstance(item, Article) for item in found) <= len(rows)


@settings(max_examples=50)
@given(st.text(max_size=200) | st.text('"\n,;\t a', max_size=60))
def test_any_text_is_articles_or_problems(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("any", numbered=True)
    assert read(folder, f"text,title\n{text}".encode(errors="replace")) is not None
