"""Tables of vectors on a real server: filled, indexed, asked under filters, dropped, and lost."""

import time
from collections.abc import Iterator

import numpy as np
import psycopg
import pytest
from numpy.typing import NDArray
from psycopg import sql

from corpus.errors import HomeUnusable
from corpus.storage.sql.postgres_server import TimedConnection
from corpus.storage.sql.server_address import ServerAddress
from retrieval.pgvector.segment_vectors import INDEXED_ROWS, SegmentVectors, Wanted
from tools.local_postgres.cluster import Cluster

EACH = 20
"""Vectors of an article."""


def unit_vectors(count: int, dimension: int = 32) -> NDArray[np.float16]:
    made = np.random.default_rng(7).normal(size=(count, dimension))
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float16)


def articles_of(vectors: NDArray[np.float16]) -> NDArray[np.int32]:
    return np.asarray(np.arange(len(vectors)) // EACH, np.int32)


def nearest(
    vectors: NDArray[np.float16], question: NDArray[np.float32], rows: NDArray[np.int64]
) -> list[int]:
    similar = vectors[rows].astype(np.float32) @ question
    return [int(row) for row in rows[np.argsort(-similar, kind="stable")]]


@pytest.fixture(scope="module")
def large(cluster: Cluster) -> Iterator[tuple[SegmentVectors, int, NDArray[np.float16]]]:
    """A table with an index: what tables with so many rows have."""
    with cluster.database() as url:
        held, vectors = SegmentVectors(ServerAddress(url)), unit_vectors(INDEXED_ROWS)
        assert held.load("large", articles_of(vectors), vectors)
        yield held, held.ready(["large"])["large"], vectors
        held.close()


def asked(number: int) -> NDArray[np.float32]:
    return np.asarray(unit_vectors(number + 1)[number], np.float32)


@pytest.mark.parametrize("share", [None, "among", "but"])
def test_an_index_finds_what_is_nearest_also_under_a_filter(
    large: tuple[SegmentVectors, int, NDArray[np.float16]], share: str | None
) -> None:
    held, number, vectors = large
    articles = articles_of(vectors)
    chosen = np.arange(0, articles[-1], 9, dtype=np.int32)
    flags = {
        None: np.ones(len(vectors), np.bool_),
        "among": np.isin(articles, chosen),
        "but": ~np.isin(articles, chosen),
    }[share]
    found, right = 0, 0
    for place in range(10):
        wanted = Wanted(number, 100, **({share: chosen} if share else {}))
        [rows] = held.near(asked(place)[None], [wanted])
        assert len(rows) == 100 == len(set(rows.tolist()))
        assert flags[rows].all()
        best = nearest(vectors, asked(place), np.flatnonzero(flags))[:100]
        found, right = found + len(set(best) & set(rows.tolist())), right + (best[0] in rows)
    assert found >= 0.95 * 1000
    assert right == 10


def test_the_index_is_used_and_a_small_table_has_none(
    large: tuple[SegmentVectors, int, NDArray[np.float16]],
) -> None:
    held, number, vectors = large
    held.load("small", articles_of(vectors[:50]), vectors[:50])
    with held._connected() as connection:
        found = connection.execute("SELECT tablename FROM pg_indexes WHERE indexdef LIKE '%hnsw%'").fetchall()
        asking = f"SELECT chunk FROM segment_vectors_{number} ORDER BY vector <#> %s::halfvec LIMIT 9"
        plan = connection.execute(f"EXPLAIN {asking}", [str(asked(1).tolist())]).fetchall()
    assert found == [(f"segment_vectors_{number}",)]
    assert "Index Scan" in str(plan)


def test_several_tables_are_asked_at_once(segment_vectors: SegmentVectors) -> None:
    vectors = unit_vectors(90)
    segment_vectors.load("one", articles_of(vectors[:40]), vectors[:40])
    segment_vectors.load("two", articles_of(vectors[40:]), vectors[40:])
    numbers = segment_vectors.ready(["two", "one", "three"])
    assert set(numbers) == {"one", "two"}
    one, two = segment_vectors.near(
        asked(3)[None],
        [
            Wanted(numbers["one"], 5),
            Wanted(numbers["two"], 3, among=np.array([1], np.int32)),
        ],
    )
    assert one.tolist() == nearest(vectors, asked(3), np.arange(40))[:5]
    assert (two + 40).tolist() == nearest(vectors, asked(3), np.arange(60, 80))[:3]
    [nothing] = segment_vectors.near(asked(3)[None], [Wanted(numbers["one"], 5, among=np.zeros(0, np.int32))])
    assert not len(nothing)


def test_vectors_are_kept_as_they_are(segment_vectors: SegmentVectors) -> None:
    vectors = np.concatenate([unit_vectors(5), np.eye(32, dtype=np.float16)[:1] * np.float16(6e-8)])
    segment_vectors.load("one", articles_of(vectors), vectors)
    with segment_vectors._connected() as connection:
        rows = connection.execute("SELECT vector::text FROM segment_vectors_1 ORDER BY chunk").fetchall()
    kept = np.array([[float(value) for value in text[1:-1].split(",")] for (text,) in rows])
    assert (kept.astype(np.float16) == vectors).all()


def test_a_segment_is_loaded_once(segment_vectors: SegmentVectors) -> None:
    vectors = unit_vectors(5)
    assert segment_vectors.load("one", articles_of(vectors), vectors)
    number = segment_vectors.ready(["one"])
    assert segment_vectors.load("one", articles_of(vectors), vectors)
    assert segment_vectors.ready(["one"]) == number


def test_what_a_crash_left_half_filled_is_made_anew(
    segment_vectors: SegmentVectors, database_url: str
) -> None:
    vectors = unit_vectors(5)
    segment_vectors.load("half", articles_of(vectors), vectors)
    with psycopg.connect(database_url) as connection:
        connection.execute("UPDATE vector_segments SET ready = FALSE")
        connection.execute("DELETE FROM segment_vectors_1 WHERE chunk > 2")
    assert segment_vectors.ready(["half"]) == {}
    segment_vectors.load("half", articles_of(vectors), vectors)
    [rows] = segment_vectors.near(asked(0)[None], [Wanted(segment_vectors.ready(["half"])["half"], 9)])
    assert len(rows) == 5
    with psycopg.connect(database_url) as connection:
        assert connection.execute("SELECT to_regclass('segment_vectors_1')").fetchone() == (None,)


def test_tables_that_nothing_needs_are_dropped(segment_vectors: SegmentVectors, database_url: str) -> None:
    vectors = unit_vectors(5)
    for name in ("old", "new"):
        segment_vectors.load(name, articles_of(vectors), vectors)
    segment_vectors.keep_only({"new", "elsewhere"})
    assert set(segment_vectors.ready(["old", "new"])) == {"new"}
    with psycopg.connect(database_url) as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE tablename LIKE 'segment%'"
        ).fetchall()
    assert tables == [("segment_vectors_2",)]


def test_a_table_that_is_read_for_long_stays_and_is_not_given_to_others(
    segment_vectors: SegmentVectors, database_url: str
) -> None:
    vectors = unit_vectors(5)
    segment_vectors.load("old", articles_of(vectors), vectors)
    with psycopg.connect(database_url) as reading:
        reading.execute("SELECT count(*) FROM segment_vectors_1")
        with pytest.raises(HomeUnusable, match="lock timeout"):
            segment_vectors.keep_only(set())
        assert segment_vectors.ready(["old"]) == {}
    segment_vectors.keep_only(set())
    segment_vectors.load("old", articles_of(vectors), vectors)
    assert set(segment_vectors.ready(["old"])) == {"old"}


def test_one_process_makes_tables_at_a_time(segment_vectors: SegmentVectors, database_url: str) -> None:
    vectors = unit_vectors(5)
    with psycopg.connect(database_url) as other:
        other.execute(
            "SELECT pg_advisory_lock(hashtextextended('newsdesk ' || current_schema() || ' vectors', 0))"
        )
        assert not segment_vectors.load("one", articles_of(vectors), vectors)
        segment_vectors.keep_only(set())
    deadline = time.monotonic() + 20  # the server frees the lock once it has seen the connection's end
    while not segment_vectors.load("one", articles_of(vectors), vectors):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_next_tables_need_not_wait_until_the_server_has_seen_the_end_of_a_connection(
    segment_vectors: SegmentVectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    vectors, left = unit_vectors(5), list[TimedConnection]()
    with monkeypatch.context() as late:
        late.setattr(TimedConnection, "close", lambda connection: left.append(connection))
        assert segment_vectors.load("one", articles_of(vectors), vectors)
        assert segment_vectors.load("two", articles_of(vectors), vectors)
    for connection in left:
        connection.close()


def test_a_connection_that_was_lost_is_made_again(segment_vectors: SegmentVectors, cluster: Cluster) -> None:
    vectors = unit_vectors(5)
    segment_vectors.load("one", articles_of(vectors), vectors)
    assert segment_vectors.ready(["one"])
    with segment_vectors._connected() as connection:
        process = connection.info.backend_pid
    with psycopg.connect(cluster.url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [process])
    with pytest.raises(HomeUnusable, match="terminating connection"):
        segment_vectors.ready(["one"])
    assert segment_vectors.ready(["one"])


def test_a_server_that_is_away_is_named(segment_vectors: SegmentVectors) -> None:
    away = SegmentVectors(ServerAddress("postgresql://newsdesk@127.0.0.1:1/newsdesk"))
    with pytest.raises(HomeUnusable, match="Connection refused"):
        away.ready(["one"])


def test_an_old_pgvector_is_refused(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION vector")
        connection.execute("UPDATE pg_extension SET extversion = '0.7.4' WHERE extname = 'vector'")
    with pytest.raises(HomeUnusable, match=r"has pgvector 0\.7\.4: Newsdesk needs 0\.8 or newer"):
        SegmentVectors(ServerAddress(database_url)).ready(["one"])


def test_a_server_without_pgvector_is_told(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        name = sql.Identifier(str(connection.info.dbname))
        connection.execute(sql.SQL("ALTER DATABASE {} SET extension_control_path = '/nowhere'").format(name))
    with pytest.raises(HomeUnusable, match="has no pgvector: install it on the server"):
        SegmentVectors(ServerAddress(database_url)).ready(["one"])


def test_a_user_who_may_not_have_pgvector_is_told(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS guest")
        connection.execute("CREATE ROLE guest LOGIN")
    try:
        with pytest.raises(HomeUnusable, match="its user may not enable it"):
            SegmentVectors(ServerAddress(database_url.replace("newsdesk@", "guest@"))).ready(["one"])
    finally:
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute("DROP ROLE guest")
