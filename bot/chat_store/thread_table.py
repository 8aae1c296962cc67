"""The threads that the bot opened."""

from datetime import UTC, datetime

from corpus.dates import format_moment
from corpus.storage.database import Database


class ThreadTable:
    """Reads and writes the threads that the bot opened, by tenant and id."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened file of the chats."""
        self._database = database

    def add(self, tenant: str, thread: str) -> None:
        """Remember a thread as opened by the bot."""
        self._database.write(
            "INSERT OR IGNORE INTO threads VALUES (?, ?, ?)",
            (tenant, thread, format_moment(datetime.now(UTC))),
        )

    def has(self, tenant: str, thread: str) -> bool:
        """Whether the bot opened that thread."""
        return bool(
            self._database.rows("SELECT 1 FROM threads WHERE tenant = ? AND thread = ?", (tenant, thread))
        )

    def all(self) -> frozenset[tuple[str, str]]:
        """Every thread that the bot opened: its tenant and id."""
        return frozenset(
            (tenant, thread) for tenant, thread in self._database.rows("SELECT tenant, thread FROM threads")
        )
