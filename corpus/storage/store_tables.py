"""The tables of the store."""

from typing import Any

from sqlalchemy import Column, Index, MetaData, Table, text

from corpus.storage.sql.columns import BIGINT, BLOB, INTEGER, STRICT, TEXT, WITHOUT_ROWID, rowid

TABLES = MetaData()

sources = Table(
    "sources",
    TABLES,
    Column("collection", TEXT, primary_key=True),
    Column("location", TEXT, primary_key=True),
    Column("added", TEXT, nullable=False),
    Column("options", TEXT, nullable=False, server_default="{}"),
    **STRICT,
)
source_states = Table(
    "source_states",
    TABLES,
    Column("collection", TEXT, primary_key=True),
    Column("location", TEXT, primary_key=True),
    Column("due", TEXT),
    Column("succeeded", TEXT),
    Column("failures", INTEGER, nullable=False),
    Column("failing_since", TEXT),
    Column("error", TEXT, nullable=False),
    Column("told", INTEGER, nullable=False),
    Column("moved", TEXT, nullable=False),
    Column("moves", INTEGER, nullable=False),
    Column("unread", INTEGER, nullable=False),
    Column("stamp", TEXT, nullable=False),
    **WITHOUT_ROWID,
)
versions = Table(
    "versions",
    TABLES,
    rowid(),
    Column("collection", TEXT, primary_key=True),
    Column("article_id", TEXT, primary_key=True),
    Column("version", TEXT, primary_key=True),
    Column("first_seen", TEXT, nullable=False),
    Column("content", TEXT, nullable=False),
    Column("unserved", TEXT),
    **STRICT,
)
origins = Table(
    "origins",
    TABLES,
    Column("collection", TEXT, primary_key=True),
    Column("article_id", TEXT, primary_key=True),
    Column("source_collection", TEXT, nullable=False),
    Column("source_location", TEXT, nullable=False),
    **WITHOUT_ROWID,
)
vectors = Table(
    "vectors",
    TABLES,
    Column("model", TEXT, primary_key=True),
    Column("text_hash", BLOB, primary_key=True),
    Column("vector", BLOB, nullable=False),
    Column("unserved", TEXT),
    **STRICT,  # with a rowid, since rows of two kilobytes in the order of their hashes take a third more room
)
marks = Table(
    "marks", TABLES, Column("name", TEXT, primary_key=True), Column("value", TEXT, nullable=False), **STRICT
)
history = Table(
    "history",
    TABLES,
    Column("number", BIGINT, primary_key=True),
    Column("at", TEXT, nullable=False),
    Column("act", TEXT, nullable=False),
    Column("collection", TEXT, nullable=False),
    Column("generation", TEXT),
    Column("detail", TEXT, nullable=False),
    **STRICT,
)
for _table in (versions, vectors):
    _gone = text("unserved IS NOT NULL")
    Index(f"{_table.name}_unserved", _table.c.unserved, sqlite_where=_gone, postgresql_where=_gone)

_TEMPORARY_TABLES = MetaData()
_TEMPORARY: dict[str, Any] = {"prefixes": ["TEMPORARY"], **WITHOUT_ROWID}
kept_versions = Table(
    "kept_versions",
    _TEMPORARY_TABLES,
    Column("collection", TEXT, primary_key=True),
    Column("article_id", TEXT, primary_key=True),
    Column("version", TEXT, primary_key=True),
    **_TEMPORARY,
)
"""The rows of `versions` that a deletion keeps; a temporary table of its connection."""
kept_texts = Table("kept_texts", _TEMPORARY_TABLES, Column("text_hash", BLOB, primary_key=True), **_TEMPORARY)
"""The same for `vectors`."""
