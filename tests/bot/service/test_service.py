import asyncio
import logging
import sqlite3
import threading
from datetime import UTC, datetime, timedelta

import pytest

import bot.service.service
from bot.chat.preferences import PreferenceChanges
from bot.chat.refusal import Refusal
from bot.chat_store.chat_store import ChatStore
from bot.community_admin.corpus_editor import CorpusEditor
from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from bot.service.service_factory import make_service
from corpus.errors import NewsdeskError, ReloadBusy
from retrieval.models.onnx_embedder import OnnxEmbedder
from tests.bot.service.office import ask, assert_all_closed, opened, publish
from tests.bot.service.people import ANN, CITY, TOWN
from tests.bot.service.records import record
from tests.retrieval.snapshots import model_of

SOON = 0.02
"""Seconds between looks, where a test waits for one."""
PATIENCE = 20.0
BOARD = [{"id": "b", "title": "Board", "source": "Board", "text": "The board met on Monday."}]


@pytest.fixture
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.service.service, "LOOK_AGAIN", SOON)


@pytest.fixture
def purges_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes the home's lock each time, so that nothing can be published reliably beside it."""
    monkeypatch.setattr(bot.service.service, "PURGE_EVERY", SOON)


async def until(true: object) -> None:
    """Wait until the function says so."""
    assert callable(true)
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(SOON / 2)


async def test_a_service_keeps_what_it_was_told_and_closes_its_file(home: Home, minilm: OnnxEmbedder) -> None:
    async with opened(home, minilm) as service:
        await service.settings.choose(CITY, {"passages": 1}, whole=True)
        shown = await ask(service, CITY, ANN, "Who met in Nara?")
        threads = {thread.name for thread in threading.enumerate()}
        assert {"chat-store_0", "search_0"} <= threads
    assert_all_closed(home)
    with sqlite3.connect(home.root / "chats.sqlite3") as database:
        assert database.execute("SELECT id FROM answers").fetchall() == [(shown.record.id,)]
    database.close()
    with pytest.raises(Refusal, match="stopping"):
        await ask(service, CITY, ANN, "Who met in Nara?")
    async with opened(home, minilm) as service:
        assert service.settings.preferences(CITY).passages == 1


async def test_a_service_that_fails_to_start_leaves_nothing_open(home: Home, minilm: OnnxEmbedder) -> None:
    desk = Desk(home, model_of(minilm), print)
    desk.open()
    made = make_service(home, desk)
    made.chat_store.write("ALTER TABLE settings RENAME TO away")
    with pytest.raises(NewsdeskError):
        async with made:
            pytest.fail("it started")
    assert {"look-again", "purge"}.isdisjoint(task.get_name() for task in asyncio.all_tasks())
    assert_all_closed(home)


async def test_what_fails_to_stop_keeps_nothing_else_open(
    home: Home, minilm: OnnxEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_: CorpusEditor) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(CorpusEditor, "stop", broken)
    with pytest.raises(ZeroDivisionError):
        async with opened(home, minilm) as service:
            await ask(service, CITY, ANN, "Who met in Nara?")
    assert_all_closed(home)


@pytest.mark.usefixtures("looks_often", "purges_often")
async def test_a_service_closes_promptly_whatever_its_looks_are_doing(
    home: Home, minilm: OnnxEmbedder
) -> None:
    for _ in range(20):
        async with asyncio.timeout(PATIENCE), opened(home, minilm):
            pass


@pytest.mark.usefixtures("looks_often")
async def test_what_another_process_published_bound_or_chose_holds(home: Home, minilm: OnnxEmbedder) -> None:
    async with opened(home, minilm) as service:
        assert service.access.collections(CITY) == ("news",)
        with ChatStore(home.chats()) as other:
            other.bindings.bind("discord", "200", "news")
            other.settings.put("discord", "200", "", PreferenceChanges(passages=1))
        await until(lambda: service.settings.preferences(TOWN).passages == 1)
        await until(lambda: service.settings.rights.bindings)
        assert len((await ask(service, TOWN, ANN, "Who met in Nara?")).quotes) == 1
        with pytest.raises(Refusal, match="no-collection"):
            await ask(service, CITY, ANN, "Who met in Nara?")
        await asyncio.to_thread(publish, home, "board", BOARD, minilm)
        await until(lambda: "board" in service.desk.collections)
        shown = await ask(service, CITY, ANN, "When did the board meet?")
        assert shown.quotes[0].article.collection == "board"


@pytest.mark.usefixtures("looks_often")
async def test_a_look_that_fails_is_in_the_log_and_not_the_last(
    home: Home,
    minilm: OnnxEmbedder,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("corpus.storage.sql.backend.BUSY_SECONDS", 0.01)
    errors: list[Exception] = [ZeroDivisionError(), ReloadBusy("another process is writing")]

    async with opened(home, minilm) as service:
        real = service.chat_store.settings.all

        def settings() -> object:
            if errors:
                raise errors.pop()
            return real()

        with caplog.at_level(logging.ERROR, "bot.service.service"):
            monkeypatch.setattr(service.chat_store.settings, "all", settings)
            await until(lambda: not errors)
            with ChatStore(home.chats()) as other:
                other.settings.put("discord", "200", "", PreferenceChanges(passages=1))
            await until(lambda: service.settings.preferences(TOWN).passages == 1)
    assert [one.message for one in caplog.records] == ["could not look for changes; trying again"] * 2


@pytest.mark.usefixtures("purges_often")
async def test_forgetting_that_fails_is_in_the_log_and_tried_again(
    home: Home, minilm: OnnxEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(home, minilm) as service:
        now = datetime.now(UTC)
        with caplog.at_level(logging.ERROR, "bot.service.service"):
            await service.db_worker.run(service.chat_store.write, "ALTER TABLE threads RENAME TO away")
            for answer_id, days in (("old", 31), ("new", 0)):
                made = record(answer_id, CITY, now - timedelta(days=days))
                await service.db_worker.run(service.chat_store.answers.add, made)
            await until(lambda: caplog.records)
            # What could not be forgotten whole is whole.
            assert await service.db_worker.run(service.chat_store.answers.get, "old", CITY.tenant)
            await service.db_worker.run(service.chat_store.write, "ALTER TABLE away RENAME TO threads")
            await until(lambda: service.chat_store.answers.get("old", CITY.tenant) is None)
            assert service.chat_store.answers.get("new", CITY.tenant)
    assert {one.message for one in caplog.records} == {"could not forget what is past its time; trying again"}
