from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.answers.question_file import asked_moment, read_questions
from corpus.errors import WrongCall


def test_rows_come_in_order_with_all_that_stood_there(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(
        '\ufeff{"id": 7, "question": "Who?", "answers": ["He"]}\n\n{"id": "b", "question": "왜?"}\n'
    )
    first, second = read_questions(file)
    assert (first.id, first.text, first.asked_at, first.row["answers"]) == ("7", "Who?", None, ["He"])
    assert (second.id, second.text) == ("b", "왜?")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Expecting property name"),
        ("[1]", "not a question"),
        ("null", "not an object"),
        ('{"question": "Who?"}', "it has no id"),
        ('{"id": 1}', "it has no question"),
        ('{"id": 1, "question": 2}', "its question is not a text"),
        ('{"id": 1, "question": "Who?", "asked_at": "yesterday"}', "is not a possible date"),
        ("[" * 100_000, "not a question"),
    ],
)
def test_a_broken_row_names_its_file_and_line(tmp_path: Path, line: str, reason: str) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('{"id": 1, "question": "Who?"}\n' + line + "\n")
    with pytest.raises(WrongCall, match=r"q\.jsonl:2: not a question") as caught:
        list(read_questions(file))
    assert reason in str(caught.value)


def test_bytes_that_are_no_utf_8_are_a_broken_row(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_bytes(b'{"id": 1, "question": "caf\xe9"}\n')
    with pytest.raises(WrongCall, match=r"q\.jsonl:1"):
        list(read_questions(file))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongCall, match=r"none\.jsonl: the questions can't be read"):
        list(read_questions(tmp_path / "none.jsonl"))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026", datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("2026-01", datetime(2026, 1, 31, 23, 59, 59, tzinfo=UTC)),
        ("2026-01-14", datetime(2026, 1, 14, 23, 59, 59, tzinfo=UTC)),
        ("2026-01-14T09:30:00Z", datetime(2026, 1, 14, 9, 30, tzinfo=UTC)),
    ],
)
def test_a_question_of_a_day_is_asked_at_its_end(text: str, moment: datetime) -> None:
    assert asked_moment(text) == moment
