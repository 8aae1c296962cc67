import asyncio
import logging
import sqlite3
import threading
from datetime import UTC, datetime, timedelta

import pytest

import bot.service.service
from bot.chat.preferences import Changes
from bot.chat.refusal import Refusal
from bot.chat_store.chat_store import ChatStore
from bot.community_admin.change_progress import ChangeProgress
from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from bot.service.service import make_service
from corpus.errors import ReloadBusy, StoreUnusable
from retrieval.models.model import Model
from retrieval.models.sentence_transformer import SentenceTransformerEmbedder
from tests.bot.community_admin.test_corpus_editor import under_way
from tests.bot.service.office import ask, opened, publish
from tests.bot.service.people import ADMIN, ANN, BOB, CITY, TOWN
from tests.bot.service.records import record

SOON = 0.02
"""Seconds between looks, where a test waits for one."""
PATIENCE = 20.0
BOARD = [{"id": "b", "title": "Board", "source": "Board", "text": "The board met on Monday."}]


@pytest.fixture
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.service.service, "LOOK_AGAIN", SOON)
    monkeypatch.setattr(bot.service.service, "PURGE_EVERY", SOON)


async def until(true: object) -> None:
    """Wait until the function says so."""
    assert callable(true)
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(SOON / 2)


async def test_a_service_keeps_what_it_was_told_and_closes_its_file(
    home: Home, minilm: SentenceTransformerEmbedder
) -> None:
    async with opened(home, minilm) as service:
        await service.settings.choose(CITY, {"passages": 1}, whole=True)
        shown = await ask(service, CITY, ANN, "Who met in Nara?")
        threads = {thread.name for thread in threading.enumerate()}
        assert {"chat-store_0", "search_0"} <= threads
    assert not {"chat-store_0", "search_0"} & {thread.name for thread in threading.enumerate()}
    assert not list(home.root.glob("chats.sqlite3-*"))
    with sqlite3.connect(home.chats()) as database:
        assert database.execute("SELECT id FROM answers").fetchall() == [(shown.record.id,)]
    database.close()
    async with opened(home, minilm) as service:
        assert service.settings.preferences(CITY).passages == 1


async def test_a_service_that_was_closed_says_that_it_is_stopping(
    home: Home, minilm: SentenceTransformerEmbedder
) -> None:
    async with opened(home, minilm) as service:
        pass
    with pytest.raises(Refusal, match="stopping"):
        await ask(service, CITY, ANN, "Who met in Nara?")


async def test_closing_finishes_the_answer_under_way(home: Home, minilm: SentenceTransformerEmbedder) -> None:
    begun, free = threading.Event(), threading.Event()

    def work() -> str:
        begun.set()
        free.wait(PATIENCE)
        return "answer"

    async with opened(home, minilm) as service:
        task = asyncio.create_task(service.search_worker.run(work))
        await asyncio.to_thread(begun.wait, PATIENCE)
        asyncio.get_running_loop().call_later(0.05, free.set)
    assert await task == "answer"


async def test_closing_stops_a_reload_and_leaves_what_was_served(
    home: Home, minilm: SentenceTransformerEmbedder
) -> None:
    async with opened(home, minilm) as service:
        before = service.desk.collections["news"].generation
        async with under_way(
            lambda progress: service.corpus_editor.reload(CITY, ADMIN, progress)
        ) as reloading:
            closing = asyncio.create_task(service.corpus_editor.stop())
            await asyncio.sleep(SOON)
            assert not closing.done()
        await closing
        with pytest.raises(Refusal, match="stopping"):
            await reloading
    async with opened(home, minilm) as again:
        assert again.desk.collections["news"].generation == before
        await again.corpus_editor.plan(CITY, ADMIN, ChangeProgress())


@pytest.mark.usefixtures("looks_often")
async def test_a_service_closes_promptly_whatever_its_looks_are_doing(
    home: Home, minilm: SentenceTransformerEmbedder
) -> None:
    for _ in range(20):
        async with asyncio.timeout(PATIENCE), opened(home, minilm):
            pass


@pytest.mark.usefixtures("looks_often")
async def test_what_another_process_published_is_answered_from(
    home: Home, minilm: SentenceTransformerEmbedder
) -> None:
    async with opened(home, minilm) as service:
        assert service.access.collections(CITY) == ("news",)
        await asyncio.to_thread(publish, home, "board", BOARD, minilm)
        await until(lambda: "board" in service.desk.collections)
        shown = await ask(service, CITY, ANN, "When did the board meet?")
        assert shown.quotes[0].article.collection == "board"


@pytest.mark.usefixtures("looks_often")
async def test_what_another_process_bound_or_chose_holds(
    home: Home, minilm: SentenceTransformerEmbedder
) -> None:
    async with opened(home, minilm) as service:
        with ChatStore(home.chats()) as other:
            other.bindings.bind("discord", "200", "news")
            other.settings.put("discord", "200", "", Changes(passages=1))
        await until(lambda: service.settings.preferences(TOWN).passages == 1)
        await until(lambda: service.settings.rights.bindings)
        assert len((await ask(service, TOWN, ANN, "Who met in Nara?")).quotes) == 1
        with pytest.raises(Refusal, match="no-collection"):
            await ask(service, CITY, ANN, "Who met in Nara?")


@pytest.mark.usefixtures("looks_often")
async def test_what_is_past_its_time_is_forgotten(home: Home, minilm: SentenceTransformerEmbedder) -> None:
    desk = Desk(home, Model(minilm, minilm.vocabulary), print)
    desk.open()
    async with make_service(home, desk, keep=timedelta(days=1)) as service:
        now = datetime.now(UTC)
        for answer_id, days in (("old", 2), ("new", 0)):
            made = record(answer_id, CITY, now - timedelta(days=days))
            await service.db_worker.run(service.chat_store.answers.add, made)
        await until(lambda: service.chat_store.answers.get("old", CITY.tenant) is None)
        assert service.chat_store.answers.get("new", CITY.tenant)


@pytest.mark.usefixtures("looks_often")
async def test_a_look_that_fails_is_in_the_log_and_not_the_last(
    home: Home,
    minilm: SentenceTransformerEmbedder,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("corpus.storage.database.BUSY_SECONDS", 0.01)
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
                other.settings.put("discord", "200", "", Changes(passages=1))
            await until(lambda: service.settings.preferences(TOWN).passages == 1)
    assert [one.message for one in caplog.records] == ["could not look for changes; trying again"] * 2


async def test_a_store_that_can_not_be_used_is_said_before_anything_is_opened(
    home: Home, minilm: SentenceTransformerEmbedder
) -> None:
    home.chats().write_bytes(b"SQLite format 3\x00" + b"\xff" * 4080)
    desk = Desk(home, Model(minilm, minilm.vocabulary), print)
    desk.open()
    with pytest.raises(StoreUnusable, match="the corpus is not touched"):
        make_service(home, desk)


async def test_many_ask_at_once_and_each_gets_an_answer_or_a_word(
    home: Home, minilm: SentenceTransformerEmbedder
) -> None:
    async with opened(home, minilm) as service:
        for place in (CITY, TOWN):
            await service.settings.choose(place, {"person_limit": 120, "channel_limit": 120}, whole=True)
        asked = [
            ask(service, place, person, f"Who met in Nara in week {number}?")
            for number in range(15)
            for place in (CITY, TOWN)
            for person in (ANN, BOB)
        ]
        results = await asyncio.gather(*asked, return_exceptions=True)
    refused = [one for one in results if isinstance(one, BaseException)]
    assert all(isinstance(one, Refusal) and one.key in ("busy", "too-late") for one in refused)
    assert len(refused) < len(results)


@pytest.mark.usefixtures("looks_often")
async def test_forgetting_that_fails_is_in_the_log_and_tried_again(
    home: Home, minilm: SentenceTransformerEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(home, minilm) as service:
        made = record("old", CITY, datetime.now(UTC) - timedelta(days=31))
        with caplog.at_level(logging.ERROR, "bot.service.service"):
            await service.db_worker.run(service.chat_store.write, "ALTER TABLE threads RENAME TO away")
            await service.db_worker.run(service.chat_store.answers.add, made)
            await until(lambda: caplog.records)
            # What could not be forgotten whole is whole.
            assert await service.db_worker.run(service.chat_store.answers.get, "old", CITY.tenant)
            await service.db_worker.run(service.chat_store.write, "ALTER TABLE away RENAME TO threads")
            await until(lambda: service.chat_store.answers.get("old", CITY.tenant) is None)
    assert {one.message for one in caplog.records} == {"could not forget what is past its time; trying again"}
