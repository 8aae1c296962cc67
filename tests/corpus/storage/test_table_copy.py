"""Tables copied between the two kinds of databases, with every kind of value, key and order."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, Table, delete, insert, select

from corpus.errors import HomeUnusable
from corpus.storage import table_copy
from corpus.storage.database import Database
from corpus.storage.sql.columns import BIGINT, BLOB, INTEGER, STRICT, TEXT, WITHOUT_ROWID, rowid
from corpus.storage.sql.server_address import ServerAddress
from corpus.storage.sql.table_schema import Schema
from corpus.storage.table_copy import Row, copy_table, has_rows, summary, unchanged

TABLES = MetaData()
KEPT = Table(
    "kept",
    TABLES,
    Column("name", TEXT, primary_key=True),
    Column("key", BLOB, primary_key=True),
    Column("content", BLOB, nullable=False),
    Column("maybe", TEXT),
    Column("count", INTEGER),
    **WITHOUT_ROWID,
)
ORDERED = Table("ordered", TABLES, rowid(), Column("name", TEXT, primary_key=True), **STRICT)
COUNTED = Table(
    "counted",
    TABLES,
    Column("number", BIGINT, primary_key=True),
    Column("act", TEXT, nullable=False),
    **STRICT,
)


class Things(Database):
    schema = Schema(name="things", format=1, tables=TABLES, busy="", damaged="")


Open = Callable[[], Things]


@pytest.fixture
def file(tmp_path: Path) -> Things:
    return Things(tmp_path / "things.sqlite3")


@pytest.fixture
def server(database_url: str) -> Things:
    return Things(ServerAddress(database_url))


def fill(database: Database) -> None:
    with database.transaction():
        database.write_many(
            insert(KEPT),
            [
                {"name": name, "key": bytes([row]), "content": content, "maybe": maybe, "count": row or None}
                for row, (name, content, maybe) in enumerate(
                    [("é", b"", None), ("Z", b"\x00\xff", ""), ("a", b"x" * 3000, "농부"), ("ZZ", b"'", "\\")]
                )
            ],
        )
        database.write_many(insert(ORDERED), [{"name": name} for name in ("second", "first", "Third")])
        database.write_many(
            insert(COUNTED), [{"number": number, "act": f"act {number}"} for number in (3, 7)]
        )


@pytest.mark.parametrize("batch", [1, 2, 1000])
@pytest.mark.parametrize("back", [False, True])
def test_a_table_is_the_same_on_the_other_kind_of_database(
    file: Things, server: Things, batch: int, back: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_copy, "BATCH", batch)
    source, target = (server, file) if back else (file, server)
    fill(source)
    with source, target:
        for table in TABLES.sorted_tables:
            assert not has_rows(target, table)
            assert copy_table(source, target, table) == summary(source, table) == summary(target, table)
            assert has_rows(target, table)
        names = [name for (name,) in target.rows(select(ORDERED.c.name).order_by(ORDERED.c.rowid))]
        assert names == ["second", "first", "Third"]
        target.write(insert(COUNTED).values(act="the next"))
        assert target.rows(select(COUNTED.c.number).where(COUNTED.c.act == "the next")) == [(8,)]


def test_what_is_the_same_already_is_not_written_again(file: Things, server: Things) -> None:
    fill(file)
    with file, server:
        copy_table(file, server, ORDERED)
        before = server.rows(select(ORDERED.c.rowid))
        copy_table(file, server, ORDERED)
        assert server.rows(select(ORDERED.c.rowid)) == before
        file.write(insert(ORDERED).values(name="fourth"))
        file.write(delete(ORDERED).where(ORDERED.c.name == "first"))
        assert copy_table(file, server, ORDERED).rows == 3
        assert summary(server, ORDERED) == summary(file, ORDERED)


def test_rows_are_changed_and_left_out_and_the_targets_own_stay(file: Things, server: Things) -> None:
    def change(table: str, row: Row) -> Row | None:
        assert table == "counted"
        return None if row["number"] == 3 else {**row, "act": row["act"].upper()}

    with file, server:
        fill(file)
        server.write(insert(COUNTED).values(number=99, act="its own"))
        server.write(insert(COUNTED).values(number=98, act="of before"))
        copy_table(file, server, COUNTED, change, {99})  # type: ignore[arg-type] # a number is a key too
        rows = server.rows(select(COUNTED.c.number, COUNTED.c.act).order_by(COUNTED.c.number))
        assert rows == [(7, "ACT 7"), (99, "its own")]


def test_a_target_that_keeps_something_else_is_found_out(
    file: Things, server: Things, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(file)
    write_many = Things.write_many

    def losing(self: Things, statement: object, rows: object) -> None:
        write_many(self, statement, list(rows)[:-1])  # type: ignore[arg-type, call-overload]

    monkeypatch.setattr(Things, "write_many", losing)
    with (
        file,
        server,
        pytest.raises(HomeUnusable, match="the table ordered is another one after it was copied"),
    ):
        copy_table(file, server, ORDERED)


def test_a_copy_that_is_cut_leaves_what_was_there(file: Things, server: Things) -> None:
    fill(file)
    with file, server:
        copy_table(file, server, ORDERED)
        before = summary(server, ORDERED)
        file.write(insert(ORDERED).values(name="fourth"))

        calls = 0

        def cut(_table: str, row: Row) -> Row:
            nonlocal calls
            calls += 1
            if calls > 6:  # four while they are counted, two while they are written
                raise KeyboardInterrupt
            return row

        with pytest.raises(KeyboardInterrupt):
            copy_table(file, server, ORDERED, cut)
        assert summary(server, ORDERED) == before


VALUES = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    rows=st.dictionaries(st.tuples(VALUES, st.binary(max_size=4)), st.tuples(st.binary(max_size=9), VALUES))
)
def test_any_text_and_bytes_come_back_in_the_same_order(
    file: Things, server: Things, rows: dict[tuple[str, bytes], tuple[bytes, str]]
) -> None:
    for database in (file, server):
        database.write(delete(KEPT))
    with file.transaction():
        file.write_many(
            insert(KEPT),
            [
                {"name": name, "key": key, "content": content, "maybe": maybe, "count": None}
                for (name, key), (content, maybe) in rows.items()
            ],
        )
    assert copy_table(file, server, KEPT).rows == len(rows)
    assert copy_table(server, file, KEPT, unchanged) == summary(server, KEPT)
