"""Questions asked of a real desk, with vectors of hashed words."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.answers.answer import Answer, NoAnswer
from bot.answers.question_file import Question
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from bot.desk.desk import Desk
from bot.evaluation.ask_all import ask_all
from bot.evaluation.evidence import Evidence
from bot.evaluation.judged_questions import JudgedQuestion
from bot.evaluation.outcome import Group
from corpus.errors import WrongCall
from corpus.storage.store_records import Source
from retrieval.models.embedder import HashEmbedder
from retrieval.models.model import hash_model
from tests.fault.newsroom import QuickDisk, no_progress

AT = datetime(2026, 2, 1, tzinfo=UTC)
QUESTION = Question("q", "When was the bridge closed?", AT, {}, "q.jsonl:1")
CLOSED = JudgedQuestion(
    QUESTION, (Evidence("bridge", "closed on Monday"),), "", True, "", (), None, None, frozenset(), False
)


class Listening(Desk):
    """A desk that remembers what it was asked."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self.heard: list[str] = []

    def ask(self, query: Any, *options: Any, **named: Any) -> Answer | NoAnswer:
        self.heard.append(query.text)
        return super().ask(query, *options, **named)


@pytest.fixture
def desk(tmp_path: Path) -> Listening:
    home = Home(tmp_path / "home", QuickDisk())
    with home.store() as store:
        for name, day in (("news", "Monday"), ("archive", "Sunday")):
            (tmp_path / name).mkdir()
            text = f"The old bridge was closed on {day}. Nobody was hurt."
            (tmp_path / name / "bridge.md").write_text(f"---\nid: bridge\n---\n{text}")
            store.add_source(Source(name, str(tmp_path / name)))
    reload(home, HashEmbedder, progress=no_progress)
    opened = Listening(home, hash_model(), print)
    opened.open()
    return opened


def test_a_question_is_measured_in_the_collections_that_it_names(desk: Listening) -> None:
    archived = replace(CLOSED, collections=("archive",))
    everywhere, elsewhere = ask_all(desk, [CLOSED, archived], ("news", "archive"), 10, no_progress)
    assert everywhere.outcome.group is Group.ANSWERABLE
    assert everywhere.outcome.rank is not None
    assert elsewhere.outcome.group is Group.ELSEWHERE
    assert {quote.article.collection for quote in elsewhere.quotes} == {"archive"}


def test_the_first_question_is_asked_once_before_it_is_timed(desk: Listening) -> None:
    second = replace(CLOSED, question=replace(QUESTION, id="r", text="Who was hurt?"))
    asked = ask_all(desk, [CLOSED, second], ("news",), 10, no_progress)
    assert desk.heard == [QUESTION.text, QUESTION.text, "Who was hurt?"]
    assert [one.outcome.id for one in asked] == ["q", "r"]
    assert all(one.outcome.seconds > 0 for one in asked)


def test_a_question_that_cant_be_asked_says_why_and_stops_no_other(desk: Listening) -> None:
    unknown = replace(CLOSED, sources=frozenset({"nobody's paper"}))
    failed, found = ask_all(desk, [unknown, CLOSED], ("news",), 10, no_progress)
    assert "there is no source" in failed.outcome.error
    assert (failed.outcome.answered, failed.outcome.rank, failed.quotes) == (False, None, ())
    assert found.outcome.error == ""


def test_how_far_it_is_is_told(desk: Listening) -> None:
    told: list[tuple[str, int, int]] = []
    ask_all(desk, [CLOSED, CLOSED], ("news",), 10, lambda *stage: told.append(stage))
    assert told[0] == ("asking", 0, 2)
    assert told[-1] == ("asking", 2, 2)


def test_a_collection_that_is_not_served_is_a_wrong_call(desk: Listening) -> None:
    with pytest.raises(WrongCall, match="there is no collection 'nws'"):
        ask_all(desk, [], ("nws",), 10, no_progress)
