"""Files in a database table, in pieces."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from corpus.dates import format_moment, parse_moment
from corpus.storage.copies.copies_tables import FILE_PIECES, FILES
from corpus.storage.database import Database
from corpus.storage.sql.upserting import put

ASKED_AT_ONCE = 500
"""Names in one statement."""


class FileTable:
    """The files in a database that is open for as long as this is used."""

    def __init__(self, database: Database) -> None:
        """Nothing is read yet."""
        self._database = database

    def put(self, name: str, size: int, pieces: Iterable[bytes]) -> None:
        """Keep a file, in the place of the one of that name, in one transaction."""
        row = {"name": name, "size": size, "stored": format_moment(datetime.now(UTC).replace(microsecond=0))}
        with self._database.transaction(alone=False):
            self._database.write(put(FILES, row))  # first: another that puts the same file waits for this row
            self._database.write(delete(FILE_PIECES).where(FILE_PIECES.c.name == name))
            for number, piece in enumerate(pieces):
                self._database.write(insert(FILE_PIECES).values(name=name, number=number, piece=piece))

    def size(self, name: str) -> int | None:
        """The bytes of a file, None if it is not there."""
        rows = self._database.rows(select(FILES.c.size).where(FILES.c.name == name))
        return int(rows[0][0]) if rows else None

    def piece(self, name: str, number: int) -> bytes | None:
        """The piece of that number from 0, None if there is none."""
        wanted = select(FILE_PIECES.c.piece).where(FILE_PIECES.c.name == name, FILE_PIECES.c.number == number)
        rows = self._database.rows(wanted)
        return bytes(rows[0][0]) if rows else None

    def among(self, names: Iterable[str]) -> set[str]:
        """Those of the names that are there."""
        wanted, found = sorted(names), set[str]()
        for start in range(0, len(wanted), ASKED_AT_ONCE):
            some = wanted[start : start + ASKED_AT_ONCE]
            found |= {
                name for (name,) in self._database.rows(select(FILES.c.name).where(FILES.c.name.in_(some)))
            }
        return found

    def all(self) -> Iterator[tuple[str, int, datetime]]:
        """Name, bytes and when it was put there, of each, in the order of their names."""
        wanted = select(FILES.c.name, FILES.c.size, FILES.c.stored).order_by(FILES.c.name)
        for name, size, stored in self._database.rows(wanted):
            yield name, size, parse_moment(stored)

    def delete(self, names: Iterable[str]) -> None:
        """Remove files, all in one transaction; what is gone already is fine."""
        with self._database.transaction(alone=False):
            for name in sorted(names):
                self._database.write(delete(FILES).where(FILES.c.name == name))
                self._database.write(delete(FILE_PIECES).where(FILE_PIECES.c.name == name))
