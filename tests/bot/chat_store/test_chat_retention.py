from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text, update

from bot.chat.preferences import PreferenceChanges
from bot.chat.question_message import QuestionMessage
from bot.chat_store.chat_retention import AUDIT_KEPT, EVENTS_KEPT
from bot.chat_store.chat_store import ChatStore
from bot.chat_store.tables.chat_tables import TABLES, answers
from corpus.dates import format_moment
from tests.bot.service.people import (
    ANN,
    CITY,
    CITY_THREAD,
    DIRECT,
    TOWN,
)
from tests.bot.service.records import RECORD, record

NOW = datetime.now(UTC)


MONTH = timedelta(days=30)


def age(chat_store: ChatStore, table: str, by: timedelta) -> None:
    """Make the table's rows as old as that."""
    chat_store.write(update(TABLES.tables[table]).values(at=format_moment(datetime.now(UTC) - by)))


def counts(chat_store: ChatStore) -> dict[str, int]:
    tables = ("answers", "votes", "settings", "bindings", "audit", "events", "threads", "questions")
    return {table: chat_store.rows(text(f"SELECT count(*) FROM {table}"))[0][0] for table in tables}


def test_the_answers_to_a_message_are_found_and_forgotten_with_their_votes(chat_store: ChatStore) -> None:
    for number, (place, question) in enumerate([(CITY, "q"), (CITY_THREAD, "q"), (CITY, "r"), (TOWN, "q")]):
        made = record(f"a{number}", place, NOW + timedelta(seconds=number))
        chat_store.answers.add(replace(made, question=question))
        chat_store.votes.cast(made.id, ANN.id, helpful=True)
    chat_store.answers.set_message("a0", "m0")
    for place in (CITY, TOWN):
        chat_store.questions.set_answered(QuestionMessage(place, "q", "Who?"), "m0")
    found = chat_store.answers.to_question(CITY.tenant, "q")
    assert [(message, made.id) for message, made in found] == [("m0", "a0"), ("", "a1")]
    chat_store.retention.forget_question(CITY.tenant, "q")
    assert chat_store.answers.to_question(CITY.tenant, "q") == []
    assert chat_store.votes.of("a0") == chat_store.votes.of("a1") == []
    assert chat_store.votes.of("a2")
    assert chat_store.answers.to_question(CITY.tenant, "r")
    assert chat_store.answers.to_question(TOWN.tenant, "q")
    assert (chat_store.questions.answered(CITY, "q"), chat_store.questions.answered(TOWN, "q") is None) == (
        None,
        False,
    )


def test_nothing_is_forgotten_before_its_time(full: ChatStore) -> None:
    before = counts(full)
    age(full, "threads", MONTH - timedelta(minutes=1))
    age(full, "events", EVENTS_KEPT - timedelta(minutes=1))
    age(full, "audit", AUDIT_KEPT - timedelta(minutes=1))
    full.retention.purge(MONTH)
    assert counts(full) == before


def test_everything_is_forgotten_when_its_time_has_come(full: ChatStore) -> None:
    before = counts(full)
    for table, time in (("threads", MONTH), ("events", EVENTS_KEPT), ("audit", AUDIT_KEPT)):
        age(full, table, time + timedelta(minutes=1))
    old = datetime.now(UTC) - MONTH - timedelta(minutes=1)
    full.write(update(answers).values(created=format_moment(old)).where(answers.c.id == "a0"))
    full.retention.purge(MONTH)
    left = counts(full)
    assert left == before | {"answers": 2, "votes": 2, "threads": 0, "events": 0, "audit": 0}
    assert full.votes.of("a0") == []
    assert len(full.votes.of("a1")) == 1
    full.retention.purge(timedelta(seconds=-2))  # times are kept to the second
    assert counts(full)["answers"] == counts(full)["votes"] == counts(full)["questions"] == 0


def test_a_community_is_forgotten_with_all_but_its_collections(full: ChatStore) -> None:
    before = counts(full)
    bindings = full.bindings.all()
    full.retention.forget_community("discord", "100")
    one_less = {table: count - 1 for table, count in before.items()}
    assert counts(full) == one_less | {
        "settings": before["settings"] - 2,
        "bindings": before["bindings"],
        "events": before["events"],
    }
    assert full.bindings.all() == bindings
    assert full.answers.get("a0", CITY.tenant) is None
    assert full.answers.get("a1", TOWN.tenant)
    assert full.questions.answered(CITY, "m1") is None
    assert full.questions.answered(TOWN, "m1")
    assert full.audit.entries("discord", "100", 9) == []
    assert full.threads.all() == {(TOWN.tenant, "15"), (DIRECT.tenant, "15")}
    everything = " ".join(str(full.rows(text(f"SELECT * FROM {table}"))) for table in ("answers", "audit"))
    assert CITY.tenant not in everything


def legible(path: Path, words: str) -> bool:
    """Whether the words stand in the file or in what SQLite keeps beside it."""
    return any(words.encode() in file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


@pytest.mark.parametrize("way", ["time", "community", "article"])
def test_what_is_forgotten_is_not_legible_in_free_pages_or_the_log(path: Path, way: str) -> None:
    with ChatStore(path) as chat_store:
        _forget(chat_store, path, way)


def _forget(chat_store: ChatStore, path: Path, way: str) -> None:
    quoting = replace(RECORD, before=(("news", "a", 0),))
    words = "what did the quibblewick sell"
    for number in range(30):
        chat_store.answers.add(replace(quoting, id=f"a{number}", asked=f"{words} {number}"))
    chat_store.answers.add(record("other", TOWN, datetime.now(UTC)))
    assert legible(path, words)
    match way:
        case "time":
            chat_store.retention.purge(timedelta(seconds=-2))
        case "community":
            chat_store.retention.forget_community("discord", "100")
        case _:
            assert chat_store.retention.forget_quoting(lambda *article: article == ("news", "a")) == 30
            assert chat_store.answers.get("other", TOWN.tenant)
            chat_store.vacuum()
    assert not legible(path, words)


def test_the_communities_that_something_is_kept_of_are_known(full: ChatStore) -> None:
    assert full.retention.communities("discord") == {"100", "200"}
    full.retention.forget_community("discord", "100")
    assert full.retention.communities("discord") == {"200"}
    full.settings.put("slack", "T1", "", PreferenceChanges(passages=2))
    assert full.retention.communities("slack") == {"T1"}
