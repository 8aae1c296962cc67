"""Which events of a platform are known, so that each is carried out exactly once, also after a crash."""

from datetime import UTC, datetime

from corpus.dates import format_moment, parse_moment
from corpus.storage.database import Database


class EventTable:
    """Reads and writes the events that some process has claimed."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened file of the chats."""
        self._database = database

    def claim(self, platform: str, event: str, pending: str | None = None) -> bool:
        """Whether the event is new; then it is known from now on.

        `pending` is what is needed to answer it after a crash, until `settle` says that it was.
        """
        return self._database.write(
            "INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?)",
            (platform, event, format_moment(datetime.now(UTC)), pending),
        )

    def unclaim(self, platform: str, event: str) -> None:
        """The event was not carried out after all: it is new again."""
        self._database.write("DELETE FROM events WHERE platform = ? AND event = ?", (platform, event))

    def settle(self, platform: str, event: str) -> None:
        """The event was answered."""
        self._database.write(
            "UPDATE events SET pending = NULL WHERE platform = ? AND event = ?", (platform, event)
        )

    def unsettled(self, platform: str) -> list[tuple[str, datetime, str]]:
        """The events that were begun and not answered, oldest first: id, when, and what is needed."""
        rows = self._database.rows(
            "SELECT event, at, pending FROM events WHERE platform = ? AND pending IS NOT NULL ORDER BY at",
            (platform,),
        )
        return [(event, parse_moment(at), pending) for event, at, pending in rows]
