"""The interface of a database, implemented for a SQLite file and for a server."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import CursorResult, Executable

BUSY_SECONDS = 5.0
"""How long a writer waits for another. Only a reload that reads its sources writes for longer."""
BUSY_RETRY_SECONDS = 0.05
"""The same after a wait that failed, until a write succeeds, so that callers do not queue for a lock that is
held for long."""

Statement = Executable | str
"""A SQLAlchemy statement; SQLite also accepts plain SQL, for tables that are not defined as columns yet."""
Values = Mapping[str, Any] | Sequence[Mapping[str, Any]] | Sequence[object] | None


class Backend(Protocol):
    """An open database with its tables, used by one thread at a time.

    All methods are called within `translating_errors`.
    """

    def translating_errors(self) -> AbstractContextManager[None]:
        """A context manager that turns database errors into ReloadBusy, HomeUnusable and StoreUnusable, with
        what to do; programming errors stay as they are."""

    def execute(self, statement: Statement, values: Values = None) -> CursorResult[Any]:
        """Execute a statement; outside of a transaction, it is a transaction of its own."""

    def write_succeeded(self) -> None:
        """Called after a write succeeded: the next one waits for BUSY_SECONDS again."""

    def begin(self, *, exclusive: bool) -> None:
        """Begin a transaction; with `exclusive`, wait until no other such transaction is open."""

    def commit(self) -> None:
        """Commit the transaction durably."""

    def roll_back(self) -> None:
        """Undo the transaction; no error if it has ended already."""

    def close(self) -> None:
        """Close the database."""

    def long_statements(self) -> AbstractContextManager[None]:
        """Within the block, statements may scan whole tables."""

    def vacuum(self) -> None:
        """Rewrite the tables' files without deleted data."""

    def truncate_log(self) -> bool:
        """Truncate the log beside the file; False if another process reads for too long."""

    def check(self) -> str | None:
        """The errors that the database's integrity check finds, or None."""

    def notify(self, kind: str, detail: str) -> None:
        """Notify all listeners when the transaction ends."""
