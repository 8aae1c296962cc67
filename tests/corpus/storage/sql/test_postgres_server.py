"""What an operator reads where a server does not let Newsdesk in, or is none for it."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from corpus.errors import HomeUnusable, NewsdeskError, StoreUnusable
from corpus.storage.sql import postgres_server
from corpus.storage.sql.server_address import ServerAddress
from corpus.storage.sql.server_health import look
from retrieval.pgvector.segment_vectors import SegmentVectors
from tools.local_postgres.cluster import Cluster

RULES = """
host all locked 127.0.0.1/32 scram-sha-256
host all newsdesk 127.0.0.1/32 trust
"""


@pytest.fixture(scope="module")
def strict() -> Iterator[Cluster]:
    """A server that lets its owner in, somebody with a password, and nobody else."""
    with Cluster() as started:
        for statement in ("CREATE ROLE locked LOGIN PASSWORD 'right'", "CREATE ROLE other LOGIN"):
            started.execute(sql.SQL(statement))
        (started.data / "pg_hba.conf").write_text(RULES)
        started.run("pg_ctl", "--pgdata", str(started.data), "reload")
        yield started


def said(address: str, kind: type[NewsdeskError] = HomeUnusable) -> str:
    with pytest.raises(kind) as caught:
        look(ServerAddress(address))
    line = str(caught.value)
    assert "\n" not in line
    assert "wrong-word" not in line
    return line


@pytest.mark.parametrize(
    ("user", "what", "to_do"),
    [
        ("locked:wrong-word", "password authentication failed", "name the right user and password in"),
        ("locked", "no password supplied", "name the user's password in NEWSDESK_DATABASE, or in ~/.pgpass"),
        ("other", "no pg_hba.conf entry", "let this machine's address in, in the server's pg_hba.conf"),
        ("nobody", "no pg_hba.conf entry", "let this machine's address in, in the server's pg_hba.conf"),
    ],
)
def test_who_is_not_let_in_is_told_why_and_what_to_do(
    strict: Cluster, user: str, what: str, to_do: str
) -> None:
    line = said(f"postgresql://{user}@127.0.0.1:{strict.port}/postgres")
    assert line.startswith("the database postgres on 127.0.0.1 can't be used (")
    assert what in line
    assert to_do in line


def test_the_right_password_is_let_in(strict: Cluster) -> None:
    address = ServerAddress(f"postgresql://locked:right@127.0.0.1:{strict.port}/postgres")
    assert look(address).version.startswith("18.")


def test_a_server_that_is_too_old_is_named_with_what_is_needed(
    strict: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_server, "MIN_RELEASE", 99)
    line = said(strict.url, StoreUnusable)
    assert line == "the database postgres on 127.0.0.1 is PostgreSQL 18: Newsdesk needs 99 or newer"


@pytest.mark.parametrize("lacking", ["pgvector", "the right"])
def test_vectors_need_pgvector_and_the_right_to_enable_it(strict: Cluster, lacking: str) -> None:
    with strict.database() as url:
        name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
        if lacking == "pgvector":
            statement = sql.SQL("ALTER DATABASE {} SET extension_control_path = '/nowhere'")
            strict.execute(statement.format(sql.Identifier(str(name))))
            to_do = f"the database {name} on 127.0.0.1 has no pgvector: install it on the server"
        else:
            url = url.replace("newsdesk@", "locked:right@")
            to_do = "let an administrator say `CREATE EXTENSION vector` there"
        held = SegmentVectors(ServerAddress(url))
        with pytest.raises(HomeUnusable) as caught:
            held.ready(["any"])
        assert to_do in str(caught.value)
        assert "\n" not in str(caught.value)
        held.close()
