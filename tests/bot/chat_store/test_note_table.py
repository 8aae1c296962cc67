from bot.chat_store.chat_store import ChatStore
from corpus.storage.database import Place


def test_a_note_is_kept_in_the_place_of_the_one_before(chat_store: ChatStore, place: Place) -> None:
    assert chat_store.notes.get("commands") is None
    chat_store.notes.put("commands", "a")
    chat_store.notes.put("commands", "b")
    chat_store.notes.put("other", "c")
    with ChatStore(place) as again:
        assert again.notes.get("commands") == "b"
