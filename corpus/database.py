"""One SQLite file, opened so that its errors say what to do; the only place that knows sqlite3."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from corpus.errors import HomeUnusable, ReloadBusy, StoreUnusable

BUSY_SECONDS = 5.0
"""How long a writer waits for another. Only a reload that reads its sources writes for longer than that."""


@dataclass(frozen=True, slots=True)
class Schema:
    """The tables of a file, as SQL that does nothing where they are there, and the number of their format.

    The number goes up with every change of the tables; a file of a higher one is refused. `busy` and
    `damaged` are what to do where another process writes for long, and where the file can't be trusted.
    """

    format: int
    tables: str
    busy: str
    damaged: str


class Database:
    """One SQLite file; use it as a context manager, in one thread at a time."""

    schema: Schema

    def __init__(self, path: Path) -> None:
        """Open or make the file. Raises HomeUnusable or StoreUnusable with what to do."""
        self._path = path
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
        found = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        known = self.schema.format
        if found > known:
            raise StoreUnusable(
                f"{self._path} was written by a newer Newsdesk (store format {found}, this one knows "
                f"{known}): update Newsdesk, or name another folder with --home"
            )
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        if found < known:
            self._db.executescript(
                f"BEGIN IMMEDIATE; {self.schema.tables} PRAGMA user_version = {known}; COMMIT;"
            )

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
                raise ReloadBusy(self.schema.busy.format(path=self._path)) from error
            raise HomeUnusable(
                f"{self._path} can't be used ({error}): make sure that its folder exists, is yours to write "
                "and has space"
            ) from error
        except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
            raise  # a mistake of ours, which says nothing of the file
        except sqlite3.DatabaseError as error:
            raise StoreUnusable(f"{self._path} is damaged ({error}): {self.schema.damaged}") from error

    def check(self) -> str | None:
        """What SQLite's own integrity check finds, or None."""
        found = self._all("PRAGMA integrity_check")
        return None if found == [("ok",)] else "; ".join(str(row[0]) for row in found[:3])

    def _all(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        with self._explained():
            return self._db.execute(query, values).fetchall()

    def _write(self, query: str, values: Sequence[object] = ()) -> bool:
        """Whether any row was changed."""
        with self._explained():
            return self._db.execute(query, values).rowcount > 0

    def _write_many(self, query: str, rows: Iterable[Sequence[object]]) -> None:
        """One statement for many rows; give it a transaction."""
        with self._explained():
            self._db.executemany(query, rows)
