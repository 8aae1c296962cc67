"""One database, in a SQLite file or on a PostgreSQL server, whose errors say what to do."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from corpus.storage import private_files
from corpus.storage.sql.backend import Backend, Statement, Values
from corpus.storage.sql.server_address import ServerAddress
from corpus.storage.sql.sqlite_file import SqliteFile
from corpus.storage.sql.table_schema import Schema

BATCH = 5_000
"""Rows that are written by one call: so many vectors take ten megabytes."""

DatabaseLocation = Path | ServerAddress
"""Where a database is: a file of its own, or a server, where those of one home share what they are in."""


class Database:
    """One database; use it as a context manager, in one thread at a time.

    Statements are SQLAlchemy's, of the tables in `schema`; each is one for both kinds of databases. Rows are
    equal to tuples.
    """

    schema: Schema

    def __init__(self, place: DatabaseLocation) -> None:
        """Open or make it. Raises HomeUnusable or StoreUnusable with what to do."""
        self.is_server = not isinstance(place, Path)
        self._opened = _open(place, self.schema)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of it; what was written is durable already."""
        self._opened.close()

    @contextmanager
    def transaction(self, *, alone: bool = True) -> Iterator[None]:
        """All of the block's writes or none; durable when it ends.

        No two that are `alone` are under way at the same time, so that what one of them reads stays so until
        it has written. In a SQLite file that is true of every one.
        """
        with self._opened.explained():
            self._opened.begin(alone=alone)
        try:
            yield
            with self._opened.explained():
                self._opened.commit()
        except BaseException:
            self._opened.roll_back()
            raise

    def rows(self, statement: Statement, values: Values = None) -> list[Any]:
        with self._opened.explained():
            found = self._opened.execute(statement, values)
            return list(found.all()) if found.returns_rows else []

    def write(self, statement: Statement, values: Values = None) -> bool:
        """Whether any row was changed."""
        return self._count(statement, values) > 0

    def _count(self, statement: Statement, values: Values = None) -> int:
        """How many rows were changed."""
        with self._opened.explained():
            changed = self._opened.execute(statement, values).rowcount
            self._opened.wrote()
        return changed

    def write_many(self, statement: Statement, rows: Iterable[Any]) -> None:
        """One statement for many rows; give it a transaction."""
        left = iter(rows)
        if isinstance(statement, str):
            left = iter([tuple(one) for one in left])
        while batch := list(islice(left, BATCH)):
            with self._opened.explained():
                self._opened.execute(statement, batch)

    def patient(self) -> AbstractContextManager[None]:
        """For the time of the block, in a transaction or around one, statements may go through whole
        tables; a server gives up others sooner."""
        return self._opened.patient()

    def notify(self, kind: str, detail: str) -> None:
        """Tell all processes that listen, when the transaction ends: `kind` is one word. Whoever listens
        reads again; nobody does in a folder."""
        with self._opened.explained():
            self._opened.notify(kind, detail)

    def scrub(self) -> None:
        """Write the tables anew without a byte of what was deleted, and empty the log beside a file.

        Raises ReloadBusy if another process reads or writes it for long, HomeUnusable without space for
        the tables once more.
        """
        with self._opened.explained():
            self._opened.scrub()

    def empty_log(self) -> bool:
        """Empty the log beside a file, which may hold what was deleted since; False if another process
        reads for long."""
        with self._opened.explained():
            return self._opened.empty_log()

    def check(self) -> str | None:
        """What the database's own check of its integrity finds, or None."""
        with self._opened.explained():
            return self._opened.check()


def _open(place: DatabaseLocation, schema: Schema) -> Backend:
    if isinstance(place, Path):
        private_files.make_file(place)  # what SQLite puts beside it has the same rights
        return SqliteFile(place, schema)
    from corpus.storage.sql.postgres_database import PostgresDatabase  # who has a folder needs no psycopg

    return PostgresDatabase(place, schema)
