"""The interface of a database, implemented for a SQLite file and for a server."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import CursorResult, Executable

BUSY_SECONDS = 5.0
"""How long a writer waits for another. Only a reload that reads its sources writes for longer than that."""
HURRIED_SECONDS = 0.05
"""The same for those that come after one that waited in vain, until one gets through: nobody waits in line
for a lock that is held for long."""

Statement = Executable | str
"""A statement of SQLAlchemy; SQLite's own text only for tables that are not made of columns yet."""
Values = Mapping[str, Any] | Sequence[Mapping[str, Any]] | Sequence[object] | None


class Backend(Protocol):
    """An opened database whose tables are there; in one thread at a time.

    Everything is to be called inside of `explained`.
    """

    def explained(self) -> AbstractContextManager[None]:
        """Turns errors of the database into ReloadBusy, HomeUnusable and StoreUnusable, with what to do; a
        mistake in a statement stays as it is."""

    def execute(self, statement: Statement, values: Values = None) -> CursorResult[Any]:
        """What came of the statement. Outside of a transaction it is one of its own."""

    def wrote(self) -> None:
        """A write was done: the next waits as long as ever for its turn."""

    def begin(self, *, alone: bool) -> None:
        """Begin a transaction; `alone` waits until no other one is that is alone too."""

    def commit(self) -> None:
        """End it durably."""

    def roll_back(self) -> None:
        """End it and undo it; no error where it ended by itself."""

    def close(self) -> None:
        """Let go of it."""

    def patient(self) -> AbstractContextManager[None]:
        """For the time of the block statements may go through whole tables."""

    def scrub(self) -> None:
        """Let nothing of what was deleted stand in the tables' files."""

    def empty_log(self) -> bool:
        """Let nothing of it stand in a log beside the file; False if another process reads for long."""

    def check(self) -> str | None:
        """What the database's own check of itself finds, or None."""

    def notify(self, kind: str, detail: str) -> None:
        """Tell all who listen, when the transaction ends."""
