from bot.chat.preferences import Answers, Changes
from bot.chat_store.chat_store import ChatStore
from corpus.storage.database import DatabaseLocation


def test_settings_are_kept_by_platform_community_and_channel(
    chat_store: ChatStore, place: DatabaseLocation
) -> None:
    chosen = {
        ("discord", "100", ""): Changes(answers=Answers.COMMANDS),
        ("discord", "100", "10"): Changes(passages=5, sources=("The Post", "한국")),
        ("slack", "100", ""): Changes(private=False),
    }
    for key, changes in chosen.items():
        chat_store.settings.put(*key, Changes(passages=1))
        chat_store.settings.put(*key, changes)
    assert chat_store.settings.all() == chosen
    with ChatStore(place) as again:
        assert again.settings.all() == chosen
