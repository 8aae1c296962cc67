import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.chat.answer_record import AnswerRecord, QuoteRef
from bot.chat.venue import Venue
from bot.chat_store.chat_store import ChatStore
from bot.desk.quoting import NO_FEATURES
from bot.evaluation.judged_questions import read_judged
from bot.evaluation.vote_export import ExportReport, Row, vote_row, write_votes
from corpus.article import Article
from corpus.errors import NewsdeskError, WrongCall
from tests.bot.service.people import ANN, BOB, DIRECT, SLACK_DIRECT, SLACK_GROUP
from tests.bot.service.records import QUERY, RECORD
from tests.retrieval.snapshots import article

BRIDGE = article("bridge", "The bridge was closed on Monday. Rust was found.", title="Bridge")
KEPT = QuoteRef("news", "bridge", BRIDGE.version(), 0, len(BRIDGE.text), ((33, 48),), 0.5, NO_FEATURES)
EVER = datetime(2000, 1, 1, tzinfo=UTC)


def find(collection: str, article_id: str) -> Article | None:
    return BRIDGE if (collection, article_id) == ("news", "bridge") else None


def asked(answer_id: str, text: str, **changes: object) -> AnswerRecord:
    made = replace(RECORD, id=answer_id, query=replace(QUERY, text=text), kept=(KEPT,))
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture
def chat_store(tmp_path: Path) -> Iterator[ChatStore]:
    with ChatStore(tmp_path / "chats.sqlite3") as opened:
        yield opened


def keep(chat_store: ChatStore, record: AnswerRecord, *helpful: bool, reason: str = "") -> None:
    chat_store.answers.add(record)
    for person, thought in zip((ANN, BOB), helpful, strict=False):
        chat_store.votes.cast(record.id, person.id, helpful=thought, reason=reason)


def write(chat_store: ChatStore, path: Path, *, liked: bool = False, private: bool = False) -> ExportReport:
    return write_votes(path, chat_store.votes.since(EVER), find, liked=liked, private=private)


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_what_was_voted_down_is_a_question_with_what_was_shown_and_no_person(
    chat_store: ChatStore, tmp_path: Path
) -> None:
    keep(chat_store, asked("down", "Why was it closed?"), True, False, reason="wrong: it says when, not why")
    keep(chat_store, asked("up", "When?"), True)
    keep(chat_store, asked("silent", "Where?"))
    path = tmp_path / "q.jsonl"
    assert write(chat_store, path) == ExportReport(added=1, known=0, private=0)
    (row,) = rows(path)
    assert row == {
        "id": "down",
        "question": "Why was it closed?",
        "asked_at": "2026-03-18T12:00:00Z",
        "type": "voted down",
        "answerable": True,
        "evidence": [],
        "collections": ["news"],
        "answered": True,
        "shown": [
            {
                "article_id": "bridge",
                "title": "Bridge",
                "quote": BRIDGE.text,
                "start": 0,
                "marked": ["Rust was found."],
            }
        ],
        "reasons": ["wrong: it says when, not why"] * 2,
    }
    text = path.read_text()
    assert not any(f'"{name}"' in text for name in (ANN.id, BOB.id, ANN.name, RECORD.venue.community))
    (judged,) = read_judged(path)
    assert (judged.evidence, judged.collections) == ((), ("news",))


def test_what_was_liked_has_its_marked_sentences_as_evidence(chat_store: ChatStore, tmp_path: Path) -> None:
    keep(chat_store, asked("up", "Why was it closed?"), True)
    path = tmp_path / "q.jsonl"
    assert write(chat_store, path, liked=True).added == 1
    (row,) = rows(path)
    assert row["type"] == "voted up"
    assert row["evidence"] == [{"article_id": "bridge", "quote": "Rust was found.", "start": 33}]


def test_a_second_time_only_what_is_new_is_added_and_what_was_filled_in_stays(
    chat_store: ChatStore, tmp_path: Path
) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"id": "mine", "question": "why was  it CLOSED?", "answerable": false}')
    keep(chat_store, asked("down", "Why was it closed?"), False)
    keep(chat_store, asked("again", "How long?"), False)
    keep(chat_store, asked("twice", "How long?"), False)
    assert write(chat_store, path) == ExportReport(added=1, known=2, private=0)
    assert write(chat_store, path) == ExportReport(added=0, known=3, private=0)
    assert [row["id"] for row in rows(path)] == ["mine", "again"]


@pytest.mark.parametrize(
    "changes",
    [
        {"private": True},
        {"checked": True},
        {"venue": DIRECT},
        {"venue": SLACK_DIRECT},
        {"venue": SLACK_GROUP},
        {"venue": Venue("discord", None, "9")},
    ],
    ids=["private", "looked up", "direct", "direct on Slack", "a group on Slack", "brought along"],
)
def test_what_others_could_not_see_is_left_out_unless_asked_for(
    chat_store: ChatStore, tmp_path: Path, changes: dict[str, object]
) -> None:
    keep(chat_store, asked("hidden", "Why?", **changes), False)
    path = tmp_path / "q.jsonl"
    assert write(chat_store, path) == ExportReport(added=0, known=0, private=1)
    assert write(chat_store, path, private=True) == ExportReport(added=1, known=0, private=0)


def test_an_article_that_has_changed_or_gone_is_not_quoted() -> None:
    changed = replace(KEPT, version="0" * 64)
    gone = replace(KEPT, article_id="gone")
    assert vote_row(asked("a", "Why?", kept=(changed, gone)), [], find)["shown"] == []


@pytest.mark.parametrize("as_asked", [False, True])
def test_what_narrowed_the_search_narrows_it_again(
    chat_store: ChatStore, tmp_path: Path, as_asked: bool
) -> None:
    since, until = datetime(2026, 1, 14, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    record = asked("a", "Why?")
    query = replace(record.query, since=since, until=until, sources=frozenset({"the post"}))
    query = query.unparsed() if as_asked else query
    keep(chat_store, replace(record, query=query), False)
    path = tmp_path / "q.jsonl"
    write(chat_store, path)
    (judged,) = read_judged(path)
    assert judged.query(("other",)) == query


def test_only_answers_that_may_still_be_kept_are_taken(chat_store: ChatStore) -> None:
    keep(chat_store, asked("old", "Why?"), False)
    created = QUERY.asked_at
    assert [record.id for record, _ in chat_store.votes.since(created)] == ["old"]
    assert chat_store.votes.since(created + timedelta(seconds=1)) == []


def test_a_file_of_something_else_is_not_touched(chat_store: ChatStore, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Dear diary")
    with pytest.raises(WrongCall, match=r"notes\.txt:1: not a question"):
        write(chat_store, tmp_path / "notes.txt")
    assert (tmp_path / "notes.txt").read_text() == "Dear diary"
    keep(chat_store, asked("down", "Why?"), False)
    with pytest.raises(NewsdeskError, match="can't be written"):
        write(chat_store, tmp_path / "none" / "q.jsonl")
