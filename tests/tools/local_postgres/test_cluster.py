"""The server that the tests start is a real one, and can be killed, stalled and started again."""

from collections.abc import Iterator

import psycopg
import pytest

from tools.local_postgres.cluster import Cluster


@pytest.fixture(scope="module")
def durable() -> Iterator[Cluster]:
    with Cluster(durable=True) as started:
        yield started


def test_it_has_pgvector(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("CREATE EXTENSION vector")
        row = connection.execute("SELECT '[1,2]'::halfvec(2) <=> '[2,1]'::halfvec(2)").fetchone()
    assert row == (pytest.approx(0.2),)


def test_databases_are_gone_when_their_test_ends(cluster: Cluster) -> None:
    with cluster.database() as url, psycopg.connect(url) as still_open:
        still_open.execute("SELECT 1")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(url)


def test_what_was_acknowledged_is_there_after_a_kill(durable: Cluster) -> None:
    with psycopg.connect(durable.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        durable.kill()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    durable.start()
    with psycopg.connect(durable.url) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_a_server_that_stalls_goes_on(durable: Cluster) -> None:
    durable.stall()
    with pytest.raises(psycopg.errors.ConnectionTimeout):
        psycopg.connect(durable.url, connect_timeout=2)
    durable.go_on()
    with psycopg.connect(durable.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_nothing_is_left_of_it() -> None:
    with Cluster() as started:
        root = started.root
    assert not root.exists()


def test_a_program_that_fails_says_why(durable: Cluster) -> None:
    with pytest.raises(RuntimeError, match="exists but is not empty"):
        durable.run("initdb", "--pgdata", str(durable.data))
