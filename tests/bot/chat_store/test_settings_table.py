from bot.chat.preferences import AnswerPolicy, PreferenceChanges
from bot.chat_store.chat_store import ChatStore
from corpus.storage.database import DatabaseLocation


def test_settings_are_kept_by_platform_community_and_channel(
    chat_store: ChatStore, place: DatabaseLocation
) -> None:
    chosen = {
        ("discord", "100", ""): PreferenceChanges(answers=AnswerPolicy.COMMANDS),
        ("discord", "100", "10"): PreferenceChanges(passages=5, sources=("The Post", "한국")),
        ("slack", "100", ""): PreferenceChanges(private=False),
    }
    for key, changes in chosen.items():
        chat_store.settings.put(*key, PreferenceChanges(passages=1))
        chat_store.settings.put(*key, changes)
    assert chat_store.settings.all() == chosen
    with ChatStore(place) as again:
        assert again.settings.all() == chosen
