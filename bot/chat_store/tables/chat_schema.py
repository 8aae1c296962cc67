"""The schema of the chat database and its format."""

from pathlib import Path

from bot.chat_store.tables.chat_tables import TABLES
from bot.chat_store.tables.old_formats import MIGRATIONS
from corpus.storage.sql.revision import Revisions
from corpus.storage.sql.table_schema import Schema

FORMAT = 8
"""The last format number: later changes of the tables are Alembic revisions."""

SCHEMA = Schema(
    name="chats",
    format=FORMAT,
    tables=TABLES,
    busy="another process is writing {path}: try again",
    damaged="move it away and start again; the corpus is not touched, settings and old answers are lost",
    migrations=MIGRATIONS,
    revisions=Revisions(Path(__file__).parents[1] / "revisions", "chats_0001"),
)
