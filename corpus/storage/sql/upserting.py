"""Upserts: INSERT statements for rows that may exist, the same for both kinds of databases.

The clauses of PostgreSQL and SQLite are identical, and SQLAlchemy compiles its PostgreSQL `Insert` for SQLite
too; `tests/corpus/storage/sql/test_upserting.py` checks this.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy.dialects.postgresql import Insert, insert


def insert_new(table: Table, values: Mapping[str, Any] | None = None) -> Insert:
    """Insert a row unless one with the same key exists.

    Without `values`, the statement is for `write_many` or `from_select`.
    """
    return _insert(table, values).on_conflict_do_nothing()


def put(
    table: Table,
    values: Mapping[str, Any] | None = None,
    change: Iterable[str] = (),
    only: ColumnElement[bool] | None = None,
) -> Insert:
    """Insert a row, or update the one with the same primary key. `change` names the columns that are updated,
    by default all but the key. A row for which `only` does not hold is not updated.

    Without `values`, the statement is for `write_many` or `from_select`, which must then name all columns
    that are not auto-incremented.
    """
    key = list(table.primary_key.columns)
    statement = _insert(table, values)
    names = [*change] or [one.name for one in table.columns if one not in key and one.identity is None]
    return statement.on_conflict_do_update(
        index_elements=key, set_={name: statement.excluded[name] for name in names}, where=only
    )


def _insert(table: Table, values: Mapping[str, Any] | None) -> Insert:
    return insert(table) if values is None else insert(table).values(values)


def insert_into(table: Table) -> Insert:
    """An INSERT statement without a conflict clause, which the caller adds."""
    return _insert(table, None)
