"""Single values that the program stores under a name."""

from sqlalchemy import delete, func, select, update

from bot.chat_store.tables.chat_tables import notes
from corpus.storage.database import Database
from corpus.storage.sql.upserting import insert_new, put

_OF = notes.c


class NoteTable:
    """Reads and writes notes, each a text under a name."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened one of the chats."""
        self._database = database

    def get(self, name: str) -> str | None:
        """What was noted under that name."""
        rows = self._database.rows(select(_OF.value).where(_OF.name == name))
        return str(rows[0][0]) if rows else None

    def under(self, begins: str) -> dict[str, str]:
        """What is noted under the names that begin so, in their order."""
        found = select(_OF.name, _OF.value).where(func.substr(_OF.name, 1, len(begins)) == begins)
        return {str(name): str(value) for name, value in self._database.rows(found.order_by(_OF.name))}

    def put(self, name: str, value: str) -> None:
        """Note a value, in the place of the last one."""
        self._database.write(put(notes, {"name": name, "value": value}))

    def add(self, name: str, value: str) -> bool:
        """Note a value where nothing is noted under that name yet; whether that was so."""
        return self._database.write(insert_new(notes, {"name": name, "value": value}))

    def replace(self, name: str, was: str, value: str) -> bool:
        """Note a value where the last one is still that; whether that was so."""
        changed = update(notes).values(value=value).where(_OF.name == name, _OF.value == was)
        return self._database.write(changed)

    def remove(self, name: str) -> bool:
        """Note nothing under that name any more; whether there was anything."""
        return self._database.write(delete(notes).where(_OF.name == name))

    def take_turn(self, name: str, now: float, apart: float) -> bool:
        """Note the time `now`, in seconds since 1970, where none is noted that is less than `apart` seconds
        before it; whether that was so. Of several that try at once, one has it."""
        ended = _OF.value <= _stamp(now - apart)
        return self._database.write(put(notes, {"name": name, "value": _stamp(now)}, only=ended))


def _stamp(seconds: float) -> str:
    """A time that compares as text as it does as a number."""
    return f"{seconds:017.3f}"
