from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from bot.chat_store.chat_store import ChatStore
from bot.chat_store.tables.chat_tables import paces
from corpus.storage.database import DatabaseLocation

SECOND = 1_000_000


def pass_by(chat_store: ChatStore, seconds: float) -> None:
    """As if so much time went by."""
    chat_store.write(update(paces).values(until=paces.c.until - int(seconds * SECOND)))


def test_a_limit_is_a_minutes_and_comes_back_evenly(chat_store: ChatStore) -> None:
    limits = {"ann": 3}
    assert [chat_store.paces.take(limits) for _ in range(3)] == [0, 0, 0]
    wait = chat_store.paces.take(limits)
    assert 18 < wait <= 20
    pass_by(chat_store, 20)
    assert chat_store.paces.take(limits) == 0
    assert chat_store.paces.take(limits) > 0
    pass_by(chat_store, 61)
    assert [chat_store.paces.take(limits) for _ in range(3)] == [0, 0, 0]


def test_where_one_has_no_room_nothing_is_counted(chat_store: ChatStore) -> None:
    assert chat_store.paces.take({"ann": 5, "room": 1}) == 0
    for _ in range(9):
        assert 55 < chat_store.paces.take({"ann": 5, "room": 1}) <= 60
    assert [chat_store.paces.take({"ann": 5}) for _ in range(5)] == [0, 0, 0, 0, pytest.approx(12, abs=1)]


def test_all_processes_count_together(place: DatabaseLocation, chat_store: ChatStore) -> None:
    with ChatStore(place) as other:
        taken = [one.paces.take({"ann": 4, "room": 9}) for one in (chat_store, other) * 3]
    assert [wait == 0 for wait in taken] == [True] * 4 + [False] * 2


def test_nobody_may_ask_where_the_limit_is_none(chat_store: ChatStore) -> None:
    assert chat_store.paces.take({"ann": 0, "room": 9}) == 60


def test_what_counts_no_more_is_forgotten(chat_store: ChatStore) -> None:
    chat_store.paces.take({"ann": 9, "room": 9})
    chat_store.paces.forget()
    assert len(chat_store.rows(paces.select())) == 2
    pass_by(chat_store, 60)
    chat_store.paces.forget()
    assert chat_store.rows(paces.select()) == []


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 30)), max_size=8))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_minute_has_more_than_a_bucket_and_what_comes_back(
    chat_store: ChatStore, asked: list[tuple[str, int]]
) -> None:
    chat_store.write(paces.delete())
    limits: Mapping[str, int] = {"a": 2, "b": 4}
    passed, taken = 0.0, {"a": 0, "b": 0}
    for key, seconds in asked:
        pass_by(chat_store, seconds)
        passed += seconds
        taken[key] += chat_store.paces.take({key: limits[key]}) == 0
        assert taken[key] <= limits[key] * (1 + (passed + 5) / 60)
