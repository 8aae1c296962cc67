from bot.chat_store.chat_store import ChatStore
from corpus.storage.database import DatabaseLocation


def test_processes_count_and_know_the_others(place: DatabaseLocation, chat_store: ChatStore) -> None:
    with ChatStore(place) as other:
        chat_store.processes.add("one", "discord")
        other.processes.add("two", "discord slack")
        assert chat_store.processes.beat("one")
        assert other.processes.all() == {"one": (1, "discord"), "two": (0, "discord slack")}


def test_one_that_counted_on_is_not_taken_for_one_that_ended(chat_store: ChatStore) -> None:
    chat_store.processes.add("one", "")
    assert chat_store.processes.beat("one")
    assert not chat_store.processes.remove("one", 0)
    assert chat_store.processes.remove("one", 1)
    assert not chat_store.processes.beat("one")
    assert not chat_store.processes.remove("one")


def test_one_that_comes_back_begins_anew(chat_store: ChatStore) -> None:
    chat_store.processes.add("one", "")
    chat_store.processes.beat("one")
    chat_store.processes.add("one", "slack")
    assert chat_store.processes.all() == {"one": (0, "slack")}
