"""Which home a database holds, and how many erasures were made in it."""

from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import func, insert, select

from corpus.dates import format_moment
from corpus.storage.copies.copies_tables import ERASURES, HOMES
from corpus.storage.database import Database
from corpus.storage.sql.upserting import insert_new


class HomeRegister:
    """The tables of them in a database."""

    def __init__(self, database: Database) -> None:
        """The database is open for as long as this is used."""
        self._database = database

    def id(self) -> str:
        """The home's own name, made when it is first asked for."""
        if not (found := self._found()):
            self._database.write(insert_new(HOMES, {"number": 1, "id": uuid4().hex}))
            found = self._found()
        return found[0][0]

    def _found(self) -> list[tuple[str]]:
        return self._database.rows(select(HOMES.c.id))

    def erasures(self) -> int:
        """How often something was forgotten."""
        rows = self._database.rows(select(func.coalesce(func.max(ERASURES.c.number), 0)))
        return int(rows[0][0])

    def add_erasure(self) -> int:
        """Count another one; how many there are then. Hold the home's lock."""
        number = self.erasures() + 1
        now = format_moment(datetime.now(UTC).replace(microsecond=0))
        self._database.write(insert(ERASURES).values(number=number, at=now))
        return number
