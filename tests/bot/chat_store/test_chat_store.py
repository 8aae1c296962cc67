import sqlite3
from pathlib import Path

import pytest

import corpus.storage.sql.backend
from bot.chat_store.chat_store import ChatStore
from bot.chat_store.tables.chat_schema import FORMAT
from corpus.errors import ReloadBusy, StoreUnusable


def test_a_newer_store_is_refused_and_left_alone(path: Path) -> None:
    ChatStore(path).close()
    with sqlite3.connect(path) as database:
        database.execute(f"PRAGMA user_version = {FORMAT + 1}")
    database.close()
    before = path.read_bytes()
    with pytest.raises(StoreUnusable, match="written by a newer Newsdesk"):
        ChatStore(path)
    assert path.read_bytes() == before


def test_a_damaged_store_says_what_is_lost_and_what_is_not(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 4080)
    with pytest.raises(StoreUnusable, match="the corpus is not touched, settings and old answers are lost"):
        ChatStore(path)


def test_a_store_that_another_writes_for_long_is_busy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus.storage.sql.backend, "BUSY_SECONDS", 0.05)
    with ChatStore(path) as first, ChatStore(path) as second, first.transaction():
        first.notes.put("a", "b")
        with pytest.raises(ReloadBusy, match="another process is writing"):
            second.notes.put("a", "c")
        assert second.notes.get("a") is None
    with ChatStore(path) as third:
        assert third.notes.get("a") == "b"
