import time

import psycopg
import pytest

import bot.sharing.peers
from bot.chat_store.chat_store import ChatStore
from bot.sharing.peers import CHANGES, NAME
from corpus.storage.sql.server_address import ServerAddress
from tests.bot.sharing.conftest import Start, until
from tools.local_postgres.cluster import Cluster


def cut(address: ServerAddress, name: str) -> None:
    """End a connection as its process's end does."""
    with psycopg.connect(address.conninfo, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s", (name,)
        )


def test_processes_see_one_another_and_where_each_answers(start: Start) -> None:
    one, _ = start("Discord")
    assert not one.others_on("Discord")
    other, _ = start("Slack", "Discord")
    until(lambda: one.others_on("Slack"))
    assert one.others_on("discord")
    assert other.others_on("Discord")
    assert not other.others_on("Slack")
    other.stop()
    until(lambda: not one.others_on("Slack"))


def test_what_is_changed_is_told_to_all_within_a_second(start: Start, address: ServerAddress) -> None:
    heard = [start()[1] for _ in range(2)]
    for one in heard:
        one.until(lambda one=one: one.kinds == [CHANGES])  # type: ignore[misc]
    with ChatStore(address) as chat_store:
        began = time.monotonic()
        chat_store.bindings.bind("discord", "100", "city")
        for one in heard:
            one.until(lambda one=one: one.kinds[1:] == [frozenset({"settings"})])  # type: ignore[misc]
        assert time.monotonic() - began < 1


def test_the_end_of_one_is_told_to_the_others_and_its_events_are_anothers(
    start: Start, address: ServerAddress
) -> None:
    one, heard = start()
    other, _ = start()
    with ChatStore(address) as chat_store:
        assert chat_store.events.claim("discord", "1", "needed", other.id)
        assert chat_store.events.take_over("discord", one.id) == []
        until(lambda: one.others_on("discord"))
        ends = heard.ends
        other.stop()
        heard.until(lambda: heard.ends > ends)
        assert [event for event, *_ in chat_store.events.take_over("discord", one.id)] == ["1"]


def test_one_that_loses_its_connection_is_taken_for_ended_and_comes_back(
    start: Start, address: ServerAddress
) -> None:
    one, heard = start()
    other, its = start()
    until(lambda: one.others_on("discord"))
    ends = heard.ends
    cut(address, NAME + other.id)
    heard.until(lambda: heard.ends > ends)
    its.until(lambda: len(its.kinds) == 2)  # it reads everything again
    assert its.kinds[1] == CHANGES
    until(lambda: one.others_on("discord"))


def test_one_whose_number_stands_still_is_taken_for_ended(
    start: Start, address: ServerAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.sharing.peers, "STILL", 1.5)
    one, heard = start()
    with (
        ChatStore(address) as chat_store,
        psycopg.connect(address.conninfo, application_name=NAME + "still", autocommit=True) as connection,
    ):
        connection.execute("SELECT 1")
        chat_store.processes.add("still", "discord")
        until(lambda: one.others_on("discord"))
        ends = heard.ends
        heard.until(lambda: heard.ends > ends)
        assert "still" not in chat_store.processes.all()


def test_one_process_at_a_time_has_a_role_and_another_follows(start: Start) -> None:
    one, _ = start()
    other, _ = start()
    one.want("polling")
    until(lambda: one.leads("polling"))
    other.want("polling")
    other.want("standing slack")
    until(lambda: other.leads("standing slack"))
    assert not other.leads("polling")
    one.stop()
    assert not one.leads("polling")
    until(lambda: other.leads("polling"))


def test_a_role_is_another_s_once_the_connection_of_who_had_it_is_cut(
    start: Start, address: ServerAddress
) -> None:
    one, _ = start()
    one.want("polling")
    until(lambda: one.leads("polling"))
    other, _ = start()
    other.want("polling")
    cut(address, NAME + one.id)
    until(lambda: one.leads("polling") != other.leads("polling"))


def test_a_database_that_goes_away_is_waited_for(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.sharing.peers, "JOIN", 0.5)
    monkeypatch.setattr(bot.sharing.peers, "pause", lambda *_: 0.1)
    with Cluster(durable=True) as cluster, cluster.database() as url:
        one, heard = start(at=ServerAddress(url))
        one.want("polling")
        until(lambda: one.leads("polling"))
        cluster.kill()
        until(lambda: not one.leads("polling"))
        cluster.start()
        until(lambda: one.leads("polling"))
        assert heard.kinds == [CHANGES, CHANGES]
        one.stop()
