"""Connecting to a PostgreSQL server, and explaining its errors."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Connection, NullPool, create_engine
from sqlalchemy.exc import DBAPIError

from corpus.errors import DatabaseAway, HomeUnusable, StoreUnusable
from corpus.storage.sql.server_address import ServerAddress

MIN_RELEASE = 14
"""The oldest PostgreSQL release that is still maintained."""
CONNECT_SECONDS = 3
"""For each host of the address; a server nearby takes milliseconds, and questions wait for this."""
STATEMENT_SECONDS = 10.0
"""The server cancels a statement after this time; all but a few (see `LONG_STATEMENT_SECONDS`) take
milliseconds."""
LONG_STATEMENT_SECONDS = 600.0
"""The same for statements that scan whole tables."""
NETWORK_GRACE_SECONDS = 3.0
"""Additional time to wait for a server that does not respond, before the connection is closed on this
side."""
WRITABLE = frozenset({"read-write", "primary"})
"""Values of `target_session_attrs` that ask for a writable host."""
RECONNECT_SECONDS = 0.2
"""After a failed attempt to connect, the next is made after as long as the attempt took, and at least after
this; until then all uses of the server fail at once, so that callers do not queue for an absent server."""
CONNECT_OPTIONS: dict[str, Any] = {
    "connect_timeout": CONNECT_SECONDS,
    # A broken connection is noticed after 25 seconds if nothing is sent, and after 15 if something is; the
    # system's defaults are two hours and a quarter of an hour.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "application_name": "newsdesk",
    "client_encoding": "UTF8",
}
"""The libpq options, which the address may override."""
_SESSION = {
    "statement_timeout": f"{STATEMENT_SECONDS * 1000:.0f}",
    # A process that hangs in a transaction keeps its locks no longer than a slow one.
    "idle_in_transaction_session_timeout": f"{LONG_STATEMENT_SECONDS * 1000:.0f}",
    "idle_session_timeout": "0",
    # The same on the server's side, which releases the locks of a lost machine.
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "15000",
}
"""The settings of each session, set by one statement."""


class TimedConnection(psycopg.Connection[Any]):
    """A connection with a time limit on every wait, also for a server that acknowledges data but hangs, which
    TCP does not notice."""

    limit: float = STATEMENT_SECONDS + NETWORK_GRACE_SECONDS
    """The limit in seconds."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """As in psycopg. Raises OperationalError at the limit; the connection is then closed."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)  # used for notifications, which need not arrive
        limit = self.limit
        try:
            return super().wait(gen, interval, limit)
        except psycopg.errors._WaitTimeout as error:  # noqa: SLF001 - psycopg has no other name for it
            self.pgconn.finish()
            raise psycopg.errors.ConnectionTimeout(f"nothing came from it for {limit:.0f} seconds") from error


class PostgresServer:
    """The state of the server at one address, shared by all connections of the process."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        try:
            self._options = {**CONNECT_OPTIONS, **conninfo_to_dict(conninfo)}
        except psycopg.ProgrammingError as error:
            raise HomeUnusable(
                f"NEWSDESK_DATABASE is no address of a PostgreSQL server ({_one_line(error)}): write it as "
                "postgresql://USER:PASSWORD@HOST/DATABASE"
            ) from error
        self.name = _name(self._options)
        self._engine = create_engine(
            "postgresql+psycopg://",
            creator=self._connect_raw,
            poolclass=NullPool,
            hide_parameters=True,
            use_native_hstore=False,
        )
        self._away: str = ""
        self._retry_at = 0.0

    def connect(self) -> Connection:
        """An autocommit connection. Raises DatabaseAway if there is no answer, HomeUnusable,
        StoreUnusable."""
        if time.monotonic() < self._retry_at:
            raise DatabaseAway(self._away)
        begun = time.monotonic()
        try:
            with self.translating_errors():
                return self._engine.connect().execution_options(preserve_rowcount=True)
        except DatabaseAway as error:
            now = time.monotonic()
            self._away = str(error)
            self._retry_at = now + max(RECONNECT_SECONDS, now - begun)
            raise

    def raw_connection(self, name: str) -> TimedConnection:
        """A psycopg connection with that application name. Raises the errors of `connect`."""
        with self.translating_errors():
            return self._connect_raw(application_name=name)

    def _connect_raw(self, **more: str) -> TimedConnection:
        connection = TimedConnection.connect(**{**self._options, **more}, autocommit=True)
        try:
            self._check(connection)
            texts = [f"set_config('{name}', '{value}', false)" for name, value in _SESSION.items()]
            connection.execute(f"SELECT {', '.join(texts)}")
        except BaseException:
            connection.close()
            raise
        return connection

    def _check(self, connection: TimedConnection) -> None:
        if (found := connection.info.server_version) < MIN_RELEASE * 10_000:
            raise StoreUnusable(
                f"{self.name} is PostgreSQL {found // 10_000}: Newsdesk needs {MIN_RELEASE} or newer"
            )
        if (encoding := connection.info.parameter_status("server_encoding")) != "UTF8":
            raise StoreUnusable(
                f"{self.name} keeps text as {encoding}: make a database with ENCODING 'UTF8' and name that"
            )

    @contextmanager
    def translating_errors(self) -> Iterator[None]:
        """Turn errors of the server into errors that say what to do."""
        try:
            yield
        except DBAPIError as error:
            raise self._explanation(error) from error
        except psycopg.Error as error:
            raise self._of_psycopg(error) or error from error

    def _explanation(self, error: DBAPIError) -> Exception:
        said = error.orig
        return (self._of_psycopg(said) if isinstance(said, psycopg.Error) else None) or error

    def _of_psycopg(self, error: psycopg.Error) -> Exception | None:
        """The error to raise; None for a programming error."""
        said, state = _one_line(error), error.sqlstate or ""
        away = f"{self.name} can't be used ({said})"
        if said_to := next((to for sign, to in _BY_STATE.items() if state.startswith(sign)), None):
            return HomeUnusable(f"{away}: {said_to}")
        if state.startswith(("08", "57")) or isinstance(error, psycopg.OperationalError):
            words = said.lower()
            if "read-only" in words and self._options.get("target_session_attrs") in WRITABLE:
                return DatabaseAway(f"{self.name} has no host that can be written to ({said}): {_NO_PRIMARY}")
            if refused := next((to for sign, to in _BY_WORDS.items() if sign in words), None):
                return HomeUnusable(f"{away}: {refused}")
            return DatabaseAway(f"{away}: {_LOOK}")
        if isinstance(error, psycopg.ProgrammingError | psycopg.IntegrityError | psycopg.DataError):
            return None
        return StoreUnusable(
            f"{away}: see the server's log, and what its documentation says of data corruption"
        )


@cache
def server(address: ServerAddress) -> PostgresServer:
    """The process's server object for an address. Raises HomeUnusable."""
    return PostgresServer(address.conninfo)


_LOOK = (
    "see whether it runs and NEWSDESK_DATABASE names it; a bot that runs goes on by itself when it is back"
)
_NO_PRIMARY = "promote a standby, or start the primary; a bot that runs goes on by itself then"
_READ_ONLY = "it only reads: name the primary, or all hosts with target_session_attrs=read-write"
_BY_STATE = {
    "25006": _READ_ONLY,
    "53100": "its disk is full: make space, nothing that was written is lost",
    "53200": "the server has no memory left: give it more",
    "53300": "too many are connected: raise max_connections, or run fewer processes",
    "42501": "its user lacks a right: let it own the database, or the schema that its tables are in",
    "58030": "its disk fails: see the server's log",
}
"""What to do, by the start of the error's SQLSTATE."""
_BY_WORDS = {
    "password authentication failed": "name the right user and password in NEWSDESK_DATABASE",
    "no password supplied": "name the user's password in NEWSDESK_DATABASE, or in ~/.pgpass",
    "no pg_hba.conf entry": "let this machine's address in, in the server's pg_hba.conf",
    "role": "make the user, or name another in NEWSDESK_DATABASE",
    'database "': "make the database with `createdb`, or name another in NEWSDESK_DATABASE",
    "read-only": _READ_ONLY,
    "too many clients": _BY_STATE["53300"],
    "remaining connection slots": _BY_STATE["53300"],
}
"""The same for errors while connecting, for which libpq gives only a message."""


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split()).removeprefix("connection failed: ")[:500]


def _name(options: dict[str, Any]) -> str:
    """The name of the database in errors, without its password."""
    hosts = options.get("host") or options.get("hostaddr") or "this machine"
    return f"the database {options.get('dbname') or options.get('user') or ''} on {hosts}".replace("  ", " ")
