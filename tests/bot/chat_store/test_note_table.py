from bot.chat_store.chat_store import ChatStore
from corpus.storage.database import DatabaseLocation


def test_a_note_is_kept_in_the_place_of_the_one_before(
    chat_store: ChatStore, place: DatabaseLocation
) -> None:
    assert chat_store.notes.get("commands") is None
    chat_store.notes.put("commands", "a")
    chat_store.notes.put("commands", "b")
    chat_store.notes.put("other", "c")
    with ChatStore(place) as again:
        assert again.notes.get("commands") == "b"


def test_notes_are_found_by_how_their_names_begin_and_taken_away(chat_store: ChatStore) -> None:
    for name in ("of/b", "of/a", "o", "off", "of/a%"):
        chat_store.notes.put(name, name.upper())
    assert list(chat_store.notes.under("of/")) == ["of/a", "of/a%", "of/b"]
    assert chat_store.notes.under("of/a%") == {"of/a%": "OF/A%"}
    assert chat_store.notes.under("nothing") == {}
    assert chat_store.notes.remove("of/b")
    assert not chat_store.notes.remove("of/b")
    assert list(chat_store.notes.under("of/")) == ["of/a", "of/a%"]


def test_a_note_is_replaced_only_where_nobody_changed_it_meanwhile(chat_store: ChatStore) -> None:
    chat_store.notes.put("token", "first")
    assert not chat_store.notes.replace("token", "other", "second")
    assert chat_store.notes.replace("token", "first", "second")
    assert not chat_store.notes.replace("absent", "", "second")
    assert chat_store.notes.under("") == {"token": "second"}


def test_a_turn_is_taken_once_until_it_is_over(chat_store: ChatStore) -> None:
    take = chat_store.notes.take_turn
    assert take("turn", 100.0, 5.0)
    assert not take("turn", 104.9, 5.0)
    assert take("other", 104.9, 5.0)
    assert take("turn", 105.0, 5.0)
    assert not take("turn", 105.0, 5.0)
    assert take("turn", 1_000_000_000_000.0, 5.0)
