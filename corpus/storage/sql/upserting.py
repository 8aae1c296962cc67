"""INSERT where the row may be there already, as one statement for both kinds of databases.

PostgreSQL's and SQLite's clauses are the same to the letter, and SQLAlchemy writes its PostgreSQL `Insert`
for SQLite as well; `tests/corpus/storage/sql/test_upserting.py` holds it to that.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy.dialects.postgresql import Insert, insert


def insert_new(table: Table, values: Mapping[str, Any] | None = None) -> Insert:
    """Adds a row; one with the same key stays as it is.

    Without `values` the statement is one for `write_many`, or for `from_select`.
    """
    return _insert(table, values).on_conflict_do_nothing()


def put(
    table: Table,
    values: Mapping[str, Any] | None = None,
    change: Iterable[str] = (),
    only: ColumnElement[bool] | None = None,
) -> Insert:
    """Adds a row in the place of the one with the same primary key, of which `change` names the columns that
    are changed: all but the key where it names none. One for which `only` does not hold stays as it is.

    Without `values` the statement is one for `write_many`, or for `from_select`; it then has to name all
    columns but those that count by themselves.
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
    """Adds rows; what is done about those that are there is still to be said."""
    return _insert(table, None)
