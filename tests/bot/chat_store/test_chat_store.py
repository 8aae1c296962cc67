import json
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

import corpus.storage.database
from bot.chat.answer_record import AnswerRecord
from bot.chat.preferences import Answers, Changes
from bot.chat.question_message import AnsweredState, QuestionMessage
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Venue
from bot.chat_store.audit_table import DETAIL, REFUSED_KEPT, REFUSED_OF_ONE
from bot.chat_store.chat_retention import AUDIT_KEPT, EVENTS_KEPT
from bot.chat_store.chat_store import ChatStore
from bot.chat_store.schema import FORMAT
from bot.dispatch.event_gate import Pending
from corpus.dates import format_moment
from corpus.errors import ReloadBusy, StoreUnusable
from tests.bot.service.people import (
    ADMIN,
    ANN,
    BOB,
    CITY,
    CITY_OTHER,
    CITY_THREAD,
    DIRECT,
    EDITOR,
    TOWN,
    somebody,
)
from tests.bot.service.records import RECORD, record

NOW = datetime.now(UTC)
MONTH = timedelta(days=30)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "chats.sqlite3"


@pytest.fixture
def chat_store(path: Path) -> Iterator[ChatStore]:
    with ChatStore(path) as found:
        yield found


# Answers


def test_an_answer_is_its_tenants_alone(chat_store: ChatStore) -> None:
    chat_store.answers.add(RECORD)
    assert chat_store.answers.get("first", CITY.tenant) == RECORD
    assert chat_store.answers.get("first", TOWN.tenant) is None
    assert chat_store.answers.get("first", DIRECT.tenant) is None
    assert chat_store.answers.get("other", CITY.tenant) is None


def test_an_answer_is_found_by_the_message_it_stands_in(chat_store: ChatStore) -> None:
    chat_store.answers.add(RECORD)
    assert chat_store.answers.in_message(CITY, "m1") is None
    chat_store.answers.set_message("first", "m1")
    assert chat_store.answers.in_message(CITY, "m1") == RECORD
    for place in (CITY_OTHER, CITY_THREAD, TOWN, DIRECT):
        assert chat_store.answers.in_message(place, "m1") is None


def test_the_last_answer_of_a_room_is_the_one_asked_for_last(chat_store: ChatStore) -> None:
    for number, place in enumerate([CITY, CITY, CITY_THREAD, CITY_OTHER, TOWN]):
        chat_store.answers.add(record(f"a{number}", place, NOW + timedelta(seconds=number)))
    hour_ago = NOW - timedelta(hours=1)
    assert chat_store.answers.last(CITY, hour_ago) == record("a1", CITY, NOW + timedelta(seconds=1))
    assert chat_store.answers.last(CITY_THREAD, hour_ago) == record(
        "a2", CITY_THREAD, NOW + timedelta(seconds=2)
    )
    assert chat_store.answers.last(DIRECT, hour_ago) is None


def test_of_two_answers_of_one_second_the_one_kept_later_is_the_last(chat_store: ChatStore) -> None:
    for answer_id in ("z", "a", "m"):
        chat_store.answers.add(record(answer_id, CITY, NOW))
    last = chat_store.answers.last(CITY, NOW - timedelta(hours=1))
    assert last
    assert last.id == "m"


def test_an_answer_from_before_a_time_is_not_the_last_one(chat_store: ChatStore) -> None:
    midnight = datetime(2026, 3, 18, tzinfo=UTC)  # which is written as a day alone
    second = timedelta(seconds=1)
    chat_store.answers.add(record("a", CITY, midnight))
    assert chat_store.answers.last(CITY, midnight + second) is None
    assert chat_store.answers.last(CITY, midnight)
    assert chat_store.answers.last(CITY, midnight - second)
    assert chat_store.answers.last(CITY, datetime.min.replace(tzinfo=UTC))


def test_a_private_answer_is_the_last_one_for_its_person_alone(chat_store: ChatStore) -> None:
    chat_store.answers.add(record("all", CITY, NOW))
    chat_store.answers.add(replace(record("mine", CITY, NOW + timedelta(seconds=1)), private=True))
    hour_ago = NOW - timedelta(hours=1)
    for person, answer_id in (("", "all"), (BOB.id, "all"), (ANN.id, "mine")):
        last = chat_store.answers.last(CITY, hour_ago, person)
        assert last
        assert last.id == answer_id


def test_what_a_person_asked_is_told_newest_first(chat_store: ChatStore) -> None:
    for number, (place, person) in enumerate([(CITY, ANN), (CITY_OTHER, ANN), (CITY, BOB), (TOWN, ANN)]):
        made = record(f"a{number}", place, NOW + timedelta(seconds=number))
        chat_store.answers.add(replace(made, person=person.id, asked=f"question {number}"))
    chat_store.answers.add(replace(record("shared", CITY, NOW), asked="question 1"))  # the same one again
    assert [made.id for made in chat_store.answers.by_person(CITY.tenant, ANN.id, 9)] == ["a1", "a0"]
    assert [made.id for made in chat_store.answers.by_person(CITY.tenant, ANN.id, 1)] == ["a1"]
    assert chat_store.answers.by_person(DIRECT.tenant, ANN.id, 9) == []


def test_no_answer_is_kept_twice_under_one_id(chat_store: ChatStore) -> None:
    chat_store.answers.add(RECORD)
    with pytest.raises((StoreUnusable, sqlite3.IntegrityError), match="UNIQUE constraint failed"):
        chat_store.answers.add(replace(RECORD, asked="something else"))
    assert chat_store.answers.get("first", CITY.tenant) == RECORD


def test_the_answers_to_a_message_are_found_and_forgotten_with_their_votes(chat_store: ChatStore) -> None:
    for number, (place, question) in enumerate([(CITY, "q"), (CITY_THREAD, "q"), (CITY, "r"), (TOWN, "q")]):
        made = record(f"a{number}", place, NOW + timedelta(seconds=number))
        chat_store.answers.add(replace(made, question=question))
        chat_store.votes.cast(made.id, ANN.id, helpful=True)
    chat_store.answers.set_message("a0", "m0")
    for place in (CITY, TOWN):
        chat_store.questions.set_answered(QuestionMessage(place, "q", "Who?"), "m0")
    answers = chat_store.answers.to_question(CITY.tenant, "q")
    assert [(message, made.id) for message, made in answers] == [("m0", "a0"), ("", "a1")]
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


def test_no_message_is_the_question_of_what_came_without_one(chat_store: ChatStore) -> None:
    chat_store.answers.add(RECORD)
    assert chat_store.answers.to_question(CITY.tenant, "") == []


# Votes


def test_the_last_word_of_each_person_counts(chat_store: ChatStore) -> None:
    chat_store.answers.add(RECORD)
    chat_store.votes.cast("first", ANN.id, helpful=True)
    chat_store.votes.cast("first", BOB.id, helpful=False, reason="old: of 2019")
    chat_store.votes.cast("first", ANN.id, helpful=False, reason="wrong")
    votes = {vote.person: vote for vote in chat_store.votes.of("first")}
    assert len(chat_store.votes.of("first")) == 2
    assert (votes[ANN.id].helpful, votes[ANN.id].reason) == (False, "wrong")
    assert (votes[BOB.id].helpful, votes[BOB.id].reason) == (False, "old: of 2019")
    assert all(abs(vote.at - datetime.now(UTC)) < timedelta(minutes=1) for vote in votes.values())
    assert chat_store.votes.of("other") == []


# Settings


def test_settings_are_kept_by_platform_community_and_channel(chat_store: ChatStore, path: Path) -> None:
    chosen = {
        ("discord", "100", ""): Changes(answers=Answers.COMMANDS),
        ("discord", "100", "10"): Changes(passages=5, sources=("The Post", "한국")),
        ("slack", "100", ""): Changes(private=False),
    }
    for key, changes in chosen.items():
        chat_store.settings.put(*key, Changes(passages=1))
        chat_store.settings.put(*key, changes)
    assert chat_store.settings.all() == chosen
    with ChatStore(path) as again:
        assert again.settings.all() == chosen


# Collections of their own


def test_a_bound_collection_is_bound_to_whom_it_was_given_and_to_nobody_at_least(
    chat_store: ChatStore,
) -> None:
    nobody = ("", "")
    chat_store.bindings.bind("discord", "100", "city")
    chat_store.bindings.bind("discord", "100", "city")
    chat_store.bindings.bind("slack", "T1", "city")
    chat_store.bindings.bind("discord", "200", "town")
    city, slack, town = ("discord", "100"), ("slack", "T1"), ("discord", "200")
    assert chat_store.bindings.all() == {"city": {nobody, city, slack}, "town": {nobody, town}}
    assert chat_store.bindings.unbind(*city, "city")
    assert not chat_store.bindings.unbind(*city, "city")
    assert not chat_store.bindings.unbind(*town, "city")
    assert chat_store.bindings.unbind(*slack, "city")
    # Nobody has it any more, and it is still not for all.
    assert chat_store.bindings.all() == {"city": {nobody}, "town": {nobody, town}}
    assert chat_store.bindings.share("city")
    assert not chat_store.bindings.share("city")
    assert chat_store.bindings.all() == {"town": {nobody, town}}


# The audit log


def test_acts_are_told_newest_first_each_community_its_own(chat_store: ChatStore) -> None:
    for number in range(5):
        chat_store.audit.add(CITY, ADMIN, "add", {"what": f"file {number}", "big": 2**60}, "done")
    chat_store.audit.add(CITY_OTHER, EDITOR, "reload", {}, "refused")
    chat_store.audit.add(TOWN, ADMIN, "remove", {"target": "x"}, "failed: it is not there")
    chat_store.audit.add(replace(CITY, platform="slack"), ADMIN, "rollback", {}, "done")
    first, *others = chat_store.audit.entries("discord", "100", 3)
    assert (first.person, first.name, first.act, first.result) == ("4", "Ed", "reload", "refused")
    assert abs(first.at - datetime.now(UTC)) < timedelta(minutes=1)
    assert [act.detail for act in others] == [
        {"what": "file 4", "big": 2**60},
        {"what": "file 3", "big": 2**60},
    ]
    assert [act.act for act in chat_store.audit.entries("discord", "200", 9)] == ["remove"]
    assert [act.act for act in chat_store.audit.entries("slack", "100", 9)] == ["rollback"]
    assert chat_store.audit.entries("slack", "200", 9) == []


def test_what_is_refused_pushes_nothing_that_was_done_out_of_sight(chat_store: ChatStore) -> None:
    chat_store.audit.add(CITY, ADMIN, "add", {"what": "a"}, "done")
    for number in range(3):
        chat_store.audit.add(CITY, ADMIN, "reload", {}, ("failed: it is full", "busy", "refused")[number])
    for number in range(1000):
        chat_store.audit.add(CITY, BOB, "settings", {"number": number}, "refused")
    chat_store.audit.add(CITY, EDITOR, "remove", {}, "refused")
    done = chat_store.audit.entries("discord", "100", 20, refused=False)
    assert [act.result for act in done] == ["failed: it is full", "done"]
    tried = chat_store.audit.entries("discord", "100", 1000, refused=True)
    assert tried[0].person == EDITOR.id
    assert [act.detail["number"] for act in tried if act.person == BOB.id] == list(
        range(999, 999 - REFUSED_OF_ONE, -1)
    )
    assert [act.result for act in tried if act.person == ADMIN.id] == ["refused", "busy"]
    assert len(chat_store.audit.entries("discord", "100", 1000)) == len(done) + len(tried)


def test_what_many_are_refused_is_kept_up_to_a_number_each_community_its_own(chat_store: ChatStore) -> None:
    chat_store.audit.add(TOWN, BOB, "settings", {}, "refused")
    for number in range(REFUSED_KEPT + 50):
        chat_store.audit.add(CITY, somebody(number), "settings", {"what": "x" * 2000}, "refused")
    tried = chat_store.audit.entries("discord", "100", 1000, refused=True)
    assert [act.person for act in tried[:2]] == [somebody(REFUSED_KEPT + n).id for n in (49, 48)]
    assert len(tried) == REFUSED_KEPT
    assert all(len(str(act.detail["what"])) == DETAIL + 1 for act in tried)
    assert len(chat_store.audit.entries("discord", "200", 9, refused=True)) == 1


# Events


def test_an_event_is_new_once_on_each_platform(chat_store: ChatStore, path: Path) -> None:
    assert chat_store.events.claim("discord", "1")
    assert not chat_store.events.claim("discord", "1")
    assert not chat_store.events.claim("discord", "1", "needed")
    assert chat_store.events.claim("slack", "1")
    with ChatStore(path) as again:
        assert not again.events.claim("discord", "1")


def test_what_was_begun_and_not_answered_is_known_until_it_is_settled(
    chat_store: ChatStore, path: Path
) -> None:
    chat_store.events.claim("discord", "1", "one")
    chat_store.events.claim("discord", "2")  # nothing is needed to answer it
    chat_store.events.claim("discord", "3", "three")
    chat_store.events.claim("slack", "4", "four")
    chat_store.write("UPDATE events SET at = '2026-03-18T12:00:00Z' WHERE event = '3'")
    with ChatStore(path) as again:
        left = list(again.events.unsettled("discord"))
        assert [(event, pending) for event, _, pending in left] == [("3", "three"), ("1", "one")]
        assert left[0][1] == datetime(2026, 3, 18, 12, tzinfo=UTC)
        again.events.settle("discord", "3")
        again.events.settle("discord", "4")  # another platform's
        assert [event for event, _, _ in again.events.unsettled("discord")] == ["1"]
        assert [event for event, _, _ in again.events.unsettled("slack")] == ["4"]
        assert not again.events.claim("discord", "3")  # settled is still known


def test_one_of_many_processes_gets_an_event(path: Path) -> None:
    ChatStore(path).close()
    won: list[str] = []
    start = threading.Barrier(4)

    def claim(name: str) -> None:
        with ChatStore(path) as chat_store:
            start.wait()
            won.extend(
                f"{event} {name}"
                for event in map(str, range(20))
                if chat_store.events.claim("discord", event)
            )

    threads = [threading.Thread(target=claim, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(int(one.split()[0]) for one in won) == list(range(20))


# Threads and notes


def test_threads_that_the_bot_opened_are_remembered_with_their_tenant(chat_store: ChatStore) -> None:
    chat_store.threads.add(CITY_THREAD.tenant, "15")
    chat_store.threads.add(CITY_THREAD.tenant, "15")
    chat_store.threads.add(TOWN.tenant, "15")
    assert chat_store.threads.all() == {(CITY.tenant, "15"), (TOWN.tenant, "15")}


def test_a_note_is_kept_in_the_place_of_the_one_before(chat_store: ChatStore, path: Path) -> None:
    assert chat_store.notes.get("commands") is None
    chat_store.notes.put("commands", "a")
    chat_store.notes.put("commands", "b")
    chat_store.notes.put("other", "c")
    with ChatStore(path) as again:
        assert again.notes.get("commands") == "b"


# ErasureRequest


def age(chat_store: ChatStore, table: str, by: timedelta) -> None:
    """Make the table's rows as old as that."""
    chat_store.write(f"UPDATE {table} SET at = ?", (format_moment(datetime.now(UTC) - by),))


def counts(chat_store: ChatStore) -> dict[str, int]:
    tables = ("answers", "votes", "settings", "bindings", "audit", "events", "threads")
    return {table: chat_store.rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables}


@pytest.fixture
def full(chat_store: ChatStore) -> ChatStore:
    """A store with one row of everything in each of two communities and a direct message."""
    for number, place in enumerate([CITY, TOWN, DIRECT]):
        chat_store.answers.add(record(f"a{number}", place, datetime.now(UTC)))
        chat_store.votes.cast(f"a{number}", ANN.id, helpful=True)
        chat_store.threads.add(place.tenant, "15")
        chat_store.audit.add(place, ADMIN, "reload", {}, "done")
        chat_store.events.claim("discord", str(number))
        if place.community:
            chat_store.settings.put(place.platform, place.community, "", Changes(passages=1))
            chat_store.settings.put(place.platform, place.community, place.channel, Changes(passages=2))
            chat_store.bindings.bind(place.platform, place.community, f"own-{place.community}")
    return chat_store


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
    full.write("UPDATE answers SET created = ? WHERE id = 'a0'", (format_moment(old),))
    full.retention.purge(MONTH)
    left = counts(full)
    assert left == before | {"answers": 2, "votes": 2, "threads": 0, "events": 0, "audit": 0}
    assert full.votes.of("a0") == []
    assert len(full.votes.of("a1")) == 1
    full.retention.purge(timedelta(seconds=-2))  # times are kept to the second
    assert counts(full)["answers"] == counts(full)["votes"] == 0


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
    assert full.audit.entries("discord", "100", 9) == []
    assert full.threads.all() == {(TOWN.tenant, "15"), (DIRECT.tenant, "15")}
    everything = " ".join(str(full.rows(f"SELECT * FROM {table}")) for table in ("answers", "audit"))
    assert CITY.tenant not in everything


def legible(path: Path, words: str) -> bool:
    """Whether the words stand in the file or in what SQLite keeps beside it."""
    return any(words.encode() in file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


@pytest.mark.parametrize("way", ["time", "community", "article"])
def test_what_is_forgotten_is_not_legible_in_free_pages_or_the_log(
    path: Path, chat_store: ChatStore, way: str
) -> None:
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
            chat_store.scrub()
    assert not legible(path, words)


# Questions in messages


def test_where_the_last_answer_of_a_question_stands_is_its_tenants_and_its_channels_alone(
    chat_store: ChatStore,
) -> None:
    first = QuestionMessage(CITY, "m1", "Who met in Nara?")
    assert chat_store.questions.answered(CITY, "m1") is None
    chat_store.questions.set_answered(first, "a1")
    assert chat_store.questions.answered(CITY, "m1") == AnsweredState("", first.words, "a1")
    for place in (CITY_OTHER, TOWN, DIRECT):
        assert chat_store.questions.answered(place, "m1") is None
    edited = replace(first, text="Who met in Seoul?", edited="2")
    chat_store.questions.set_answered(edited, "a1")
    assert chat_store.questions.answered(CITY_THREAD, "m1") == AnsweredState("2", edited.words, "a1")


def test_where_an_answer_stands_is_forgotten_with_the_answers(chat_store: ChatStore) -> None:
    for place in (CITY, TOWN):
        chat_store.questions.set_answered(QuestionMessage(place, "m1", "Who?"), "a1")
    chat_store.retention.forget_community("discord", "100")
    assert (chat_store.questions.answered(CITY, "m1"), chat_store.questions.answered(TOWN, "m1") is None) == (
        None,
        False,
    )
    chat_store.retention.purge(MONTH)
    assert chat_store.questions.answered(TOWN, "m1")
    chat_store.retention.purge(-timedelta(days=1))
    assert chat_store.questions.answered(TOWN, "m1") is None


def test_the_communities_that_something_is_kept_of_are_known(full: ChatStore) -> None:
    assert full.retention.communities("discord") == {"100", "200"}
    full.retention.forget_community("discord", "100")
    assert full.retention.communities("discord") == {"200"}
    full.settings.put("slack", "T1", "", Changes(passages=2))
    assert full.retention.communities("slack") == {"T1"}


# The file


def as_of(chat_store: ChatStore, number: int) -> None:
    """Give a store the tables of an older format."""
    if number < 4:
        chat_store.rows("DROP TABLE questions")
    if number < 5:
        chat_store.rows("DROP INDEX answers_of_question")
        chat_store.rows("ALTER TABLE answers DROP COLUMN question")
    if number < 2:
        chat_store.rows("DROP TABLE reservations")
    chat_store.rows(f"PRAGMA user_version = {number}")


def test_answers_of_the_fourth_format_are_kept_and_new_ones_know_their_question(path: Path) -> None:
    with ChatStore(path) as old:
        old.answers.add(RECORD)
        as_of(old, 4)
    with ChatStore(path) as chat_store:
        assert chat_store.answers.get(RECORD.id, CITY.tenant) == RECORD
        asked = replace(RECORD, id="second", question="q")
        chat_store.answers.add(asked)
        assert chat_store.answers.to_question(CITY.tenant, "q") == [("", asked)]


def test_a_newer_store_is_refused_and_left_alone(path: Path) -> None:
    ChatStore(path).close()
    with sqlite3.connect(path) as database:
        database.execute(f"PRAGMA user_version = {FORMAT + 1}")
    database.close()
    before = path.read_bytes()
    with pytest.raises(StoreUnusable, match="written by a newer Newsdesk"):
        ChatStore(path)
    assert path.read_bytes() == before


def test_what_was_asked_directly_on_slack_counts_as_that_in_a_store_that_did_not_say_so(path: Path) -> None:
    """A channel of Slack's is one of direct messages by its first letter; a G may be a group's."""
    places = {"dm": "D1", "group": "G1", "channel": "C1"}
    with ChatStore(path) as old:
        for answer_id, channel in places.items():
            old.answers.add(record(answer_id, Venue("slack", "T1", channel)))
        old.answers.add(record("discord", Venue("discord", "100", "10")))
        old.events.claim("slack", "event", pending(Venue("slack", "T1", "D1")))
        old.events.claim("slack", "other", pending(Venue("slack", "T1", "C1")))
        old.events.claim("slack", "press")
        old.events.claim("discord", "event", pending(Venue("discord", "100", "10")))
        old.rows("UPDATE answers SET body = json_remove(body, '$.venue.audience')")
        old.rows("UPDATE events SET pending = json_remove(pending, '$.asking.venue.audience')")
        as_of(old, 2)
    with ChatStore(path) as chat_store:
        direct = {one: kept.venue.direct for one in (*places, "discord") if (kept := found(chat_store, one))}
        assert direct == {"dm": True, "group": True, "channel": False, "discord": False}
        waiting = {
            (platform, event): msgspec.json.decode(body, type=Pending[int]).asking.venue.direct
            for platform in ("slack", "discord")
            for event, _, body in chat_store.events.unsettled(platform)
        }
    assert waiting == {("slack", "event"): True, ("slack", "other"): False, ("discord", "event"): False}


def pending(venue: Venue) -> str:
    """A question under way there, as it is kept."""
    return msgspec.json.encode(Pending(QuestionRequest(venue, ANN, "Who met?"), 0)).decode()


def found(chat_store: ChatStore, answer_id: str) -> AnswerRecord | None:
    """An answer, whosever it is."""
    return next(
        (kept for tenant in ("slack:T1", CITY.tenant) if (kept := chat_store.answers.get(answer_id, tenant))),
        None,
    )


def test_a_damaged_store_says_what_is_lost_and_what_is_not(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 4080)
    with pytest.raises(StoreUnusable, match="the corpus is not touched, settings and old answers are lost"):
        ChatStore(path)


def test_a_store_that_another_writes_for_long_is_busy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus.storage.database, "BUSY_SECONDS", 0.05)
    with ChatStore(path) as first, ChatStore(path) as second, first.transaction():
        first.notes.put("a", "b")
        with pytest.raises(ReloadBusy, match="another process is writing"):
            second.notes.put("a", "c")
        assert second.notes.get("a") is None
    with ChatStore(path) as third:
        assert third.notes.get("a") == "b"


def test_a_binding_is_made_whole_or_not_at_all(chat_store: ChatStore) -> None:
    chat_store.rows(
        "CREATE TRIGGER stop BEFORE INSERT ON bindings WHEN new.community = '100' "
        "BEGIN SELECT RAISE(ABORT, 'stopped'); END"
    )
    with pytest.raises((StoreUnusable, sqlite3.IntegrityError), match="stopped"):
        chat_store.bindings.bind("discord", "100", "city")
    assert chat_store.bindings.all() == {}


def test_answers_are_kept_as_json_that_others_can_read(chat_store: ChatStore) -> None:
    chat_store.answers.add(RECORD)
    [(body,)] = chat_store.rows("SELECT body FROM answers")
    assert json.loads(body)["asked"] == RECORD.asked


def test_a_store_of_the_first_format_keeps_its_bindings_and_takes_reservations(path: Path) -> None:
    with ChatStore(path) as chat_store:
        chat_store.bindings.bind("discord", "100", "city")
        as_of(chat_store, 1)
    with ChatStore(path) as chat_store:
        assert chat_store.bindings.all() == {"city": {("", ""), ("discord", "100")}}
        assert chat_store.reservations.reserve("discord", "200", "town")


def test_a_name_is_reserved_once_and_by_nobody_whom_it_does_not_belong_to(chat_store: ChatStore) -> None:
    chat_store.bindings.bind("discord", "100", "city")
    assert not chat_store.reservations.reserve("discord", "200", "city")
    assert chat_store.reservations.reserve("discord", "200", "town")
    assert not chat_store.reservations.reserve("discord", "300", "town")
    assert not chat_store.reservations.reserve("discord", "200", "town")
    assert chat_store.bindings.all()["town"] == {("", "")}  # seen by nobody yet
    chat_store.reservations.settle("town", keep=False)
    assert "town" not in chat_store.bindings.all()
    assert chat_store.reservations.reserve("discord", "300", "town")
    chat_store.reservations.settle("town", keep=True)
    assert chat_store.bindings.all()["town"] == {("", ""), ("discord", "300")}
    assert chat_store.reservations.all() == {}
