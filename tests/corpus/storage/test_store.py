import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

import corpus.storage.database
from corpus.article import Article
from corpus.errors import HomeUnusable, ReloadBusy, StoreUnusable
from corpus.storage.store import BATCH, FORMAT, Source, Store

ARTICLE = Article(id="a", title="A", text="The bridge was closed.", source="The Post")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite3"


def test_sources_are_kept_once_and_sorted(path: Path) -> None:
    with Store(path) as store:
        assert store.add_source(Source("news", "/b"))
        assert store.add_source(Source("news", "/a"))
        assert store.add_source(Source("board", "/c"))
        assert not store.add_source(Source("news", "/a"))
    with Store(path) as store:
        assert store.sources() == [Source("board", "/c"), Source("news", "/a"), Source("news", "/b")]
        assert store.remove_source(Source("news", "/a"))
        assert not store.remove_source(Source("news", "/a"))
        assert len(store.sources()) == 2


def test_every_version_of_an_article_is_kept_in_order(path: Path) -> None:
    edited = Article(id="a", title="A", text="The bridge was opened.", source="The Post")
    with Store(path) as store:
        for one in (ARTICLE, edited, ARTICLE):
            store.save_version(one, one.version())
        assert [version for version, _ in store.versions("news", "a")] == [
            ARTICLE.version(),
            edited.version(),
        ]
        assert store.article("news", "a", ARTICLE.version()) == ARTICLE
        assert store.article("news", "a", edited.version()) == edited
        assert store.article("board", "a", edited.version()) is None
        assert store.article("news", "a", "never") is None


def test_a_version_that_is_read_again_heals_what_was_kept_of_it(path: Path) -> None:
    with Store(path) as store:
        store.save_version(ARTICLE, ARTICLE.version())
        [(_, seen)] = store.versions("news", "a")
    with sqlite3.connect(path) as database:
        database.execute("UPDATE versions SET content = replace(content, 'bridge', 'fridge')")
    database.close()
    with Store(path) as store:
        store.save_version(ARTICLE, ARTICLE.version())
        assert store.article("news", "a", ARTICLE.version()) == ARTICLE
        assert store.versions("news", "a") == [(ARTICLE.version(), seen)]


def test_what_stores_kept_of_withdrawn_articles_before_is_known(path: Path) -> None:
    with Store(path) as store:
        assert store.formerly_withdrawn() == set()
        store._db.execute("CREATE TABLE withdrawn (collection TEXT, article_id TEXT, at TEXT) STRICT")
        store._db.execute("INSERT INTO withdrawn VALUES ('news', 'a', '2026-01-14T00:00:00Z')")
    with Store(path) as store:
        assert store.formerly_withdrawn() == {("news", "a")}


def test_vectors_are_found_by_model_and_hash_however_many_are_asked_for(path: Path) -> None:
    vectors = [(row.to_bytes(32, "big"), bytes([row % 256]) * 8) for row in range(2 * BATCH + 1)]
    with Store(path) as store:
        store.save_vectors("m", vectors)
        assert store.vectors("m", [key for key, _ in vectors]) == dict(vectors)
        assert store.vectors("m", [b"unknown"]) == {}
        assert store.vectors("other", [vectors[0][0]]) == {}
        assert store.vectors("m", []) == {}
        store.save_vectors("m", [(vectors[0][0], b"another!")])
        assert store.vectors("m", [vectors[0][0]]) == {vectors[0][0]: b"another!"}


@pytest.mark.parametrize("damage", [b"\x00\x01\x02", b"", b"\x01" + bytes(11)])
def test_a_vector_that_is_damaged_is_not_found(path: Path, damage: bytes) -> None:
    with Store(path) as store:
        store.save_vectors("m", [(b"key", bytes(8))])
    with sqlite3.connect(path) as database:
        database.execute("UPDATE vectors SET vector = ?", (damage,))
    database.close()
    with Store(path) as store:
        assert store.vectors("m", [b"key"]) == {}


def test_every_single_bit_of_a_vector_counts(path: Path) -> None:
    with Store(path) as store:
        store.save_vectors("m", [(b"key", b"\x12\x34\x56\x78")])
        [(kept,)] = store.rows("SELECT vector FROM vectors")
        for bit in range(8 * len(kept)):
            flipped = (int.from_bytes(kept, "big") ^ (1 << bit)).to_bytes(len(kept), "big")
            store.write("UPDATE vectors SET vector = ?", (flipped,))
            assert store.vectors("m", [b"key"]) == {}


def test_history_is_told_newest_first(path: Path) -> None:
    with Store(path) as store:
        for number in range(5):
            store.record("reload", "news", f"g{number}", {"new": number})
        assert [event.generation for event in store.history(3)] == ["g4", "g3", "g2"]
        [last] = store.history(1)
        assert (last.act, last.collection, last.detail) == ("reload", "news", {"new": 4})
        assert last.at.tzinfo is not None


def interrupted(store: Store) -> None:
    with store.transaction():
        store.add_source(Source("news", "/a"))
        raise KeyboardInterrupt


def test_a_transaction_is_all_or_nothing(path: Path) -> None:
    with Store(path) as store:
        with pytest.raises(KeyboardInterrupt):
            interrupted(store)
        assert store.sources() == []
        with store.transaction():
            store.add_source(Source("news", "/a"))
        assert len(store.sources()) == 1


def test_what_is_not_committed_is_gone_with_the_process(path: Path) -> None:
    with Store(path) as store:
        store._db.execute("BEGIN IMMEDIATE")
        store.add_source(Source("news", "/a"))
    with Store(path) as store:
        assert store.sources() == []


def test_a_store_of_a_newer_format_is_refused_and_left_alone(path: Path) -> None:
    Store(path).__exit__(None, None, None)
    with sqlite3.connect(path) as database:
        database.execute(f"PRAGMA user_version = {FORMAT + 1}")
    database.close()
    before = path.read_bytes()
    with pytest.raises(StoreUnusable, match="written by a newer Newsdesk") as caught:
        Store(path)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 4080])
def test_a_damaged_store_is_refused_in_one_line_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises((StoreUnusable, HomeUnusable)) as caught:
        Store(path)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)
    assert path.read_bytes() == content


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    path.touch()
    with Store(path) as store:
        assert store.sources() == []


def test_damage_in_the_middle_is_found_by_the_check(path: Path) -> None:
    with Store(path) as store:
        store.save_vectors("m", ((bytes([row]) * 32, bytes(500)) for row in range(200)))
        assert store.check() is None
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 4096] = b"\x5a" * 4096
    path.write_bytes(content)
    with Store(path) as store:
        try:
            assert store.check()
        except StoreUnusable as error:
            assert "\n" not in str(error)  # noqa: PT017 - either way is fine


@pytest.mark.parametrize("place", ["folder", "file/store.sqlite3", "missing/store.sqlite3"])
def test_a_place_that_cant_hold_a_store_is_said_in_one_line(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(HomeUnusable, match="can't be used") as caught:
        Store(tmp_path / place)
    assert "\n" not in str(caught.value)


def test_a_writer_that_waits_too_long_for_another_says_so(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus.storage.database, "BUSY_SECONDS", 0.05)
    with Store(path) as first, Store(path) as second, first.transaction():
        for write in (
            lambda: second.add_source(Source("news", "/a")),
            lambda: second.save_vectors("m", []),
        ):
            with pytest.raises(ReloadBusy, match="wait until it ends"):
                write()
        assert second.sources() == []  # reading waits for nobody


def overfill(store: Store) -> None:
    with store.transaction():
        store.add_source(Source("news", "/a"))
        store.save_version(Article(id="b", title="B", text="b" * 100_000, source="s"), "v")


def test_a_full_disk_rolls_the_whole_transaction_back(path: Path) -> None:
    with Store(path) as store:
        pages = store.rows("PRAGMA page_count")[0][0]
        store.rows(f"PRAGMA max_page_count = {pages + 3}")
        with pytest.raises(HomeUnusable, match="full"):
            overfill(store)
        assert store.sources() == []
        assert store.add_source(Source("news", "/a"))
        assert store.check() is None


def test_many_may_open_a_new_store_at_once(path: Path) -> None:
    errors: list[Exception] = []
    start = threading.Barrier(6)

    def open_it(number: int) -> Callable[[], None]:
        def run() -> None:
            start.wait()
            try:
                with Store(path) as store:
                    store.add_source(Source("news", f"/{number}"))
            except Exception as error:  # noqa: BLE001 - told by the main thread
                errors.append(error)

        return run

    threads = [threading.Thread(target=open_it(number)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with Store(path) as store:
        assert len(store.sources()) == 6


def test_a_store_of_format_1_is_taken_on_with_what_it_held(path: Path) -> None:
    database = sqlite3.connect(path)
    database.executescript("""
        CREATE TABLE sources (
            collection TEXT NOT NULL, location TEXT NOT NULL, added TEXT NOT NULL,
            PRIMARY KEY (collection, location)
        ) STRICT;
        CREATE TABLE versions (
            collection TEXT NOT NULL, article_id TEXT NOT NULL, version TEXT NOT NULL,
            first_seen TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (collection, article_id, version)
        ) STRICT;
        CREATE TABLE vectors (
            model TEXT NOT NULL, text_hash BLOB NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (model, text_hash)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE withdrawn (
            collection TEXT NOT NULL, article_id TEXT NOT NULL, at TEXT NOT NULL,
            PRIMARY KEY (collection, article_id)
        ) STRICT;
        CREATE TABLE history (
            number INTEGER PRIMARY KEY, at TEXT NOT NULL, act TEXT NOT NULL, collection TEXT NOT NULL,
            generation TEXT, detail TEXT NOT NULL
        ) STRICT;
        INSERT INTO sources VALUES ('news', '/a', '2026-01-14T00:00:00Z');
        INSERT INTO withdrawn VALUES ('news', 'gone', '2026-01-14T00:00:00Z');
        INSERT INTO versions VALUES ('news', 'a', 'v', '2026-01-14T00:00:00Z', '{}');
        PRAGMA user_version = 1;
    """)
    database.close()
    with Store(path) as store:
        assert store.sources() == [Source("news", "/a")]
        assert store.formerly_withdrawn() == {("news", "gone")}
        assert [version for version, _ in store.versions("news", "a")] == ["v"]
        store.save_version(ARTICLE, ARTICLE.version())
        store.save_vectors("m", [(b"h", b"v")])
        assert store.vectors("m", [b"h"]) == {b"h": b"v"}
