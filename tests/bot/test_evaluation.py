"""`newsdesk eval`, and how its figures come about."""

from pathlib import Path
from typing import Any

import pytest

from bot.evaluation import Evaluation, table
from tests.bot.conftest import Call, jsonl

TEXT = (
    "A probe landed on the moon on Monday. It carried four cameras. Engineers had tested it for nine years."
)


def question(identity: str, text: str, quote: str, *answers: str, **more: object) -> dict[str, object]:
    evidence = [{"article_id": "moon", "quote": quote}]
    return {"id": identity, "question": text, "answers": list(answers), "evidence": evidence} | more


@pytest.fixture
def questions(call: Call, tmp_path: Path) -> Path:
    (tmp_path / "moon.md").write_text(TEXT)
    assert call("corpus", "add", "moon.md").status == 0
    return jsonl(
        tmp_path / "q.jsonl",
        question(
            "a", "When did the probe land on the moon?", "A probe landed on the moon on Monday.", "Monday"
        ),
        question("b", "How many cameras did it carry?", "It carried four cameras.", "four"),
        question("c", "Who opened the park?", "never written", "nobody"),
        {"id": "d", "question": "Which team won the cricket final in Karachi?", "answerable": False},
        {"id": "e", "question": "🙂", "answerable": False},
        {"id": "f", "question": "Who?", "evidence": ["not an object"]},
    )


def test_json_counts_each_question_where_it_belongs(call: Call, questions: Path) -> None:
    measured = call("eval", str(questions), "--json")
    assert (measured.status, measured.err) == (0, "")
    row: Any = measured.row
    assert set(row) == set(Evaluation.__dataclass_fields__)
    assert (row["answerable"], row["unanswerable"], row["without_evidence"]) == (2, 2, 2)
    assert (row["hit_1"], row["hit_3"], row["hit_10"], row["mrr_10"]) == (1.0, 1.0, 1.0, 1.0)
    assert row["refused"] == 1.0
    assert row["highlighted_1"] == 1.0


def test_the_table_has_a_line_for_each_measure(call: Call, questions: Path) -> None:
    shown = call("eval", str(questions)).out
    rows = [line.split() for line in shown.splitlines()]
    assert ["hit@1", "1.000", "2"] in rows
    assert ["mrr@10", "1.000", "2"] in rows
    assert ["refused", "1.000", "2"] in rows
    assert "\x1b" not in shown


def test_an_empty_file_gives_zeros(call: Call, questions: Path, tmp_path: Path) -> None:
    row = call("eval", str(jsonl(tmp_path / "none.jsonl")), "--json").row
    assert set(row.values()) == {0}


def test_a_collection_that_is_not_served_is_one_line(
    call: Call, questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_COLLECTIONS", "nws")
    called = call("eval", str(questions))
    assert (called.status, called.error) == (2, "there is no collection 'nws'; there are: news")


def test_the_table_names_what_each_share_is_of() -> None:
    shares = (0.5,) * 6
    shown = table(Evaluation(4, *shares, 3, 1.0, 2))
    assert list(shown.columns[2].cells) == ["4"] * 6 + ["3", "2"]
