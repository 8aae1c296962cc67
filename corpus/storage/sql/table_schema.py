"""The schema of a database: its tables, formats and revisions."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import DDLElement, Dialect, MetaData
from sqlalchemy.dialects import registry
from sqlalchemy.schema import CreateIndex, CreateTable

from corpus.storage.sql.revision import Compatibility, Revisions

VERSION_LENGTH = 32
"""The most characters of a revision's name, as in Alembic's own table."""


@dataclass(frozen=True, slots=True)
class Schema:
    """The schema of one database.

    - `name`: tells its tables from others on the same server.
    - `format`, `migrations`: the last format of a SQLite file before Alembic, and the SQL from each released
      format to the next.
    - `tables`: the tables of a new database.
    - `shared`: tables that exist only on a server; a folder keeps their content in files.
    - `revisions`: all later changes. A SQLite file with any of them has the format after the last one, and
      its revision in the table `version_table`, as on a server.
    - `page_size`: bytes of a page in a SQLite file; 4096 is SQLite's default.
    - `busy`, `damaged`: what to tell the operator if another process writes for long, or if the database
      can't be trusted.
    """

    name: str
    format: int
    tables: MetaData | str
    busy: str
    damaged: str
    migrations: Mapping[int, str] = field(default_factory=dict)
    shared: MetaData | None = None
    revisions: Revisions | None = None
    page_size: int = 4096

    @property
    def all_tables(self) -> list[MetaData]:
        """All tables of a server."""
        return [one for one in (self.tables, self.shared) if isinstance(one, MetaData)]

    @property
    def version_table(self) -> str:
        """The name of the table that holds the database's revision."""
        return f"{self.name}_version"

    @property
    def first(self) -> str:
        """The revision of a database of the last numbered format."""
        return f"{self.name}_0001"

    @property
    def newest(self) -> str:
        """The revision of a new database."""
        return self.revisions.newest if self.revisions else self.first

    def compatibility(self, found: str) -> Compatibility:
        """How a database of that revision relates to this process."""
        if self.revisions:
            return self.revisions.compatibility(found)
        return "current" if found == self.first else "unknown"

    def script(self, dialect: Dialect) -> list[str]:
        """The statements that create the tables of a new database; existing tables are skipped."""
        if isinstance(self.tables, str):
            return list(split_script(self.tables))
        shared = _written(self.shared, dialect.name) if self.shared and dialect.name != "sqlite" else ()
        return [*_written(self.tables, dialect.name), *shared]

    def version_script(self) -> list[str]:
        """The statements that record that a database has the newest revision."""
        return [
            f"CREATE TABLE {self.version_table} (version_num VARCHAR({VERSION_LENGTH}) PRIMARY KEY)",
            f"INSERT INTO {self.version_table} VALUES ('{self.newest}')",  # noqa: S608 - names of ours
        ]


def split_script(script: str) -> Iterator[str]:
    """The statements of a script; sqlite3's `executescript` would end the transaction first."""
    begun = ""
    for part in script.split(";")[:-1]:
        begun += f"{part};"
        if sqlite3.complete_statement(begun):
            yield begun
            begun = ""


@cache
def _written(tables: MetaData, dialect: str) -> tuple[str, ...]:
    """The statements that create the tables and indexes. Cached, because a process opens many databases of
    one kind."""
    statements = list[str]()
    for table in tables.sorted_tables:
        indexes = sorted(table.indexes, key=lambda one: str(one.name))
        made: list[DDLElement] = [CreateTable(table, if_not_exists=True)]
        made += [CreateIndex(one, if_not_exists=True) for one in indexes]
        statements += [str(one.compile(dialect=registry.load(dialect)())) for one in made]
    return tuple(statements)
