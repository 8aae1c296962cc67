"""A database on a PostgreSQL server, shared by many processes."""

import select as waiting
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, cast

import psycopg
from sqlalchemy import Connection, CursorResult, SelectBase, func, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from corpus.errors import NewsdeskError, ReloadBusy, StoreUnusable
from corpus.storage.sql import backend
from corpus.storage.sql.backend import Statement, Values
from corpus.storage.sql.postgres_server import (
    LONG_STATEMENT_SECONDS,
    NETWORK_GRACE_SECONDS,
    STATEMENT_SECONDS,
    TimedConnection,
    server,
)
from corpus.storage.sql.server_address import ServerAddress
from corpus.storage.sql.table_schema import Schema

CHANNEL = "newsdesk"
"""The channel of the notifications about changes."""
_BUSY = ("55P03", "40P01", "40001")
"""SQLSTATEs of a lock timeout, a deadlock and a serialisation failure."""


class PostgresDatabase:
    """A database with its own connection, which reconnects if it is lost outside of a transaction."""

    def __init__(self, address: ServerAddress, schema: Schema) -> None:
        """Connect. Raises DatabaseAway, HomeUnusable or StoreUnusable with what to do."""
        self._server = server(address)
        self._schema = schema
        self._connection: Connection | None = None
        self._is_closed = False
        self._within = False
        self._busy_seconds = 0.0
        with self.translating_errors():
            self._prepare()

    def _prepare(self) -> None:
        found = self._revision()
        if found is None or self._schema.compatibility(found) == "older":
            # The first process upgrades the tables; others wait for the lock and then find them upgraded.
            self.begin(exclusive=True)
            try:
                found = self._bring_up()
                self.commit()
            except BaseException:
                self.roll_back()
                raise
        if self._schema.compatibility(found) == "unknown":
            raise StoreUnusable(
                f"{self._server.name} was written by a newer Newsdesk (revision {found}, this one knows "
                f"{self._schema.newest}): update Newsdesk"
            )

    def _revision(self) -> str | None:
        """The revision of the tables; None if there are none."""
        try:
            asked = text(f"SELECT version_num FROM {self._schema.version_table}")  # noqa: S608 - a name of ours
            return str(self.execute(asked).scalar_one())
        except DBAPIError as error:
            if isinstance(error.orig, psycopg.errors.UndefinedTable):
                return None
            raise

    def _bring_up(self) -> str:
        schema = self._schema
        if self.execute(select(func.to_regclass(schema.version_table))).scalar() is None:
            for statement in (*schema.script(self._opened.dialect), *schema.version_script()):
                self.execute(text(statement))
        elif (
            (found := self._revision() or "") and schema.revisions and schema.compatibility(found) == "older"
        ):
            from corpus.storage.sql.upgrading import upgrade, wrong_tables  # imports Alembic

            with self.long_statements():
                upgrade(self._opened, schema.revisions, schema.version_table)
                wrong = [name for one in schema.all_tables for name in wrong_tables(self._opened, one)]
            if wrong:
                raise StoreUnusable(
                    f"{self._server.name} has other columns than its revision {found} says "
                    f"(in {', '.join(wrong)}): {schema.damaged}"
                )
        return self._revision() or schema.newest

    @property
    def _opened(self) -> Connection:
        if self._is_closed:
            raise RuntimeError("the database is closed")
        if self._within and (self._connection is None or not _is_alive(self._connection)):
            raise psycopg.OperationalError("its connection was lost in the middle of a transaction")
        if self._connection is None or not _is_alive(self._connection):
            self._drop()
            self._connection = self._server.connect()
            self._wait_for_others(backend.BUSY_SECONDS)
        return self._connection

    def _drop(self) -> None:
        """Close the connection, which may be lost already."""
        left, self._connection, self._busy_seconds = self._connection, None, 0.0
        self._within = False
        if left is not None:
            with suppress(SQLAlchemyError, psycopg.Error):
                left.invalidate()
                left.close()

    @contextmanager
    def translating_errors(self) -> Iterator[None]:
        try:
            with self._server.translating_errors():
                yield
        except NewsdeskError as error:
            raise self._busy(error) or error from error.__cause__
        finally:
            if self._connection is not None and not self._within and not _is_alive(self._connection):
                self._drop()

    def _busy(self, error: NewsdeskError) -> ReloadBusy | None:
        cause = error.__cause__
        said = cause.orig if isinstance(cause, DBAPIError) else cause
        if not isinstance(said, psycopg.Error) or said.sqlstate not in _BUSY:
            return None
        with suppress(NewsdeskError, DBAPIError, psycopg.Error):
            if not self._within:
                self._wait_for_others(backend.BUSY_RETRY_SECONDS)
        return ReloadBusy(self._schema.busy.format(path=self._server.name))

    def _wait_for_others(self, seconds: float) -> None:
        """Set how long the next writes wait for another writer."""
        if self._busy_seconds != seconds:
            self._busy_seconds = seconds
            self._set("lock_timeout", seconds)

    def _set(self, name: str, seconds: float) -> None:
        assert self._connection is not None  # noqa: S101 - the callers have connected
        self._connection.execute(select(func.set_config(name, f"{seconds * 1000:.0f}", False)))

    def execute(self, statement: Statement, values: Values = None) -> CursorResult[Any]:
        if isinstance(statement, str):
            raise TypeError("a server takes statements of SQLAlchemy alone")
        before = self._opened
        try:
            return before.execute(statement, values)  # type: ignore[arg-type] # its own kind
        except DBAPIError:
            # Only a read may be repeated: nobody knows whether a write was done.
            if self._within or not isinstance(statement, SelectBase) or _is_alive(before):
                raise
            return self._opened.execute(statement, values)  # type: ignore[arg-type] # as above

    def write_succeeded(self) -> None:
        self._wait_for_others(backend.BUSY_SECONDS)

    def begin(self, *, exclusive: bool) -> None:
        self._opened.exec_driver_sql("BEGIN")
        self._within = True
        try:
            if exclusive:
                named = func.concat("newsdesk ", func.current_schema(), f" {self._schema.name}")
                lock = func.pg_advisory_xact_lock(func.hashtextextended(named, 0))
                self._opened.execute(select(lock))
            self.write_succeeded()
        except BaseException:
            self.roll_back()
            raise

    def commit(self) -> None:
        self._opened.exec_driver_sql("COMMIT")
        self._within = False

    def roll_back(self) -> None:
        if self._connection is None or not self._within:
            return
        self._within = False
        try:
            self._connection.exec_driver_sql("ROLLBACK")
        except (SQLAlchemyError, psycopg.Error):
            self._drop()  # the server then undoes it

    def close(self) -> None:
        self._drop()
        self._is_closed = True

    @contextmanager
    def long_statements(self) -> Iterator[None]:
        with self.translating_errors():
            self._limit(LONG_STATEMENT_SECONDS)
        try:
            yield
        finally:
            # A failed transaction accepts no statement, and a lost connection has no setting to restore.
            with suppress(DBAPIError, psycopg.Error, NewsdeskError):
                self._limit(STATEMENT_SECONDS)

    def _limit(self, seconds: float) -> None:
        _raw_connection(self._opened).limit = seconds + NETWORK_GRACE_SECONDS
        self._set("statement_timeout", seconds)

    def vacuum(self) -> None:
        """Rewrite the tables' files; the server's write-ahead log contains deleted data until it is
        recycled."""
        with self.long_statements():
            for name in self._tables:
                self.execute(text(f"VACUUM (FULL) {name}"))

    def truncate_log(self) -> bool:
        """Always true: there is no log that Newsdesk could truncate."""
        return True

    def check(self) -> str | None:
        """Reads every row, which makes the server verify the checksums of pages."""
        with self.long_statements():
            for name in self._tables:
                self.execute(text(f"SELECT sum(length(t::text)) FROM {name} AS t"))  # noqa: S608
        return None

    @property
    def _tables(self) -> list[str]:
        return [table.name for one in self._schema.all_tables for table in one.sorted_tables]

    def notify(self, kind: str, detail: str) -> None:
        self.execute(select(func.pg_notify(CHANNEL, f"{kind} {detail}")))


def _raw_connection(connection: Connection) -> TimedConnection:
    return cast(TimedConnection, connection.connection.dbapi_connection)  # the only type that is created


def _is_alive(connection: Connection) -> bool:
    """Whether the connection is open, as far as this side knows: nothing is sent, so it takes a
    microsecond."""
    if connection.closed or connection.invalidated:
        return False
    raw = _raw_connection(connection)
    if raw.closed:
        return False
    poll = waiting.poll()
    poll.register(raw.fileno(), waiting.POLLIN)
    with suppress(psycopg.OperationalError):
        while poll.poll(0) and raw.pgconn.status == psycopg.pq.ConnStatus.OK:
            raw.pgconn.consume_input()  # an unsolicited message: a warning, or the last one before the end
    return raw.pgconn.status == psycopg.pq.ConnStatus.OK
