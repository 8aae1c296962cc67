"""The command of a made-up next release: `python -m tests.bot.sharing.next_release ARGUMENTS`.

Its tables have more than this release's: a column in tables that every question and every reload writes, and
a table. NEXT_RELEASE names the folder in which it keeps its scripts for Alembic.
"""

import dataclasses
import os
import runpy
import shutil
from pathlib import Path

from sqlalchemy import Column, MetaData, Table

from bot.chat_store.chat_store import ChatStore
from corpus.storage.copies.copies_database import CopiesDatabase
from corpus.storage.database import Database
from corpus.storage.sql.columns import STRICT, TEXT
from corpus.storage.sql.revision import Revisions
from corpus.storage.store import Store
from tests.bot.platforms.process import QUICKLY

GROWN: dict[type[Database], tuple[str, ...]] = {
    ChatStore: ("answers", "events", "processes"),
    Store: ("sources", "versions", "history"),
    CopiesDatabase: ("generations", "generation_pointers"),
}
"""The tables that get a column."""
SCRIPT = '''
"""Adds a column to tables, and a table."""
from alembic import op
import sqlalchemy as sa
revision = {name!r}
down_revision = {before!r}
def upgrade():
    for table in {tables!r}:
        op.add_column(table, sa.Column("remark", sa.Text(), nullable=False, server_default="none"))
    op.create_table({table!r}, sa.Column("name", sa.Text(), primary_key=True), sqlite_strict=True)
'''


def grow(store: type[Database], folder: Path) -> None:
    """Give it the tables of the next release, and the script that leads there."""
    known, tables = store.schema.revisions, store.schema.tables
    assert known
    assert isinstance(tables, MetaData)
    number = int(known.newest.split("_")[1]) + 1
    name = f"{store.schema.name}_{number:04}_adds_remarks"
    own = folder / store.schema.name
    shutil.copytree(known.folder, own, dirs_exist_ok=True)
    new = f"{store.schema.name}_remarks"
    made = SCRIPT.format(name=name, before=known.newest, tables=GROWN[store], table=new)
    (own / f"{name}.py").write_text(made)
    for table in GROWN[store]:
        tables.tables[table].append_column(Column("remark", TEXT, nullable=False, server_default="none"))
    Table(new, tables, Column("name", TEXT, primary_key=True), **STRICT)
    store.schema = dataclasses.replace(store.schema, revisions=Revisions(own, name))


if __name__ == "__main__":
    for store in GROWN:
        grow(store, Path(os.environ["NEXT_RELEASE"]))
    runpy.run_module(QUICKLY, run_name="__main__")
