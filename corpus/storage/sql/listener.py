"""A connection that listens for notifications, and shows other processes that this one is alive."""

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg.sql import SQL, Identifier

from corpus.storage.sql.postgres_database import CHANNEL
from corpus.storage.sql.postgres_server import server
from corpus.storage.sql.server_address import ServerAddress


class Listener:
    """A connection to the server, used by one thread. It must be direct: a pooler that uses another
    connection for each transaction loses notifications. Methods raise DatabaseAway if the connection is lost;
    the caller must then read everything again."""

    def __init__(self, address: ServerAddress, name: str) -> None:
        """Connect and listen; `name` is the application name that others see. Raises DatabaseAway,
        HomeUnusable."""
        self._server = server(address)
        self._connection = self._server.raw_connection(name)
        try:
            with self._translating_errors():
                self._connection.execute(SQL("LISTEN {}").format(Identifier(CHANNEL)))
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> "Listener":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def wait(self, seconds: float) -> list[tuple[str, str]]:
        """The notifications within that time, as kind and detail; the first one ends the wait."""
        with self._translating_errors():
            heard = list(self._connection.notifies(timeout=seconds, stop_after=1))
        return [(kind, detail) for kind, _, detail in (one.payload.partition(" ") for one in heard)]

    def connected(self, prefix: str) -> frozenset[str]:
        """The application names of all connections to the database that begin with `prefix`."""
        with self._translating_errors():
            found = self._connection.execute(
                "SELECT application_name FROM pg_stat_activity "
                "WHERE datname = current_database() AND starts_with(application_name, %s)",
                (prefix,),
            )
            return frozenset(name for (name,) in found)

    def try_lead(self, role: str) -> bool:
        """Try to take a role that only one connection has at a time. Returns whether this one has it. The
        role is released when the connection ends, for whatever reason."""
        with self._translating_errors():
            found = self._connection.execute(
                "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 "
                "AND pid = pg_backend_pid() AND granted AND (classid::bigint << 32 | objid::bigint) = k) "
                "OR pg_try_advisory_lock(k) FROM (SELECT hashtextextended("
                "'newsdesk ' || current_schema() || ' ' || %s, 0) AS k) AS named",
                (role,),
            )
            return bool((found.fetchone() or (False,))[0])

    @contextmanager
    def _translating_errors(self) -> Iterator[None]:
        with self._server.translating_errors():
            yield
