"""`newsdesk check`: quotes that were given as JSON, looked at again."""

import json
from pathlib import Path

import pytest

from tests.bot.conftest import Call, jsonl

BRIDGE = {
    "id": "bridge",
    "title": "Bridge closed",
    "source": "The Post",
    "text": "The old bridge over the Elbe was closed after the storm on Monday. Buses go another way.",
}
FERRY = {
    "id": "ferry",
    "title": "Ferry runs",
    "source": "The Post",
    "text": "The ferry runs every hour again.",
}
QUESTION = "Why was the old bridge over the Elbe closed?"


@pytest.fixture
def answers(call: Call, tmp_path: Path) -> Path:
    """A file with an answer, given before anything changed."""
    jsonl(tmp_path / "news.jsonl", BRIDGE, FERRY)
    assert call("corpus", "add", str(tmp_path / "news.jsonl")).status == 0
    asked = call("ask", QUESTION, "--json")
    assert asked.row["passages"][0]["article_id"] == "bridge"
    path = tmp_path / "answers.jsonl"
    path.write_text(f"\n{asked.out}\n")
    return path


def edit(call: Call, tmp_path: Path, *rows: dict[str, str]) -> None:
    jsonl(tmp_path / "news.jsonl", *rows)
    assert call("corpus", "reload", "--force").status == 0


def test_quotes_that_stand_end_with_0(call: Call, answers: Path, tmp_path: Path) -> None:
    checked = call("check", str(answers), "--json")
    assert checked.status == 0
    assert {row["status"] for row in checked.rows} == {"unchanged"}
    edit(call, tmp_path, {**BRIDGE, "title": "Elbe bridge closed"}, FERRY)
    checked = call("check", str(answers), "--json")
    first = checked.rows[0]
    assert (checked.status, first["status"], first["now"]) == (0, "stands", first["was"])
    assert (
        "Bridge closed (The Post): the article was edited, these words stand"
        in call("check", str(answers)).out
    )


def test_a_correction_ends_with_1_and_shows_both_wordings(call: Call, answers: Path, tmp_path: Path) -> None:
    edit(call, tmp_path, {**BRIDGE, "text": BRIDGE["text"].replace("Monday", "Tuesday")}, FERRY)
    checked = call("check", str(answers), "--json")
    first = checked.rows[0]
    assert (checked.status, first["status"], first["now_in"]) == (1, "changed", "bridge")
    assert "on Monday." in first["was"]
    assert first["now"] == first["was"].replace("Monday", "Tuesday")
    shown = call("check", "-", stdin=answers.read_text())
    assert shown.status == 1
    assert "Bridge closed (The Post): changed\n  It said:      The old" in shown.out
    assert "  It says now:  The old bridge over the Elbe was closed after the storm on Tuesday." in shown.out


def test_a_move_and_a_withdrawal_are_told(call: Call, answers: Path, tmp_path: Path) -> None:
    edit(call, tmp_path, {**BRIDGE, "id": "bridge-2"}, FERRY)
    checked = call("check", str(answers), "--json")
    assert (checked.rows[0]["status"], checked.rows[0]["now_in"]) == ("moved", "bridge-2")
    assert "  The same words stand in: Bridge closed (bridge-2)\n" in call("check", str(answers)).out
    call("corpus", "remove", "bridge-2")
    checked = call("check", str(answers), "--json")
    row = {"article_id": "bridge", "title": "Bridge closed", "source": "The Post", "status": "withdrawn"}
    assert checked.rows[0] == row | {"was": None, "now": None, "now_in": None}
    assert checked.status == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("no json", "Expecting value"),
        ("[1]", "has no attribute"),
        ('{"passages": [{}]}', "'article_id'"),
        ('{"passages": 3}', "not iterable"),
        ("[" * 100_000, "recursion"),
    ],
)
def test_what_is_no_answer_is_named(call: Call, answers: Path, line: str, reason: str) -> None:
    answers.write_text(f"{answers.read_text()}{line}\n")
    refused = call("check", str(answers))
    assert refused.status == 2
    assert f"{answers}:4: not an answer (" in refused.err
    assert reason in refused.err


def test_a_refusal_has_nearest_passages_that_can_be_checked(call: Call, answers: Path) -> None:
    asked = call("ask", "Who won the football world cup in 1930?", "--json")
    answers.write_text(json.dumps({**asked.row, "answered": False}))
    assert call("check", str(answers)).status == 0
