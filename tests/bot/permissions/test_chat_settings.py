import asyncio
from pathlib import Path

import pytest

from bot.chat.preferences import EMPTY, PreferenceChanges, Preferences
from bot.chat.venue import Caller
from bot.chat_store.chat_store import ChatStore
from bot.community_admin.audit_log import AdminAction
from bot.permissions.chat_settings import ChatSettings
from bot.permissions.current_rights import CurrentRights
from bot.runtime.worker import Worker
from bot.service.service import Service
from corpus.errors import ReloadBusy
from tests.bot.service.people import (
    ADMIN,
    CITY,
    CITY_ADMIN,
    CITY_OTHER,
    CITY_THREAD,
    DIRECT,
    TOWN,
    TOWN_ADMIN,
)


async def test_a_channel_goes_before_its_community(service: Service) -> None:
    settings = service.settings
    await settings.choose(CITY, {"passages": 1, "language": "ko"}, whole=True)
    await settings.choose(CITY, {"passages": 5}, whole=False)
    for place, passages in ((CITY, 5), (CITY_THREAD, 5), (CITY_OTHER, 1)):
        assert settings.preferences(place) == Preferences(passages=passages, language="ko")
    for place in (TOWN, DIRECT):
        assert settings.preferences(place) == Preferences()
    assert settings.chosen(CITY, whole=True) == PreferenceChanges(passages=1, language="ko")
    assert settings.chosen(CITY, whole=False) == PreferenceChanges(passages=5)
    assert settings.chosen(TOWN, whole=True) == EMPTY
    await settings.choose(CITY, {"passages": None}, whole=False)  # back to what holds otherwise
    assert settings.preferences(CITY) == Preferences(passages=1, language="ko")


async def test_a_direct_message_has_neither_settings_nor_collections(service: Service) -> None:
    with pytest.raises(ValueError, match="no settings"):
        await service.settings.choose(DIRECT, {"passages": 1}, whole=False)
    with pytest.raises(ValueError, match="no collections"):
        await service.settings.bind(DIRECT, "news")
    assert service.settings.chosen(DIRECT, whole=False) == EMPTY
    assert service.chat_store.settings.all() == {}
    assert service.chat_store.bindings.all() == {}


async def test_a_community_that_left_is_forgotten_but_for_its_collections(service: Service) -> None:
    settings = service.settings
    for place in (CITY, TOWN):
        await settings.choose(place, {"passages": 1}, whole=True)
        await service.audit_log.record(AdminAction(Caller(place, ADMIN), "reload", {}), "done")
    await settings.bind(CITY, "city-hall")
    await settings.forget("discord", "100")
    assert settings.preferences(CITY) == Preferences()
    assert settings.preferences(TOWN) == Preferences(passages=1)
    assert await service.corpus_overview.audit(CITY_ADMIN) == []
    assert len(await service.corpus_overview.audit(TOWN_ADMIN)) == 1
    assert "city-hall" in settings.rights.bindings


async def test_what_could_not_be_kept_does_not_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.storage.sql.backend.BUSY_SECONDS", 0.02)
    path = tmp_path / "chats.sqlite3"
    db_worker = Worker("test")
    with ChatStore(path) as chat_store, ChatStore(path) as other, ChatStore(path) as reader:
        settings = ChatSettings(chat_store, db_worker, CurrentRights(reader, (), frozenset()))
        await settings.load()
        with other.transaction():
            other.notes.put("a", "b")
            with pytest.raises(ReloadBusy):
                await settings.choose(CITY, {"passages": 1}, whole=True)
        assert settings.preferences(CITY) == Preferences()
    await asyncio.to_thread(db_worker.close)
