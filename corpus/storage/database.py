"""One SQLite file, opened so that its errors say what to do; the only place that knows sqlite3."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from corpus.errors import HomeUnusable, ReloadBusy, StoreUnusable
from corpus.storage import private_files

BUSY_SECONDS = 5.0
"""How long a writer waits for another. Only a reload that reads its sources writes for longer than that."""
HURRIED_SECONDS = 0.05
"""The same for those that come after one that waited in vain, until one gets through: nobody waits in line
for a lock that is held for long."""


@dataclass(frozen=True, slots=True)
class Schema:
    """The tables of a new file, as SQL, and the number of their format.

    The number goes up with every change of the tables. `migrations` holds, for each format that was ever
    released, the SQL that makes it the next one; a file of a higher format is refused. `busy` and `damaged`
    are what to do where another process writes for long, and where the file can't be trusted.
    """

    format: int
    tables: str
    busy: str
    damaged: str
    migrations: Mapping[int, str] = field(default_factory=dict)


class Database:
    """One SQLite file; use it as a context manager, in one thread at a time."""

    schema: Schema

    def __init__(self, path: Path) -> None:
        """Open or make the file. Raises HomeUnusable or StoreUnusable with what to do."""
        self._path = path
        self._busy_seconds = BUSY_SECONDS
        private_files.make_file(path)  # what SQLite puts beside it has the same rights
        with self._explained():
            # One thread at a time is the caller's word, which sqlite3 can't check for a pool of one.
            self._db = sqlite3.connect(
                path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
        try:
            with self._explained():
                self._prepare()
        except BaseException:
            self._db.close()
            raise

    def _prepare(self) -> None:
        known = self.schema.format
        self._check_format(self._format())
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        # What is deleted is written over with zeros, in the pages that stay and in those that are free.
        self._db.execute("PRAGMA secure_delete = ON")
        self._db.execute("PRAGMA temp_store = MEMORY")
        if self._format() == known:
            return
        with self.transaction():
            found = self._format()  # another process may have been first
            self._check_format(found)
            if found == known:
                return
            for script in self._scripts(found):
                for statement in _statements(script):
                    self._db.execute(statement)
            if found and (wrong := self._wrong_tables()):
                raise StoreUnusable(
                    f"{self._path} has other columns than its store format {found} says (in {wrong}): "
                    f"{self.schema.damaged}"
                )
            self._db.execute(f"PRAGMA user_version = {known}")

    def _format(self) -> int:
        return int(self._db.execute("PRAGMA user_version").fetchone()[0])

    def _check_format(self, found: int) -> None:
        if found > self.schema.format:
            raise StoreUnusable(
                f"{self._path} was written by a newer Newsdesk (store format {found}, this one knows "
                f"{self.schema.format}): update Newsdesk, or name another folder with --home"
            )

    def _scripts(self, found: int) -> list[str]:
        """What makes a file of that format (0 where it is new) one of the newest."""
        if not found:
            return [self.schema.tables]
        steps = range(found, self.schema.format)
        if missing := [step for step in steps if step not in self.schema.migrations]:
            raise StoreUnusable(
                f"{self._path} has store format {found}, and there is no way from {missing[0]} to "
                f"{missing[0] + 1}: {self.schema.damaged}"
            )
        return [self.schema.migrations[step] for step in steps]

    def _wrong_tables(self) -> str:
        """The tables whose columns are not those of a new file."""
        with closing(sqlite3.connect(":memory:")) as new:
            new.executescript(self.schema.tables)
            tables = [name for (name,) in new.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            return ", ".join(name for name in tables if _columns(new, name) != _columns(self._db, name))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; what was written is durable already."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block's writes or none; durable when it ends."""
        with self._explained():
            self._db.execute("BEGIN IMMEDIATE")
        self._wait_for_others(BUSY_SECONDS)
        try:
            yield
            with self._explained():
                self._db.execute("COMMIT")
        except BaseException:
            self._db.rollback()
            raise

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:  # the low byte: the kind of error
                self._wait_for_others(HURRIED_SECONDS)
                raise ReloadBusy(self.schema.busy.format(path=self._path)) from error
            raise HomeUnusable(
                f"{self._path} can't be used ({error}): make sure that its folder exists, is yours to write "
                "and has space"
            ) from error
        except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
            raise  # a mistake of ours, which says nothing of the file
        except sqlite3.DatabaseError as error:
            raise StoreUnusable(f"{self._path} is damaged ({error}): {self.schema.damaged}") from error

    def scrub(self) -> None:
        """Write the file anew without a byte of what was deleted, and empty the log beside it.

        Raises ReloadBusy where another process reads or writes it for long, HomeUnusable without space for
        the file once more.
        """
        with self._explained():
            self._db.execute("VACUUM")
        if not self.empty_log():
            raise ReloadBusy(self.schema.busy.format(path=self._path))

    def empty_log(self) -> bool:
        """Empty the log beside the file, which may hold what was deleted since; False where another process
        reads for long."""
        with self._explained():
            busy, _, _ = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def check(self) -> str | None:
        """What SQLite's own integrity check finds, or None."""
        found = self.rows("PRAGMA integrity_check")
        return None if found == [("ok",)] else "; ".join(str(row[0]) for row in found[:3])

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        with self._explained():
            return self._db.execute(query, values).fetchall()

    def write(self, query: str, values: Sequence[object] = ()) -> bool:
        """Whether any row was changed."""
        return self._count(query, values) > 0

    def _count(self, query: str, values: Sequence[object] = ()) -> int:
        """How many rows were changed."""
        with self._explained():
            changed = self._db.execute(query, values).rowcount
        self._wait_for_others(BUSY_SECONDS)
        return changed

    def _wait_for_others(self, seconds: float) -> None:
        """For how long the next writes wait for another writer."""
        if self._busy_seconds != seconds:
            self._busy_seconds = seconds
            self._db.execute(f"PRAGMA busy_timeout = {seconds * 1000:.0f}")

    def write_many(self, query: str, rows: Iterable[Sequence[object]]) -> None:
        """One statement for many rows; give it a transaction."""
        with self._explained():
            self._db.executemany(query, rows)


def _statements(script: str) -> Iterator[str]:
    """The script's statements one by one: sqlite3's own way to run a script ends the transaction first."""
    begun = ""
    for part in script.split(";")[:-1]:
        begun += f"{part};"
        if sqlite3.complete_statement(begun):
            yield begun
            begun = ""


def _columns(db: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    """Name, type, whether it may be null, and place in the primary key, of each column in order."""
    found = db.execute('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (table,))
    return found.fetchall()
