"""Single values that the program notes for its next start."""

from corpus.storage.database import Database


class NoteTable:
    """Reads and writes notes, each a text under a name."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened file of the chats."""
        self._database = database

    def get(self, name: str) -> str | None:
        """What was noted under that name."""
        rows = self._database.rows("SELECT value FROM notes WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else None

    def put(self, name: str, value: str) -> None:
        """Note a value, in the place of the last one."""
        self._database.write("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))

    def add(self, name: str, value: str) -> bool:
        """Note a value where nothing is noted under that name yet; whether that was so."""
        return self._database.write("INSERT OR IGNORE INTO notes VALUES (?, ?)", (name, value))

    def take_turn(self, name: str, now: float, apart: float) -> bool:
        """Note the time `now`, in seconds since 1970, where none is noted that is less than `apart` seconds
        before it; whether that was so. Of several that try at once, one has it."""
        return self._database.write(
            "INSERT INTO notes VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value "
            "WHERE notes.value <= ?",
            (name, _stamp(now), _stamp(now - apart)),
        )


def _stamp(seconds: float) -> str:
    """A time that compares as text as it does as a number."""
    return f"{seconds:017.3f}"
