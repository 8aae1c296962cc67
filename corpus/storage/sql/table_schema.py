"""What tables a database has, and how it came to them."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import DDLElement, Dialect, MetaData
from sqlalchemy.dialects import registry
from sqlalchemy.schema import CreateIndex, CreateTable


@dataclass(frozen=True, slots=True)
class Schema:
    """The tables of a new database, and the number of their format.

    `name` tells its tables from those that share a server with it. In a SQLite file the number goes up with
    every change of the tables; `migrations` holds, for each format that was ever released, the SQL that makes
    it the next one, and a file of a higher format is refused. `busy` and `damaged` are what to do where
    another process writes for long, and where the database can't be trusted. `shared` are tables that are
    made on a server alone: a folder keeps what they hold in files beside its databases.
    """

    name: str
    format: int
    tables: MetaData | str
    busy: str
    damaged: str
    migrations: Mapping[int, str] = field(default_factory=dict)
    shared: MetaData | None = None

    def script(self, dialect: Dialect) -> list[str]:
        """The statements that make the tables of a new database, but for what is there already."""
        if isinstance(self.tables, str):
            return list(split_script(self.tables))
        shared = _written(self.shared, dialect.name) if self.shared and dialect.name != "sqlite" else ()
        return [*_written(self.tables, dialect.name), *shared]


def split_script(script: str) -> Iterator[str]:
    """A script's statements one by one: sqlite3's own way to run a script ends the transaction first."""
    begun = ""
    for part in script.split(";")[:-1]:
        begun += f"{part};"
        if sqlite3.complete_statement(begun):
            yield begun
            begun = ""


@cache
def _written(tables: MetaData, dialect: str) -> tuple[str, ...]:
    """Written once: a process opens many databases of one kind."""
    statements = list[str]()
    for table in tables.sorted_tables:
        indexes = sorted(table.indexes, key=lambda one: str(one.name))
        made: list[DDLElement] = [CreateTable(table, if_not_exists=True)]
        made += [CreateIndex(one, if_not_exists=True) for one in indexes]
        statements += [str(one.compile(dialect=registry.load(dialect)())) for one in made]
    return tuple(statements)
