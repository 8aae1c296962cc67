"""`newsdesk eval` and `newsdesk votes` as people call them, and how their figures come about."""

import io
import json
import re
import shutil
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.chat_store.chat_store import ChatStore
from bot.cli.composition import LoadModel
from bot.corpus_admin.home import Home
from bot.evaluation.metrics import MEASURES
from corpus.dates import format_moment
from tests.bot.conftest import Call, jsonl
from tests.bot.service.people import ANN
from tests.bot.service.records import record

TEXT = (
    "A probe landed on the moon on Monday. It carried four cameras. Engineers had tested it for nine years."
)
LANDED, CAMERAS = "When did the probe land on the moon?", "How many cameras did it carry?"


def question(identity: str, text: str, quote: str, *answers: str, **more: object) -> dict[str, object]:
    evidence = [{"article_id": "moon", "quote": quote}]
    return {"id": identity, "question": text, "answers": list(answers), "evidence": evidence} | more


@pytest.fixture(scope="module")
def moon(load: LoadModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one article, for copying."""
    folder = tmp_path_factory.mktemp("moon")
    (folder / "moon.md").write_text(TEXT)
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        assert main(["--home", str(folder / "home"), "corpus", "add", str(folder / "moon.md")], load) == 0
    return folder / "home"


@pytest.fixture
def questions(call: Call, moon: Path, tmp_path: Path) -> Path:
    shutil.copytree(moon, tmp_path / ".newsdesk")
    return jsonl(
        tmp_path / "q.jsonl",
        question("a", LANDED, "A probe landed on the moon on Monday.", "Monday", type="date"),
        question("b", CAMERAS, "It carried four cameras.", "four", type="number"),
        question("c", "Who opened the park?", "never written", "nobody"),
        {"id": "d", "question": "Which team won the cricket final in Karachi?", "answerable": False},
        {"id": "e", "question": "🙂", "answerable": False},
        {"id": "f", "question": "Who?", "evidence": []},
    )


def test_each_question_counts_where_it_belongs_in_json_tables_and_the_report(
    call: Call, questions: Path, tmp_path: Path
) -> None:
    measured = call("eval", str(questions), "--json")
    assert (measured.status, measured.err) == (0, "")
    row: Any = measured.row
    counts = {name: row[name] for name in ("answerable", "unanswerable", "without_evidence", "unjudged")}
    assert counts == {"answerable": 2, "unanswerable": 2, "without_evidence": 2, "unjudged": 1}
    assert {row[measure.name] for measure in MEASURES if measure.name != "answered"} == {1.0}
    assert row["highlighted_1"] == row["sentence_1"]
    assert row["not_in_corpus"] == ["c"]
    assert [one["id"] for one in row["failed"]] == ["e"]
    assert [(one["type"], one["answerable"]) for one in row["by_type"]] == [
        ("", 0),
        ("date", 1),
        ("number", 1),
    ]
    assert 0 < row["p50_ms"] <= row["p99_ms"]
    assert row["run"]["questions"] == "q.jsonl"
    assert row["run"]["generations"].keys() == {"news"}
    assert sum(one["questions"] for one in row["calibration"]) == 4
    shown = call("eval", str(questions), "--report", "r.html").out
    rows = [line.split()[:3] for line in shown.splitlines()]
    assert [each in rows for each in (["hit@1", "1.000", "2"], ["MRR@10", "1.000", "2"])] == [True, True]
    assert ["refused", "1.000", "2"] in rows
    assert "Their evidence is not in the corpus: c\n" in shown
    assert "Nobody has named evidence yet: f\n" in shown
    assert "Could not be asked: e (the question has no words" in shown
    page = (tmp_path / "r.html").read_text()
    assert "Evaluation of q.jsonl" in page
    assert page.count("<svg") == 4
    called = call("eval", str(questions), "--report", "none/r.html")
    assert (called.status, "there is no such folder" in called.error) == (1, True)


def test_a_run_is_compared_with_one_that_was_saved(call: Call, questions: Path, tmp_path: Path) -> None:
    assert call("eval", str(questions), "--save", "run.json").status == 0
    saved = json.loads((tmp_path / "run.json").read_text())
    saved["outcomes"][0] |= {"rank": 4, "marked": False}
    (tmp_path / "run.json").write_text(json.dumps(saved))
    called = call("eval", str(questions), "--against", "run.json", "--json")
    compared = called.row["comparison"]
    assert (compared["shared"], compared["alone_before"], compared["alone_now"]) == (4, 2, 2)
    assert (compared["won"], compared["lost"]) == (["a"], [])
    hit = next(one for one in compared["differences"] if one["measure"] == "hit_1")
    assert (hit["before"], hit["now"], hit["difference"], hit["of"], hit["p"]) == (0.5, 1.0, 0.5, 2, 1.0)
    shown = call("eval", str(questions), "--against", "run.json").out
    assert re.search(r"hit@1 +0\.500 +1\.000 +\+0\.500", shown)
    assert "Won: a\n" in shown
    other = jsonl(tmp_path / "other.jsonl", question("z", "Who?", "It carried four cameras."))
    called = call("eval", str(other), "--against", "run.json", "--json")
    assert called.status == 2
    assert "q.jsonl has none of the questions of other.jsonl" in called.error


def test_another_setting_is_compared_with_those_in_force_or_with_a_saved_run(
    call: Call, questions: Path, tmp_path: Path
) -> None:
    (tmp_path / "cameras.md").write_text("---\nid: moon\n---\nIt carried five lamps and no cameras at all.")
    assert call("--home", "other", "corpus", "add", "cameras.md").status == 0
    row = call("eval", str(questions), "--with", "NEWSDESK_HOME=other", "--json").row
    assert row["run"]["changes"] == {"NEWSDESK_HOME": "other"}
    assert row["without_evidence"] == 4
    assert row["comparison"]["before"]["changes"] == {}
    assert row["comparison"]["before"]["generations"] != row["run"]["generations"]
    same = call("eval", str(questions), "--with", "NEWSDESK_COLLECTIONS=news", "--json").row["comparison"]
    assert (same["shared"], same["won"], same["lost"]) == (4, [], [])
    assert call("eval", str(questions), "--save", "run.json").status == 0
    saved = json.loads((tmp_path / "run.json").read_text())
    (tmp_path / "run.json").write_text(json.dumps(saved | {"newsdesk": "0.0.1"}))
    arguments = ("--with", "NEWSDESK_COLLECTIONS=news", "--against", "run.json", "--json")
    assert call("eval", str(questions), *arguments).row["comparison"]["before"]["newsdesk"] == "0.0.1"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("NEWSDESK_HOME", "write each --with as NAME=VALUE"),
        ("NEWSDESK_MODLE=x", "--with NEWSDESK_MODLE: there is no such setting"),
        ("NEWSDESK_COLLECTIONS=A B", "NEWSDESK_COLLECTIONS can't be used"),
    ],
)
def test_a_setting_that_cant_be_is_one_line(call: Call, questions: Path, change: str, reason: str) -> None:
    called = call("eval", str(questions), "--with", change)
    assert called.status == 2
    assert reason in called.error


def test_answers_that_were_voted_down_become_questions_and_are_measured(
    call: Call, questions: Path, tmp_path: Path
) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    with ChatStore(Home(tmp_path / ".newsdesk").chats()) as chat_store:
        for answer_id, asked_at in (("down", now), ("old", datetime(2020, 1, 1, tzinfo=UTC))):
            chat_store.answers.add(record(answer_id, asked_at=asked_at))
            chat_store.votes.cast(answer_id, ANN.id, helpful=False, reason="wrong")
    called = call("votes", "votes.jsonl")
    assert called.status == 0
    assert called.out.startswith("1 question added to votes.jsonl, 0 there already, 0 private left out.\n")
    (row,) = map(json.loads, (tmp_path / "votes.jsonl").read_text().splitlines())
    assert (row["id"], row["asked_at"]) == ("down", format_moment(now))
    measured = call("eval", "votes.jsonl", "--json").row
    assert (measured["without_evidence"], measured["unjudged"], measured["answerable"]) == (1, 1, 0)
    assert call("votes", "votes.jsonl").out.startswith("0 questions added to votes.jsonl, 1 there already")
