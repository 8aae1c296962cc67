"""A database in a SQLite file or on a PostgreSQL server, with errors that say what to do."""

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
"""The most rows that one call writes: that many vectors take ten megabytes."""

DatabaseLocation = Path | ServerAddress
"""Where a database is: in a file of its own, or on a server, where all databases of a home share one
schema."""


class Database:
    """An open database. Use it as a context manager, in one thread at a time.

    Statements are SQLAlchemy's, on the tables in `schema`, and work on both kinds of databases. Rows compare
    equal to tuples.
    """

    schema: Schema

    def __init__(self, place: DatabaseLocation) -> None:
        """Open the database, or create it. Raises HomeUnusable or StoreUnusable with what to do."""
        self.is_server = not isinstance(place, Path)
        self._opened = _open(place, self.schema)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close it; everything written is durable already."""
        self._opened.close()

    @contextmanager
    def transaction(self, *, exclusive: bool = True) -> Iterator[None]:
        """A transaction around the block: all of its writes or none, durable when it ends.

        Transactions with `exclusive` exclude each other, so that what one of them has read stays true until
        it has written. In a SQLite file every transaction is of this kind.
        """
        with self._opened.translating_errors():
            self._opened.begin(exclusive=exclusive)
        try:
            yield
            with self._opened.translating_errors():
                self._opened.commit()
        except BaseException:
            self._opened.roll_back()
            raise

    def rows(self, statement: Statement, values: Values = None) -> list[Any]:
        with self._opened.translating_errors():
            found = self._opened.execute(statement, values)
            return list(found.all()) if found.returns_rows else []

    def write(self, statement: Statement, values: Values = None) -> bool:
        """Execute a statement. Returns whether any row was changed."""
        return self._count(statement, values) > 0

    def _count(self, statement: Statement, values: Values = None) -> int:
        """Execute a statement. Returns the number of changed rows."""
        with self._opened.translating_errors():
            changed = self._opened.execute(statement, values).rowcount
            self._opened.write_succeeded()
        return changed

    def write_many(self, statement: Statement, rows: Iterable[Any]) -> None:
        """Execute a statement for many rows; call it within a transaction."""
        left = iter(rows)
        if isinstance(statement, str):
            left = iter([tuple(one) for one in left])
        while batch := list(islice(left, BATCH)):
            with self._opened.translating_errors():
                self._opened.execute(statement, batch)

    def long_statements(self) -> AbstractContextManager[None]:
        """Within the block, statements may scan whole tables; a server otherwise cancels long statements. It
        may be inside or around a transaction."""
        return self._opened.long_statements()

    def notify(self, kind: str, detail: str) -> None:
        """Notify all listening processes when the transaction ends; `kind` is one word. Listeners then read
        the database again. A SQLite file has no listeners."""
        with self._opened.translating_errors():
            self._opened.notify(kind, detail)

    def vacuum(self) -> None:
        """Rewrite the tables without any deleted data, and truncate the write-ahead log of a file.

        Raises ReloadBusy if another process uses the database for too long, HomeUnusable if there is no space
        for a second copy of the tables.
        """
        with self._opened.translating_errors():
            self._opened.vacuum()

    def truncate_log(self) -> bool:
        """Truncate the write-ahead log of a file, which may contain deleted data. Returns False if another
        process reads for too long."""
        with self._opened.translating_errors():
            return self._opened.truncate_log()

    def check(self) -> str | None:
        """The errors that the database's integrity check finds, or None."""
        with self._opened.translating_errors():
            return self._opened.check()


def _open(place: DatabaseLocation, schema: Schema) -> Backend:
    if isinstance(place, Path):
        private_files.make_file(place)  # SQLite gives its other files the same permissions
        return SqliteFile(place, schema)
    from corpus.storage.sql.postgres_database import PostgresDatabase  # psycopg is not needed with a folder

    return PostgresDatabase(place, schema)
