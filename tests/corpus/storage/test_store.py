import random
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from corpus.article import Article
from corpus.storage.database import DatabaseLocation
from corpus.storage.legacy_withdrawals import formerly_withdrawn
from corpus.storage.store import MOST_PARAMETERS, Store
from corpus.storage.store_records import Source
from corpus.storage.store_tables import vectors, versions

ARTICLE = Article(id="a", title="A", text="The bridge was closed.", source="The Post")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite3"


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    assert formerly_withdrawn(path) == set()
    path.touch()
    with Store(path) as store:
        assert store.sources() == []
        assert formerly_withdrawn(path) == set()


def test_sources_are_kept_once_and_sorted(place: DatabaseLocation) -> None:
    with Store(place) as store:
        assert store.add_source(Source("news", "/b"))
        assert store.add_source(Source("news", "/a"))
        assert store.add_source(Source("board", "/c"))
        assert not store.add_source(Source("news", "/a"))
    with Store(place) as store:
        assert store.sources() == [Source("board", "/c"), Source("news", "/a"), Source("news", "/b")]
        assert store.remove_source(Source("news", "/a"))
        assert not store.remove_source(Source("news", "/a"))
        assert len(store.sources()) == 2


def test_what_was_said_of_a_source_is_kept_with_it_and_tells_no_two_apart(place: DatabaseLocation) -> None:
    said = Source("news", "/a", {"source": "The Post", "fields": {"title": "Headline"}})
    with Store(place) as store:
        assert store.add_source(said)
        assert not store.add_source(Source("news", "/a", {"source": "Another"}))
        [kept] = store.sources()
        assert (kept, kept.options) == (Source("news", "/a"), said.options)
        assert store.set_options(Source("news", "/a", {"language": "en"}))
        assert store.sources()[0].options == {"language": "en"}
        assert not store.set_options(Source("news", "/b", {"language": "en"}))
        assert len(store.sources()) == 1


def test_every_version_of_an_article_is_kept_in_order(place: DatabaseLocation) -> None:
    edited = Article(id="a", title="A", text="The bridge was opened.", source="The Post")
    with Store(place) as store:
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


def test_a_version_that_is_read_again_heals_what_was_kept_of_it(place: DatabaseLocation) -> None:
    with Store(place) as store:
        store.save_version(ARTICLE, ARTICLE.version())
        [(_, seen)] = store.versions("news", "a")
        damaged = func.replace(versions.c.content, "bridge", "fridge")
        assert store.write(update(versions).values(content=damaged))
        assert store.article("news", "a", ARTICLE.version()) != ARTICLE
    with Store(place) as store:
        store.save_version(ARTICLE, ARTICLE.version())
        assert store.article("news", "a", ARTICLE.version()) == ARTICLE
        assert store.versions("news", "a") == [(ARTICLE.version(), seen)]


def test_vectors_are_found_by_model_and_hash_however_many_are_asked_for(place: DatabaseLocation) -> None:
    made = [(row.to_bytes(32, "big"), bytes([row % 256]) * 8) for row in range(2 * MOST_PARAMETERS + 1)]
    with Store(place) as store:
        store.save_vectors("m", made)
        assert store.vectors("m", [key for key, _ in made]) == dict(made)
        assert store.vectors("m", [b"unknown"]) == {}
        assert store.vectors("other", [made[0][0]]) == {}
        assert store.vectors("m", []) == {}
        store.save_vectors("m", [(made[0][0], b"another!")])
        assert store.vectors("m", [made[0][0]]) == {made[0][0]: b"another!"}


def test_every_single_bit_of_a_vector_counts(place: DatabaseLocation) -> None:
    with Store(place) as store:
        store.save_vectors("m", [(b"key", b"\x12\x34\x56\x78")])
        [(kept,)] = store.rows(select(vectors.c.vector))
        for bit in range(8 * len(kept)):
            flipped = (int.from_bytes(kept, "big") ^ (1 << bit)).to_bytes(len(kept), "big")
            store.write(update(vectors).values(vector=flipped))
            assert store.vectors("m", [b"key"]) == {}


def test_the_file_is_little_larger_than_its_vectors(path: Path) -> None:
    """A vector with its tokens has about two kilobytes, and its text's hash comes in no order."""
    rng = random.Random(1)
    with Store(path) as store:
        for _ in range(8):
            made = [(rng.randbytes(32), rng.randbytes(rng.randint(1_400, 2_900))) for _ in range(250)]
            store.save_vectors("model", made)
        store.truncate_log()
        [(held,)] = store.rows(select(func.sum(func.length(vectors.c.vector))))
    assert path.stat().st_size < 1.3 * held


def test_history_is_told_newest_first(place: DatabaseLocation) -> None:
    with Store(place) as store:
        for number in range(5):
            store.record("reload", "news", f"g{number}", {"new": number})
        assert [event.generation for event in store.history(3)] == ["g4", "g3", "g2"]
        [last] = store.history(1)
        assert (last.act, last.collection, last.detail) == ("reload", "news", {"new": 4})
        assert last.at.tzinfo is not None


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
        assert store.sources()[0].options == {}
        assert formerly_withdrawn(path) == {("news", "gone")}
        assert [version for version, _ in store.versions("news", "a")] == ["v"]
        store.save_version(ARTICLE, ARTICLE.version())
        store.save_vectors("m", [(b"h", b"v")])
        assert store.vectors("m", [b"h"]) == {b"h": b"v"}
