"""The types of columns, so that both kinds of databases keep, compare and sort the same."""

from typing import Any

from sqlalchemy import BigInteger, Column, Identity, Integer, LargeBinary, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateColumn, CreateTable

TEXT = Text().with_variant(Text(collation="C"), "postgresql")
"""Sorted by the bytes of its UTF-8, as SQLite does, whatever the server's language is."""
INTEGER = Integer()
NUMBER = BigInteger().with_variant(Integer(), "sqlite")
"""An integer of 64 bits, also as a key that counts by itself."""
BLOB = LargeBinary()
STRICT: dict[str, Any] = {"sqlite_strict": True}
"""SQLite takes a value of another type than the column's for a mistake, as PostgreSQL does."""
KEYED: dict[str, Any] = {**STRICT, "sqlite_with_rowid": False}
"""The same, for a table that SQLite keeps in the order of its key, and that nobody asks in another."""

PASSING: dict[str, Any] = {**STRICT, "info": {"passing": True}}
"""A table whose rows are of the moment: a server writes no log of it, so that a write waits for no disk, and
empties it after a crash."""

_ROWID = "rowid"


def rowid() -> Column[int]:
    """The column that counts the rows as they are added. SQLite has it in every table that is not `KEYED`,
    where it needs no making."""
    return Column(_ROWID, NUMBER, Identity(), nullable=False)


@compiles(CreateColumn, "sqlite")
def _without_rowid(element: CreateColumn, compiler: Any, **rest: Any) -> str | None:
    if element.element.name == _ROWID:
        return None
    return str(compiler.visit_create_column(element, **rest))


@compiles(CreateTable, "postgresql")
def _passing(element: CreateTable, compiler: Any, **rest: Any) -> str:
    made = str(compiler.visit_create_table(element, **rest))
    passing = element.element.info.get("passing")
    return made.replace("CREATE TABLE", "CREATE UNLOGGED TABLE", 1) if passing else made
