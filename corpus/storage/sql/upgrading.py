"""Upgrades a database to the newest revision with Alembic."""

import threading

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, inspect

from corpus.storage.sql import environment
from corpus.storage.sql.revision import Revisions

_alone = threading.Lock()
"""Alembic keeps its state in a module, so that only one thread may use it at a time."""


def upgrade(connection: Connection, revisions: Revisions, version_table: str) -> None:
    """Run the missing revisions in the current transaction. The caller excludes other processes."""
    config = Config(attributes={"connection": connection, "version_table": version_table})
    for name, value in {
        "script_location": environment.__path__[0],
        "version_locations": str(revisions.folder),
        "path_separator": "newline",
    }.items():
        config.set_main_option(name, value.replace("%", "%%"))
    with _alone:
        command.upgrade(config, revisions.newest)


def wrong_tables(connection: Connection, tables: MetaData) -> list[str]:
    """The tables that lack a column or have an additional one."""
    found = inspect(connection)
    there = set(found.get_table_names())
    built_in = {"rowid"} if connection.dialect.name == "sqlite" else set[str]()
    return [
        one.name
        for one in tables.sorted_tables
        if one.name not in there
        or {column["name"] for column in found.get_columns(one.name)} != {*one.columns.keys()} - built_in
    ]
