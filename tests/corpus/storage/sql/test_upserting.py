"""One statement, on both kinds of databases."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Column, MetaData, Table, literal, select

from corpus.storage.database import Database, DatabaseLocation
from corpus.storage.sql.columns import INTEGER, STRICT, TEXT, rowid
from corpus.storage.sql.table_schema import Schema
from corpus.storage.sql.upserting import insert_new, put

TABLES = MetaData()
books = Table(
    "books",
    TABLES,
    rowid(),
    Column("title", TEXT, primary_key=True),
    Column("author", TEXT, nullable=False),
    Column("read", INTEGER, nullable=False, server_default="0"),
    **STRICT,
)


class Shelf(Database):
    """One table."""

    schema = Schema(name="shelf", format=1, tables=TABLES, busy="", damaged="")

    def all(self) -> list[tuple[str, str, int]]:
        """As they were added."""
        query = select(books.c.title, books.c.author, books.c.read).order_by(books.c.rowid)
        return [tuple(row) for row in self.rows(query)]


@pytest.fixture
def shelf(place: DatabaseLocation) -> Iterator[Shelf]:
    with Shelf(place) as opened:
        yield opened


EMMA = {"title": "Emma", "author": "Austen", "read": 2}


def test_a_new_row_is_added_and_one_that_is_there_stays(shelf: Shelf) -> None:
    assert shelf.write(insert_new(books, EMMA))
    assert not shelf.write(insert_new(books, {**EMMA, "read": 5}))
    assert shelf.all() == [("Emma", "Austen", 2)]


def test_a_row_takes_the_place_of_another_with_all_columns_or_some_and_keeps_its_rank(shelf: Shelf) -> None:
    for row in (EMMA, {**EMMA, "title": "Kim", "author": "Kipling"}, {**EMMA, "read": 3}):
        assert shelf.write(put(books, row))
    assert shelf.all() == [("Emma", "Austen", 3), ("Kim", "Kipling", 2)]
    assert shelf.write(put(books, {**EMMA, "author": "Nobody", "read": 4}, change=["read"]))
    assert shelf.all() == [("Emma", "Austen", 4), ("Kim", "Kipling", 2)]


def test_many_rows_are_put_by_one_statement(shelf: Shelf) -> None:
    with shelf.transaction():
        shelf.write_many(put(books), ({**EMMA, "read": read} for read in range(3)))
        shelf.write_many(insert_new(books), ({**EMMA, "title": title} for title in ("Emma", "Kim")))
        shelf.write_many(put(books), [])
    assert shelf.all() == [("Emma", "Austen", 2), ("Kim", "Austen", 2)]


def test_rows_of_another_table_are_put(shelf: Shelf) -> None:
    shelf.write(insert_new(books, EMMA))
    for read in (7, 8):
        again = select(literal("Emma II"), books.c.author, literal(read)).where(books.c.title == "Emma")
        assert shelf.write(put(books).from_select(["title", "author", "read"], again))
    nothing = select(books.c.title, books.c.author, books.c.read).where(books.c.title == "Ulysses")
    assert not shelf.write(put(books).from_select(["title", "author", "read"], nothing))
    assert shelf.all() == [("Emma", "Austen", 2), ("Emma II", "Austen", 8)]


def test_text_is_sorted_by_its_bytes(shelf: Shelf) -> None:
    titles = ["Zola", "amok", "Éluard", "あ", "Aa"]
    shelf.write_many(put(books), ({**EMMA, "title": title} for title in titles))
    found = [title for (title,) in shelf.rows(select(books.c.title).order_by(books.c.title))]
    assert found == sorted(titles, key=str.encode)
