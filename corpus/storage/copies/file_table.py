"""Files in a database table, in pieces."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from corpus.dates import format_moment, parse_moment
from corpus.storage.copies.copies_tables import FILE_PIECES, FILES
from corpus.storage.database import Database
from corpus.storage.sql.upserting import put

ASKED_AT_ONCE = 500
"""The most names in one statement."""


class FileTable:
    """Files in the tables of an open database."""

    def __init__(self, database: Database) -> None:
        """The database must stay open while this is used."""
        self._database = database

    def put(self, name: str, size: int, pieces: Iterable[bytes]) -> None:
        """Store a file in one transaction, replacing one with the same name."""
        row = {"name": name, "size": size, "stored": format_moment(datetime.now(UTC).replace(microsecond=0))}
        with self._database.transaction(exclusive=False):
            # First, so that another writer of the same file waits for this row.
            self._database.write(put(FILES, row))
            self._database.write(delete(FILE_PIECES).where(FILE_PIECES.c.name == name))
            for number, piece in enumerate(pieces):
                self._database.write(insert(FILE_PIECES).values(name=name, number=number, piece=piece))

    def size(self, name: str) -> int | None:
        """The size of a file in bytes; None if it does not exist."""
        rows = self._database.rows(select(FILES.c.size).where(FILES.c.name == name))
        return int(rows[0][0]) if rows else None

    def piece(self, name: str, number: int) -> bytes | None:
        """One piece, numbered from 0; None if there is none."""
        wanted = select(FILE_PIECES.c.piece).where(FILE_PIECES.c.name == name, FILE_PIECES.c.number == number)
        rows = self._database.rows(wanted)
        return bytes(rows[0][0]) if rows else None

    def existing(self, names: Iterable[str]) -> set[str]:
        """Those of the names that exist."""
        wanted, found = sorted(names), set[str]()
        for start in range(0, len(wanted), ASKED_AT_ONCE):
            some = wanted[start : start + ASKED_AT_ONCE]
            found |= {
                name for (name,) in self._database.rows(select(FILES.c.name).where(FILES.c.name.in_(some)))
            }
        return found

    def all(self) -> Iterator[tuple[str, int, datetime]]:
        """The name, size in bytes and storage time of each file, sorted by name."""
        wanted = select(FILES.c.name, FILES.c.size, FILES.c.stored).order_by(FILES.c.name)
        for name, size, stored in self._database.rows(wanted):
            yield name, size, parse_moment(stored)

    def delete(self, names: Iterable[str]) -> None:
        """Delete files in one transaction; missing ones are ignored."""
        with self._database.transaction(exclusive=False):
            for name in sorted(names):
                self._database.write(delete(FILES).where(FILES.c.name == name))
                self._database.write(delete(FILE_PIECES).where(FILE_PIECES.c.name == name))
