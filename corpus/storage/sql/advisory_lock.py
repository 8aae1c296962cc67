"""A lock that one process of a database holds, and that is released when the process ends."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg

from corpus.errors import DatabaseAway, ReloadBusy
from corpus.storage.sql.postgres_server import SILENCE_SECONDS, STATEMENT_SECONDS, TimedConnection, server
from corpus.storage.sql.server_address import ServerAddress

NAME_BYTES = 63
"""Bytes of an application's name, by which the holder of a lock is found; PostgreSQL cuts off the rest."""
LETTING_GO = 2.0
"""Seconds that a server has to free a lock before its connection ends, which frees it too, later."""
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
    """Who has a lock: `process 12 on HOST`, and since when."""

    name: str
    since: datetime

    def __str__(self) -> str:
        return f"{self.name}, since {self.since.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def takes(wire: TimedConnection, name: str) -> bool:
    """Whether the lock of that name in the connection's schema was free: then the connection has it, until it
    ends. For work that needs the lock on the very connection that it is done on."""
    return bool(wire.execute(f"SELECT pg_try_advisory_lock({KEY})", (name,)).fetchone() == (True,))


class AdvisoryLock:
    """One lock, with a connection of its own for as long as it is held: the server frees it when that ends.

    A thread that has it may take it again; another thread of the process is as much another as any.
    """

    def __init__(self, address: ServerAddress, name: str) -> None:
        """Nothing is connected to yet. Locks of one name in one schema are the same."""
        self._address = address
        self._name = name
        self._mine = threading.local()

    @contextmanager
    def held(self, wait: float, busy: str) -> Iterator[None]:
        """For the time of the block nobody else has it. Raises ReloadBusy with `busy`, whose `{who}` is then
        the holder, where it is not free after `wait` seconds, and what connecting raises."""
        if getattr(self._mine, "wire", None):
            yield
            return
        wire = self._taken(wait, busy)
        self._mine.wire = wire
        try:
            yield
        finally:
            self._mine.wire = None
            # The server hears of an end only when it looks, and would refuse whoever asks before that.
            with suppress(psycopg.Error):
                wire.limit = LETTING_GO
                wire.execute(f"SELECT pg_advisory_unlock({KEY})", (self._name,))
            wire.close()

    def holder(self) -> Holder | None:
        """Who has it now; None if nobody does. Raises what connecting raises."""
        there = server(self._address)
        with there.explained(), there.wire("newsdesk status") as wire:
            return self._holder(wire)

    def check(self) -> None:
        """Raises DatabaseAway if this thread's lock was lost with its connection, so that another may have
        it; to be called before what it guards is changed."""
        wire: TimedConnection | None = getattr(self._mine, "wire", None)
        if wire is None:
            raise RuntimeError("the lock is not held")
        try:
            wire.execute("SELECT 1")
        except psycopg.Error as error:
            raise DatabaseAway(
                f"the connection to {server(self._address).name} was lost, and the lock with it: try again"
            ) from error

    def _taken(self, wait: float, busy: str) -> TimedConnection:
        there = server(self._address)
        with there.explained():
            wire = there.wire(f"{_MARK}{os.getpid()} {socket.gethostname()}"[:NAME_BYTES])
            try:
                if wait:
                    # The lock's own time, and none of a statement: who waits for it knows for how long.
                    self._limit(wire, wait)
                    wire.execute(f"SELECT pg_advisory_lock({KEY})", (self._name,))
                    self._limit(wire, STATEMENT_SECONDS)
                elif not takes(wire, self._name):
                    raise psycopg.errors.LockNotAvailable
            except psycopg.errors.LockNotAvailable as error:
                holder = self._holder(wire)
                wire.close()
                raise ReloadBusy(busy.format(who=f" ({holder})" if holder else "")) from error
            except BaseException:
                wire.close()
                raise
        return wire

    @staticmethod
    def _limit(wire: TimedConnection, seconds: float) -> None:
        wire.limit = seconds + SILENCE_SECONDS
        text = "SELECT set_config('lock_timeout', %s, false), set_config('statement_timeout', '0', false)"
        wire.execute(text, (f"{max(seconds * 1000, 1):.0f}",))

    def _holder(self, wire: TimedConnection) -> Holder | None:
        row = wire.execute(_HOLDER, (self._name,)).fetchone()
        if row is None:
            return None  # it was freed this moment
        process, _, machine = str(row[0]).removeprefix(_MARK).partition(" ")
        return Holder(f"process {process} on {machine}" if machine else "another process", row[1])
