"""Single values that the program notes for its next start."""

from sqlalchemy import select

from bot.chat_store.tables.chat_tables import notes
from corpus.storage.database import Database
from corpus.storage.sql.upserting import insert_new, put


class NoteTable:
    """Reads and writes notes, each a text under a name."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened one of the chats."""
        self._database = database

    def get(self, name: str) -> str | None:
        """What was noted under that name."""
        rows = self._database.rows(select(notes.c.value).where(notes.c.name == name))
        return str(rows[0][0]) if rows else None

    def put(self, name: str, value: str) -> None:
        """Note a value, in the place of the last one."""
        self._database.write(put(notes, {"name": name, "value": value}))

    def add(self, name: str, value: str) -> bool:
        """Note a value where nothing is noted under that name yet; whether that was so."""
        return self._database.write(insert_new(notes, {"name": name, "value": value}))
