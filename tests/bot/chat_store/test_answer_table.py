import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.chat.venue import Audience, Venue
from bot.chat_store.chat_store import ChatStore
from corpus.dates import BEGINNING_OF_TIME
from corpus.errors import StoreUnusable
from tests.bot.service.people import (
    ANN,
    BOB,
    CITY,
    CITY_OTHER,
    CITY_THREAD,
    DIRECT,
    TOWN,
)
from tests.bot.service.records import RECORD, record

NOW = datetime.now(UTC)


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
    assert chat_store.answers.last(CITY, BEGINNING_OF_TIME)


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
    with pytest.raises((StoreUnusable, IntegrityError), match=r"UNIQUE constraint failed|duplicate key"):
        chat_store.answers.add(replace(RECORD, asked="something else"))
    assert chat_store.answers.get("first", CITY.tenant) == RECORD


def test_no_message_is_the_question_of_what_came_without_one(chat_store: ChatStore) -> None:
    chat_store.answers.add(RECORD)
    assert chat_store.answers.to_question(CITY.tenant, "") == []


def test_answers_are_kept_as_json_that_others_can_read(chat_store: ChatStore) -> None:
    chat_store.answers.add(RECORD)
    [(body,)] = chat_store.rows(text("SELECT body FROM answers"))
    assert json.loads(body)["asked"] == RECORD.asked


def test_direct_messages_are_found_by_what_was_answered_there_lately(chat_store: ChatStore) -> None:
    def direct(channel: str, audience: Audience = Audience.PERSON, platform: str = "discord") -> Venue:
        return Venue(platform, None, channel, own=True, audience=audience)

    places = [
        direct("1"),
        direct("2"),
        direct("1"),
        direct("3", Audience.GROUP),
        direct("4", platform="slack"),
    ]
    for number, place in enumerate([*places, CITY]):
        chat_store.answers.add(record(f"a{number}", place, NOW + timedelta(seconds=number)))
    chat_store.answers.add(record("old", direct("5"), NOW - timedelta(days=8)))
    since = NOW - timedelta(days=7)
    assert chat_store.answers.direct_channels("discord", since, 9) == ["1", "2"]
    assert chat_store.answers.direct_channels("discord", since, 1) == ["1"]
