"""The vectors of segments on a PostgreSQL server: one table per segment, and one that lists them.

A segment never changes, and neither does its table: it is filled, indexed, and only then marked as ready. A
reload of one article writes the table of one small segment; no other table is locked, attached or rewritten.
"""

import threading
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray
from psycopg import sql

from corpus.errors import HomeUnusable
from corpus.storage.sql.advisory_lock import try_lock, unlock
from corpus.storage.sql.postgres_server import (
    LONG_STATEMENT_SECONDS,
    NETWORK_GRACE_SECONDS,
    TimedConnection,
    server,
)
from corpus.storage.sql.server_address import ServerAddress
from retrieval.models.embedder import Vectors
from retrieval.pgvector.binary_copy import pieces

OLDEST = (0, 8)
"""The release of pgvector that introduced iterative scans, without which filters lose near vectors."""
INDEXED_ROWS = 10_000
"""Rows from which a table gets an index: to scan fewer takes the server five milliseconds, no more than a
search in the graph (`benchmarks.pgvector_search`)."""
M, EF_CONSTRUCTION = 16, 64
"""HNSW's neighbours per vector, and candidates when choosing them: pgvector's defaults."""
EF_SEARCH = 400
"""Size of HNSW's candidate list: it finds 0.998 of the nearest 200 of 107,647 news chunks, and 0.95 of
300,000 random vectors, which are further apart (`benchmarks.pgvector_search`)."""
VECTORS_SCANNED = 60_000
"""Maximum vectors that a search visits to fill its list if a filter excludes most of them."""
ASK_SECONDS = 2.0
"""Seconds after which a question is answered here instead of by the server."""
LOCK_SECONDS = 1.0
"""How long a DROP waits for readers of the table, which only read for milliseconds."""
BUILD_MEMORY = "512MB"
"""Memory for a graph of 180,000 vectors of 384 dimensions, so that it is built without using the disk."""

_REGISTRY = """
CREATE TABLE IF NOT EXISTS vector_segments (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name TEXT NOT NULL UNIQUE,
    chunks BIGINT NOT NULL, ready BOOLEAN NOT NULL DEFAULT FALSE
)"""
_LOADING = "vectors"
"""The name of the advisory lock for making and dropping tables."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request to one segment's table for the `count` nearest chunks: only of the articles `among`, or of
    all but those in `but`."""

    number: int
    count: int
    among: NDArray[np.int32] | None = None
    but: NDArray[np.int32] | None = None


class SegmentVectors:
    """Searches and fills the tables over one connection, which is opened on first use. Thread-safe; threads
    take turns."""

    def __init__(self, address: ServerAddress) -> None:
        """Connects on first use."""
        self._address = address
        self._connection: TimedConnection | None = None
        self._closing: weakref.finalize[..., SegmentVectors] | None = None
        self._one = threading.Lock()

    def ready(self, names: Sequence[str]) -> Mapping[str, int]:
        """The numbers of the tables of these segments that are ready, by name. Raises DatabaseAway,
        HomeUnusable."""
        with self._connected() as connection:
            if connection.execute("SELECT to_regclass('vector_segments')").fetchone() == (None,):
                return {}
            found = connection.execute(
                "SELECT name, number FROM vector_segments WHERE ready AND name = ANY(%s)", [list(names)]
            )
            return dict(found.fetchall())

    def near(self, question: Vectors, wanted: Sequence[Wanted]) -> list[NDArray[np.int64]]:
        """For each table the chunks nearest to the question (shape (1, dimension)), approximately, in one
        round trip. Raises DatabaseAway, HomeUnusable."""
        each = [_asking(place, one) for place, one in enumerate(wanted)]
        values: dict[str, object] = {"vector": f"[{','.join(map(repr, question[0].tolist()))}]"}
        for _, listed in each:
            values |= listed
        asked = sql.SQL(" UNION ALL ").join(one for one, _ in each)
        with self._connected() as connection:
            # As a prepared statement it would be planned for any list of articles instead of this one.
            rows = connection.execute(asked, values, prepare=False).fetchall()
        found = np.array(rows, np.int64).reshape(-1, 2)
        return [found[found[:, 0] == place, 1] for place in range(len(wanted))]

    def load(self, name: str, articles: NDArray[np.int32], vectors: NDArray[np.float16]) -> bool:
        """Make the table of a segment from the vectors of its chunks and the rows of their articles. Returns
        False if another process is making tables. Raises DatabaseAway, HomeUnusable."""
        with self._alone() as connection:
            if connection is None:
                return False
            self._discard(
                connection, connection.execute("SELECT number FROM vector_segments WHERE NOT ready")
            )
            made = connection.execute(
                "INSERT INTO vector_segments (name, chunks) VALUES (%s, %s) "
                "ON CONFLICT DO NOTHING RETURNING number",
                [name, len(vectors)],
            ).fetchone()
            if made is None:
                return True  # it exists
            _fill(connection, _table(made[0]), articles, vectors)
            connection.execute("UPDATE vector_segments SET ready = TRUE WHERE number = %s", [made[0]])
        return True

    def keep_only(self, names: Set[str]) -> None:
        """Drop the tables of all other segments, unless another process is making tables, which then does so
        itself. Raises DatabaseAway, HomeUnusable."""
        with self._alone() as connection:
            if connection is not None:
                others = "SELECT number FROM vector_segments WHERE NOT name = ANY(%s)"
                self._discard(connection, connection.execute(others, [list(names)]))

    def close(self) -> None:
        """Close the connection; it is opened again when needed."""
        with self._one:
            self._drop()

    def _discard(self, connection: TimedConnection, found: Iterable[tuple[Any, ...]]) -> None:
        for (number,) in list(found):
            connection.execute("UPDATE vector_segments SET ready = FALSE WHERE number = %s", [number])
            connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(_table(number)))
            connection.execute("DELETE FROM vector_segments WHERE number = %s", [number])

    @contextmanager
    def _alone(self) -> Iterator[TimedConnection | None]:
        """A separate connection for making and dropping tables, without a time limit for it, while no other
        process does so; None if another one does."""
        with self._translating_errors(), self._connect(LONG_STATEMENT_SECONDS) as connection:
            connection.execute(f"SET maintenance_work_mem = '{BUILD_MEMORY}'")
            connection.execute(f"SET lock_timeout = {LOCK_SECONDS * 1000:.0f}")
            if not try_lock(connection, _LOADING):
                yield None
                return
            try:
                connection.execute(_REGISTRY)
                yield connection
            finally:
                unlock(connection, _LOADING)

    @contextmanager
    def _connected(self) -> Iterator[TimedConnection]:
        with self._one, self._translating_errors():
            if self._connection is None or self._connection.closed:
                self._drop()
                self._connection = self._connect(ASK_SECONDS)
                self._closing = weakref.finalize(self, self._connection.close)
            try:
                yield self._connection
            except psycopg.Error:
                self._drop()  # after any error, the next question connects again
                raise

    def _connect(self, seconds: float) -> TimedConnection:
        connection = server(self._address).raw_connection("newsdesk vectors")
        try:
            self._prepare(connection, seconds)
        except BaseException:
            connection.close()
            raise
        return connection

    def _install(self, connection: TimedConnection) -> None:
        """Enable pgvector; if the server does not have it, `_translating_errors` says so."""
        try:
            connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
        except psycopg.errors.InsufficientPrivilege as error:
            name = server(self._address).name
            raise HomeUnusable(
                f"{name} has pgvector, and its user may not enable it: let an administrator say "
                "`CREATE EXTENSION vector` there"
            ) from error

    def _prepare(self, connection: TimedConnection, seconds: float) -> None:
        """Enable pgvector, check its version, and set the session's parameters; `seconds` limits each
        statement."""
        connection.limit = seconds + NETWORK_GRACE_SECONDS
        version = "SELECT extversion FROM pg_extension WHERE extname = 'vector'"
        found = connection.execute(version).fetchone()
        if found is None:
            self._install(connection)
            found = connection.execute(version).fetchone()
        if found is None or tuple(map(int, found[0].split(".")[:2])) < OLDEST:
            raise HomeUnusable(
                f"{server(self._address).name} has pgvector {found and found[0]}: Newsdesk needs "
                f"{'.'.join(map(str, OLDEST))} or newer (`ALTER EXTENSION vector UPDATE`)"
            )
        # Where a graph exists it is used: the planner takes it to be slower than a scan, which it is not from
        # INDEXED_ROWS rows on, and filters that leave few rows are not sent to the server.
        connection.execute(
            "SET enable_seqscan = off; "
            f"SET statement_timeout = {seconds * 1000:.0f}; SET hnsw.ef_search = {EF_SEARCH}; "
            f"SET hnsw.iterative_scan = 'relaxed_order'; SET hnsw.max_scan_tuples = {VECTORS_SCANNED}"
        )

    def _drop(self) -> None:
        if self._closing is not None:
            self._closing()  # also releases the closed connection
        self._connection = self._closing = None

    @contextmanager
    def _translating_errors(self) -> Iterator[None]:
        there = server(self._address)
        with there.translating_errors():
            try:
                yield
            except (psycopg.errors.UndefinedFile, psycopg.errors.FeatureNotSupported) as error:
                raise HomeUnusable(
                    f"{there.name} has no pgvector: install it on the server, or leave NEWSDESK_PGVECTOR out"
                ) from error
            except psycopg.errors.UndefinedTable as error:
                raise HomeUnusable(
                    f"{there.name} has no vectors any more of a segment that is searched"
                ) from error


def _fill(
    connection: TimedConnection,
    table: sql.Identifier,
    articles: NDArray[np.int32],
    vectors: NDArray[np.float16],
) -> None:
    columns = sql.SQL("chunk INT NOT NULL, article INT NOT NULL, vector HALFVEC({}) NOT NULL")
    connection.execute(sql.SQL("CREATE TABLE {} ({})").format(table, columns.format(vectors.shape[1])))
    with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(table)) as copy:
        for piece in pieces(articles, vectors):
            copy.write(piece)
    if len(vectors) >= INDEXED_ROWS:
        graph = sql.SQL("USING hnsw (vector halfvec_ip_ops) WITH (m = {}, ef_construction = {})")
        connection.execute(sql.SQL("CREATE INDEX ON {} ").format(table) + graph.format(M, EF_CONSTRUCTION))
    connection.execute(sql.SQL("ANALYZE {}").format(table))


def _table(number: int) -> sql.Identifier:
    return sql.Identifier(f"segment_vectors_{number}")


def _asking(place: int, one: Wanted) -> tuple[sql.Composed, dict[str, list[int]]]:
    """The query for one table, and its list of articles under a parameter name of its own."""
    where, values = sql.SQL("").format(), dict[str, list[int]]()
    listed = one.but if one.among is None else one.among
    if listed is not None:
        name = f"articles{place}"
        among = "WHERE NOT article = ANY({})" if one.among is None else "WHERE article = ANY({})"
        where, values[name] = sql.SQL(among).format(sql.Placeholder(name)), listed.tolist()
    asked = sql.SQL("(SELECT {} AS place, chunk FROM {} {} ORDER BY vector <#> {}::halfvec LIMIT {})")
    return asked.format(place, _table(one.number), where, sql.Placeholder("vector"), one.count), values
