"""Single values that the program stores under a name."""

from sqlalchemy import delete, func, select, update

from bot.chat_store.tables.chat_tables import notes
from corpus.storage.database import Database
from corpus.storage.sql.upserting import insert_new, put

_OF = notes.c


class NoteTable:
    """Reads and writes notes, each a text under a name."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened chat database."""
        self._database = database

    def get(self, name: str) -> str | None:
        """The value of a note; None if there is none."""
        rows = self._database.rows(select(_OF.value).where(_OF.name == name))
        return str(rows[0][0]) if rows else None

    def under(self, begins: str) -> dict[str, str]:
        """The notes whose names have a prefix, in the order of their names."""
        found = select(_OF.name, _OF.value).where(func.substr(_OF.name, 1, len(begins)) == begins)
        return {str(name): str(value) for name, value in self._database.rows(found.order_by(_OF.name))}

    def put(self, name: str, value: str) -> None:
        """Store a value, in place of an earlier one."""
        self._database.write(put(notes, {"name": name, "value": value}))

    def add(self, name: str, value: str) -> bool:
        """Store a value if there is no note with that name; returns whether it was stored."""
        return self._database.write(insert_new(notes, {"name": name, "value": value}))

    def replace(self, name: str, was: str, value: str) -> bool:
        """Replace a value if it is still `was`; returns whether it was replaced."""
        changed = update(notes).values(value=value).where(_OF.name == name, _OF.value == was)
        return self._database.write(changed)

    def remove(self, name: str) -> bool:
        """Remove a note; returns whether there was one."""
        return self._database.write(delete(notes).where(_OF.name == name))

    def take_turn(self, name: str, now: float, apart: float) -> bool:
        """Store the time `now`, in seconds since 1970, unless the stored one is less than `apart` seconds
        older; returns whether it was stored. Of several concurrent calls, one succeeds."""
        ended = _OF.value <= _stamp(now - apart)
        return self._database.write(put(notes, {"name": name, "value": _stamp(now)}, only=ended))


def _stamp(seconds: float) -> str:
    """A time as text that sorts like the number."""
    return f"{seconds:017.3f}"
