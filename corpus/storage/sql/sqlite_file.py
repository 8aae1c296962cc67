"""A database in one SQLite file."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, CursorResult, NullPool, create_engine
from sqlalchemy.exc import DBAPIError, OperationalError

from corpus.errors import HomeUnusable, ReloadBusy, StoreUnusable
from corpus.storage.sql import backend
from corpus.storage.sql.backend import Statement, Values
from corpus.storage.sql.table_schema import Schema, split_script


class SqliteFile:
    """An open SQLite file."""

    def __init__(self, path: Path, schema: Schema) -> None:
        """Open or create the file. Raises HomeUnusable or StoreUnusable with what to do."""
        self._path = path
        self._schema = schema
        self._busy_seconds = backend.BUSY_SECONDS
        # Transactions are begun explicitly. The caller ensures that one thread at a time uses the connection;
        # sqlite3 can't check that for a pool of one.
        connect = partial(
            sqlite3.connect, path, self._busy_seconds, isolation_level=None, check_same_thread=False
        )
        engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)
        with self.translating_errors():
            self._connection: Connection = engine.connect().execution_options(preserve_rowcount=True)
        try:
            with self.translating_errors():
                self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        self._check_format(self._format())
        self._set_page_size()  # has no effect on an existing file
        self._run("PRAGMA journal_mode = WAL")
        self._run("PRAGMA synchronous = FULL")
        # Deleted data is overwritten with zeros, in pages in use and in free ones.
        self._run("PRAGMA secure_delete = ON")
        self._run("PRAGMA temp_store = MEMORY")
        if self._is_new_enough():
            return
        self.begin(exclusive=True)
        try:
            if not self._is_new_enough():  # another process may have been first
                self._bring_up(self._format())
            self.commit()
        except BaseException:
            self.roll_back()
            raise

    def _is_new_enough(self) -> bool:
        """Whether the tables are up to date. Raises StoreUnusable if they are too new."""
        found = self._format()
        self._check_format(found)
        if found < self._schema.format:
            return False
        compatibility = self._schema.compatibility(self._revision(found))
        if compatibility == "unknown":
            raise self._newer(f"revision {self._revision(found)}, this one knows {self._schema.newest}")
        return compatibility != "older"

    def _revision(self, found: int) -> str:
        if found <= self._schema.format:
            return self._schema.first
        asked = f"SELECT version_num FROM {self._schema.version_table}"  # noqa: S608 - a name of ours
        try:
            return str(self._run(asked).scalar_one())
        except DBAPIError as error:
            if "no such table" in str(error.orig):
                return f"of format {found}"  # not written by Newsdesk
            raise

    def _bring_up(self, found: int) -> None:
        schema = self._schema
        for statement in self._statements(found):
            self._run(statement)
        if schema.newest != schema.first:
            if found:
                from corpus.storage.sql.upgrading import upgrade  # imports Alembic

                assert schema.revisions  # noqa: S101 - set if there is a later revision
                upgrade(self._connection, schema.revisions, schema.version_table)
            else:
                for statement in schema.version_script():
                    self._run(statement)
        if found and (wrong := self._wrong_tables()):
            raise StoreUnusable(
                f"{self._path} has other columns than its store format {found} says (in {wrong}): "
                f"{schema.damaged}"
            )
        self._run(f"PRAGMA user_version = {schema.format + (schema.newest != schema.first)}")

    def _format(self) -> int:
        return int(self._run("PRAGMA user_version").scalar_one())

    def _check_format(self, found: int) -> None:
        """Raises StoreUnusable if the format is too new. The format after the last numbered one means that
        there is a revision."""
        if found > self._schema.format + bool(self._schema.revisions):
            raise self._newer(f"store format {found}, this one knows {self._schema.format}")

    def _newer(self, what: str) -> StoreUnusable:
        return StoreUnusable(
            f"{self._path} was written by a newer Newsdesk ({what}): update Newsdesk, or name another folder "
            "with --home"
        )

    def _statements(self, found: int) -> Iterator[str]:
        """The statements that upgrade a file of that format (0 if it is new) to the last one."""
        if not found:
            yield from self._schema.script(self._connection.dialect)
            return
        steps = range(found, self._schema.format)
        if missing := [step for step in steps if step not in self._schema.migrations]:
            raise StoreUnusable(
                f"{self._path} has store format {found}, and there is no way from {missing[0]} to "
                f"{missing[0] + 1}: {self._schema.damaged}"
            )
        for step in steps:
            yield from split_script(self._schema.migrations[step])

    def _wrong_tables(self) -> str:
        """The tables whose columns differ from those of a new file."""
        with closing(sqlite3.connect(":memory:")) as new:
            for statement in self._schema.script(self._connection.dialect):
                new.execute(statement)
            tables = [name for (name,) in new.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            here = self._raw
            return ", ".join(name for name in tables if _columns(new, name) != _columns(here, name))

    @property
    def _raw(self) -> sqlite3.Connection:
        # The only type that is created.
        return cast(sqlite3.Connection, self._connection.connection.dbapi_connection)

    def _run(self, text: str) -> CursorResult[Any]:
        return self._connection.exec_driver_sql(text)

    @contextmanager
    def translating_errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise self._explanation(error) from error

    def _explanation(self, error: DBAPIError) -> Exception:
        said = error.orig
        if isinstance(said, sqlite3.OperationalError):
            if said.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:  # the low byte is the kind of error
                self._wait_for_others(backend.BUSY_RETRY_SECONDS)
                return ReloadBusy(self._schema.busy.format(path=self._path))
            return HomeUnusable(
                f"{self._path} can't be used ({said}): make sure that its folder exists, is yours to write "
                "and has space"
            )
        if isinstance(said, sqlite3.ProgrammingError | sqlite3.IntegrityError):
            return error  # a programming error, not one of the file
        return StoreUnusable(f"{self._path} is damaged ({said}): {self._schema.damaged}")

    def _wait_for_others(self, seconds: float) -> None:
        """Set how long the next writes wait for another writer."""
        if self._busy_seconds != seconds:
            self._busy_seconds = seconds
            self._run(f"PRAGMA busy_timeout = {seconds * 1000:.0f}")

    def execute(self, statement: Statement, values: Values = None) -> CursorResult[Any]:
        if isinstance(statement, str):
            many = isinstance(values, list) and values and isinstance(values[0], tuple)
            return self._connection.exec_driver_sql(statement, values if many else tuple(values or ()))
        return self._connection.execute(statement, values)  # type: ignore[arg-type] # as above

    def write_succeeded(self) -> None:
        self._wait_for_others(backend.BUSY_SECONDS)

    def begin(self, *, exclusive: bool) -> None:  # noqa: ARG002 - SQLite has one writer at a time
        self._run("BEGIN IMMEDIATE")
        self.write_succeeded()

    def commit(self) -> None:
        self._run("COMMIT")

    def roll_back(self) -> None:
        self._raw.rollback()

    def close(self) -> None:
        self._connection.close()

    def long_statements(self) -> AbstractContextManager[None]:
        """Does nothing: a file has no time limit."""
        return nullcontext()

    def vacuum(self) -> None:
        if self._run("PRAGMA page_size").scalar_one() != self._schema.page_size:
            self._allow_new_page_size()
        try:
            self._run("VACUUM")
        finally:
            self._run("PRAGMA journal_mode = WAL")
        if not self.truncate_log():
            raise ReloadBusy(self._schema.busy.format(path=self._path))

    def _set_page_size(self) -> None:
        self._run(f"PRAGMA page_size = {self._schema.page_size}")

    def _allow_new_page_size(self) -> None:
        """Let VACUUM rewrite a file of an earlier release with the page size of new ones, which is impossible
        in WAL mode. If another process has the file open, it stays as it is until the next time."""
        with suppress(OperationalError):
            self._run("PRAGMA journal_mode = DELETE")
            self._set_page_size()

    def truncate_log(self) -> bool:
        # The first column is whether another process blocked it.
        # Without "main" it would also be asked of the database of temporary tables, which is locked after the
        # journal's mode has changed.
        return not self._run("PRAGMA main.wal_checkpoint(TRUNCATE)").one()[0]

    def check(self) -> str | None:
        found = self._run("PRAGMA integrity_check").scalars().all()
        return None if found == ["ok"] else "; ".join(str(one) for one in found[:3])

    def notify(self, kind: str, detail: str) -> None:
        """Does nothing: the processes of a folder watch the file."""


def _columns(db: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    """Name, type, whether it is NOT NULL, and position in the primary key, of each column in order. A column
    of the primary key counts as NOT NULL even if it is not declared so."""
    found = db.execute('SELECT name, type, "notnull" OR pk, pk FROM pragma_table_info(?)', (table,))
    return found.fetchall()
