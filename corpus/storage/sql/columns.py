"""Column types that store, compare and sort values in the same way on SQLite and PostgreSQL."""

from typing import Any

from sqlalchemy import BigInteger, Column, Identity, Integer, LargeBinary, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateColumn, CreateTable

TEXT = Text().with_variant(Text(collation="C"), "postgresql")
"""Sorted by its UTF-8 bytes, as in SQLite, whatever the server's locale is."""
INTEGER = Integer()
BIGINT = BigInteger().with_variant(Integer(), "sqlite")
"""A 64-bit integer, also for auto-incremented keys."""
BLOB = LargeBinary()
STRICT: dict[str, Any] = {"sqlite_strict": True}
"""Makes SQLite reject values of another type than the column's, as PostgreSQL does."""
WITHOUT_ROWID: dict[str, Any] = {**STRICT, "sqlite_with_rowid": False}
"""The same for a table that SQLite stores in the order of its primary key, without a rowid."""

UNLOGGED: dict[str, Any] = {**STRICT, "info": {"unlogged": True}}
"""For tables with short-lived rows: on a server they are not logged, so that writes do not wait for the disk,
and are empty after a crash."""

_ROWID = "rowid"


def rowid() -> Column[int]:
    """An auto-incremented column. In SQLite it is the built-in rowid, which all tables but those
    `WITHOUT_ROWID` have."""
    return Column(_ROWID, BIGINT, Identity(), nullable=False)


@compiles(CreateColumn, "sqlite")
def _without_rowid(element: CreateColumn, compiler: Any, **rest: Any) -> str | None:
    if element.element.name == _ROWID:
        return None
    return str(compiler.visit_create_column(element, **rest))


@compiles(CreateTable, "postgresql")
def _unlogged(element: CreateTable, compiler: Any, **rest: Any) -> str:
    made = str(compiler.visit_create_table(element, **rest))
    unlogged = element.element.info.get("unlogged")
    return made.replace("CREATE TABLE", "CREATE UNLOGGED TABLE", 1) if unlogged else made
