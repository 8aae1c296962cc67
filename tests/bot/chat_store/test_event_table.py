import threading

from sqlalchemy import update

from bot.chat_store.chat_store import ChatStore
from bot.chat_store.tables.chat_tables import events
from corpus.storage.database import DatabaseLocation
from tests.bot.chat_store.unsettled import unsettled


def test_an_event_is_new_once_on_each_platform(chat_store: ChatStore, place: DatabaseLocation) -> None:
    assert chat_store.events.claim("discord", "1")
    assert not chat_store.events.claim("discord", "1")
    assert not chat_store.events.claim("discord", "1", "needed")
    assert chat_store.events.claim("slack", "1")
    with ChatStore(place) as again:
        assert not again.events.claim("discord", "1")


def test_what_was_begun_and_not_answered_is_known_until_it_is_settled(
    chat_store: ChatStore, place: DatabaseLocation
) -> None:
    chat_store.events.claim("discord", "1", "one")
    chat_store.events.claim("discord", "2")  # nothing is needed to answer it
    chat_store.events.claim("discord", "3", "three")
    chat_store.events.claim("slack", "4", "four")
    chat_store.write(update(events).values(at="2026-03-18T12:00:00Z").where(events.c.event == "3"))
    with ChatStore(place) as again:
        left = unsettled(again, "discord")
        assert [(event, pending) for event, _, pending in left] == [("3", "three"), ("1", "one")]
        assert left[0].at == "2026-03-18T12:00:00Z"
        again.events.settle("discord", "3")
        again.events.settle("discord", "4")  # another platform's
        assert [event for event, _, _ in unsettled(again, "discord")] == ["1"]
        assert [event for event, _, _ in unsettled(again, "slack")] == ["4"]
        assert not again.events.claim("discord", "3")  # settled is still known


def test_one_of_many_processes_gets_an_event(place: DatabaseLocation) -> None:
    ChatStore(place).close()
    won: list[str] = []
    start = threading.Barrier(4)

    def claim(name: str) -> None:
        with ChatStore(place) as chat_store:
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


def test_what_a_process_had_begun_when_it_ended_is_one_others(
    place: DatabaseLocation, chat_store: ChatStore
) -> None:
    table = chat_store.events
    for process in ("one", "two"):
        chat_store.processes.add(process, "discord")
    for event, owner in (("1", "one"), ("2", "two"), ("3", "gone"), ("4", "gone")):
        assert table.claim("discord", event, f"needed {event}", owner)
    table.claim("discord", "5", None, "gone")  # nothing is needed to answer it
    table.claim("slack", "6", "needed 6", "gone")
    assert table.begin_showing("discord", "3", "gone")
    with ChatStore(place) as other:
        left = table.take_over("discord", "one", ["1"])
        assert other.events.take_over("discord", "two", ["2"]) == []
    assert [(event, needed, shown) for event, _, needed, shown in left] == [
        ("3", "needed 3", True),
        ("4", "needed 4", False),
    ]


def test_what_was_made_ones_own_without_hearing_of_it_comes_again(chat_store: ChatStore) -> None:
    table = chat_store.events
    chat_store.processes.add("one", "discord")
    assert table.claim("discord", "1", "needed", "gone")
    for _ in range(2):
        assert [event for event, *_ in table.take_over("discord", "one")] == ["1"]
    assert table.take_over("discord", "one", ["1"]) == []


def test_an_event_that_nobody_could_claim_is_shown_by_the_first_who_asks(chat_store: ChatStore) -> None:
    assert chat_store.events.begin_showing("discord", "1", "one")
    assert not chat_store.events.begin_showing("discord", "1", "two")
    assert not chat_store.events.claim("discord", "1", "needed", "two")


def test_who_was_only_slow_settles_nothing_that_another_has_taken_over(chat_store: ChatStore) -> None:
    chat_store.events.claim("discord", "1", "needed", "slow")
    chat_store.processes.add("quick", "discord")
    assert chat_store.events.take_over("discord", "quick")
    chat_store.events.settle("discord", "1", "slow")
    assert unsettled(chat_store, "discord")
    chat_store.events.settle("discord", "1", "quick")
    assert not unsettled(chat_store, "discord")


def test_who_was_only_slow_shows_nothing_that_another_has_taken_over(chat_store: ChatStore) -> None:
    chat_store.events.claim("discord", "1", "needed", "slow")
    assert chat_store.events.begin_showing("discord", "1", "slow")
    chat_store.processes.add("quick", "discord")
    assert len(chat_store.events.take_over("discord", "quick")) == 1
    assert not chat_store.events.begin_showing("discord", "1", "slow")
    assert chat_store.events.begin_showing("discord", "1", "quick")
    chat_store.events.settle("discord", "1", "quick")
    assert chat_store.events.take_over("discord", "other") == []
