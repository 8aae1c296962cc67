"""A lock that one process holds on a database, and that is released when the process ends."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg

from corpus.errors import DatabaseAway, ReloadBusy
from corpus.storage.sql.postgres_server import (
    NETWORK_GRACE_SECONDS,
    STATEMENT_SECONDS,
    TimedConnection,
    server,
)
from corpus.storage.sql.server_address import ServerAddress

NAME_BYTES = 63
"""The most bytes of an application name, which identifies the holder of a lock; PostgreSQL cuts off the
rest."""
UNLOCK_SECONDS = 2.0
"""Seconds that the server has to release a lock, before the connection is closed, which releases it too, but
later."""
KEY = "hashtextextended('newsdesk ' || current_schema() || ' ' || %s, 0)"
_HOLDER = f"""
SELECT application_name, backend_start FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND granted AND objsubid = 1
    AND (classid::bigint << 32) | objid::bigint = {KEY}
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""  # noqa: S608 - only the key's form
_MARK = "newsdesk lock "


@dataclass(frozen=True, slots=True)
class Holder:
    """The holder of a lock: `process 12 on HOST`, and the time since when."""

    name: str
    since: datetime

    def __str__(self) -> str:
        return f"{self.name}, since {self.since.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def try_lock(connection: TimedConnection, name: str) -> bool:
    """Try to take the lock of a name in the connection's schema. If it was free, the connection holds it
    until it ends. For work that needs the lock on its own connection."""
    return bool(connection.execute(f"SELECT pg_try_advisory_lock({KEY})", (name,)).fetchone() == (True,))


def unlock(connection: TimedConnection, name: str) -> None:
    """Release the lock that the connection holds, before it is closed: the server notices the end of a
    connection late, and would refuse the next caller until then. Errors are ignored, as the end of the
    connection releases the lock too."""
    with suppress(psycopg.Error):
        connection.limit = UNLOCK_SECONDS
        connection.execute(f"SELECT pg_advisory_unlock({KEY})", (name,))


class AdvisoryLock:
    """A lock with its own connection while it is held: the server releases it when the connection ends.

    It is reentrant for the thread that holds it; other threads of the process have to wait like other
    processes.
    """

    def __init__(self, address: ServerAddress, name: str) -> None:
        """Does not connect yet. Locks with the same name in the same schema are the same."""
        self._address = address
        self._name = name
        self._mine = threading.local()

    @contextmanager
    def hold(self, wait: float, busy: str) -> Iterator[None]:
        """Hold the lock for the block. If it is not free after `wait` seconds, raises ReloadBusy with the
        text `busy`, in which `{who}` is replaced with the holder. Also raises the errors of connecting."""
        if getattr(self._mine, "connection", None):
            yield
            return
        connection = self._taken(wait, busy)
        self._mine.connection = connection
        try:
            yield
        finally:
            self._mine.connection = None
            unlock(connection, self._name)
            connection.close()

    def holder(self) -> Holder | None:
        """The present holder; None if there is none. Raises the errors of connecting."""
        there = server(self._address)
        with there.translating_errors(), there.raw_connection("newsdesk status") as connection:
            return self._holder(connection)

    def check(self) -> None:
        """Raises DatabaseAway if this thread's lock was lost with its connection, so that another process may
        hold it. Call it before changing what the lock protects."""
        connection: TimedConnection | None = getattr(self._mine, "connection", None)
        if connection is None:
            raise RuntimeError("the lock is not held")
        try:
            connection.execute("SELECT 1")
        except psycopg.Error as error:
            raise DatabaseAway(
                f"the connection to {server(self._address).name} was lost, and the lock with it: try again"
            ) from error

    def _taken(self, wait: float, busy: str) -> TimedConnection:
        there = server(self._address)
        with there.translating_errors(), ExitStack() as unless_taken:
            connection = there.raw_connection(f"{_MARK}{os.getpid()} {socket.gethostname()}"[:NAME_BYTES])
            unless_taken.callback(connection.close)
            try:
                if wait:
                    # Only the lock has a time limit here, not the statement.
                    self._limit(connection, wait)
                    connection.execute(f"SELECT pg_advisory_lock({KEY})", (self._name,))
                    self._limit(connection, STATEMENT_SECONDS)
                elif not try_lock(connection, self._name):
                    raise psycopg.errors.LockNotAvailable
            except psycopg.errors.LockNotAvailable as error:
                holder = self._holder(connection)
                raise ReloadBusy(busy.format(who=f" ({holder})" if holder else "")) from error
            unless_taken.pop_all()
        return connection

    @staticmethod
    def _limit(connection: TimedConnection, seconds: float) -> None:
        connection.limit = seconds + NETWORK_GRACE_SECONDS
        text = "SELECT set_config('lock_timeout', %s, false), set_config('statement_timeout', '0', false)"
        connection.execute(text, (f"{max(seconds * 1000, 1):.0f}",))

    def _holder(self, connection: TimedConnection) -> Holder | None:
        row = connection.execute(_HOLDER, (self._name,)).fetchone()
        if row is None:
            return None  # it was released just now
        process, _, machine = str(row[0]).removeprefix(_MARK).partition(" ")
        return Holder(f"process {process} on {machine}" if machine else "another process", row[1])
