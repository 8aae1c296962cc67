"""Copies a table from one database to another, of either kind, and verifies the copy."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table, delete, func, insert, select, text, tuple_

from corpus.errors import HomeUnusable
from corpus.storage.database import Database

BATCH = 1000
"""The most rows in memory: two megabytes of vectors, five to ten of articles."""

ROWID = "rowid"
"""The auto-incremented column (`corpus.storage.sql.columns.rowid`)."""

Row = Mapping[str, Any]
Change = Callable[[str, Row], Row | None]
"""Maps a table's name and a row to the row in the target, or to None if it is left out."""


@dataclass(frozen=True, slots=True)
class TableSummary:
    """The content of a table: its number of rows, and the sum of the SHA-256 of each row; a row's digest
    includes its position if the table keeps the order of insertion."""

    rows: int
    digest: int


def unchanged(_table: str, row: Row) -> Row | None:
    """Keep every row as it is."""
    return row


def summary(database: Database, table: Table, change: Change = unchanged) -> TableSummary:
    """The summary of a table, after applying `change` to its rows."""
    count = digest = 0
    for row in _rows(database, table, change):
        count += 1
        place = count if ROWID in table.c else 0
        content = json.dumps([place, {name: _plain(value) for name, value in row.items()}])
        digest += int.from_bytes(hashlib.sha256(content.encode()).digest(), "big")
    return TableSummary(count, digest)


def tables_of(database: Database) -> list[Table]:
    """The tables that exist on both kinds of databases."""
    found = database.schema.tables
    if isinstance(found, str):
        raise TypeError("its tables are not made of columns")
    return list(found.sorted_tables)


def has_rows(database: Database, table: Table) -> bool:
    """Whether the table has any row."""
    return bool(database.rows(select(text("1")).select_from(table).limit(1)))


def copy_table(
    source: Database,
    target: Database,
    table: Table,
    change: Change = unchanged,
    own: Collection[str] = (),
) -> TableSummary:
    """Replace a table's content in the target with that of the source, in one transaction, and verify it.
    Nothing is written if the content is equal already. Rows of the target whose first key column is in `own`
    stay. Returns the summary of the other rows. Raises HomeUnusable if the contents differ."""

    def without_own(_table: str, row: Row) -> Row | None:
        return None if own and row[key.name] in own else row

    key = next(iter(table.primary_key.columns))
    wanted = summary(source, table, change)
    if summary(target, table, without_own) != wanted:
        with target.transaction():
            target.write(delete(table).where(key.not_in(own)) if own else delete(table))
            target.write_many(insert(table), _rows(source, table, change))
            _count_on(target, table)
        if summary(target, table, without_own) != wanted:
            raise HomeUnusable(f"the table {table.name} is another one after it was copied: move again")
    return wanted


def _rows(database: Database, table: Table, change: Change) -> Iterator[dict[str, Any]]:
    """The rows in the order of insertion if the table keeps it, otherwise by primary key."""
    order = _order(table)
    # The rowid is not copied, because the target assigns its own.
    columns = [one for one in table.columns if one.name != ROWID]
    places = len(order)
    last: tuple[Any, ...] | None = None
    while True:
        wanted = select(*order, *columns).order_by(*order).limit(BATCH)
        if last is not None:
            wanted = wanted.where(tuple_(*order) > tuple_(*last))
        found = database.rows(wanted)
        for row in found:
            changed = change(table.name, dict(zip((one.name for one in columns), row[places:], strict=True)))
            if changed is not None:
                yield dict(changed)
        if len(found) < BATCH:
            return
        last = tuple(found[-1][:places])


def _order(table: Table) -> list[Column[Any]]:
    return [table.c[ROWID]] if ROWID in table.c else list(table.primary_key.columns)


def _count_on(target: Database, table: Table) -> None:
    """Let an auto-incremented key on the server continue after the last copied one."""
    key = list(table.primary_key.columns)
    if len(key) != 1 or key[0].autoincrement is False or not target.is_server:
        return
    if key[0].type.python_type is not int:
        return
    last = select(func.coalesce(func.max(key[0]), 0) + 1).scalar_subquery()
    sequence = func.pg_get_serial_sequence(table.name, key[0].name)
    target.rows(select(func.setval(sequence, last, text("false"))))


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes | memoryview) else value
