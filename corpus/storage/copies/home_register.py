"""The id of the home in a database, and its number of erasures."""

from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import func, insert, select

from corpus.dates import format_moment
from corpus.storage.copies.copies_tables import ERASURES, HOMES
from corpus.storage.database import Database
from corpus.storage.sql.upserting import insert_new


class HomeRegister:
    """Reads and writes the tables of the home's id and its erasures."""

    def __init__(self, database: Database) -> None:
        """The database must stay open while this is used."""
        self._database = database

    def id(self) -> str:
        """The home's id, created by the first call."""
        if not (found := self._found()):
            self._database.write(insert_new(HOMES, {"number": 1, "id": uuid4().hex}))
            found = self._found()
        return found[0][0]

    def _found(self) -> list[tuple[str]]:
        return self._database.rows(select(HOMES.c.id))

    def erasures(self) -> int:
        """The number of erasures so far."""
        rows = self._database.rows(select(func.coalesce(func.max(ERASURES.c.number), 0)))
        return int(rows[0][0])

    def add_erasure(self) -> int:
        """Count another erasure. Returns the new number. The caller holds the home's lock."""
        number = self.erasures() + 1
        now = format_moment(datetime.now(UTC).replace(microsecond=0))
        self._database.write(insert(ERASURES).values(number=number, at=now))
        return number
