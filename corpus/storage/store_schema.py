"""The schema of the store, and its migrations from before Alembic."""

from pathlib import Path

from corpus.storage.shared_tables import SHARED
from corpus.storage.sql.revision import Revisions
from corpus.storage.sql.table_schema import Schema
from corpus.storage.store_tables import TABLES

FORMAT = 6
"""The last numbered format; later changes of the tables are revisions."""
PAGE_SIZE = 16_384
"""Bytes of a page in a SQLite file. A vector with its tokens has 2.1 kB on average, so SQLite's usual 4 kB
are half empty: with 4, 8, 16 and 32 kB, RealTimeQA's 375 MB of vectors take 608, 469, 431 and 416 MB, and
2.8, 3.2, 3.9 and 4.7 GB are written to save them 256 at a time."""

_MIGRATIONS = {
    1: "ALTER TABLE versions ADD COLUMN unserved TEXT; ALTER TABLE vectors ADD COLUMN unserved TEXT;",
    2: """CREATE TABLE origins (
    collection TEXT NOT NULL, article_id TEXT NOT NULL, source_collection TEXT NOT NULL,
    source_location TEXT NOT NULL, PRIMARY KEY (collection, article_id)
) STRICT, WITHOUT ROWID;""",
    3: """CREATE TABLE marks (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE INDEX versions_unserved ON versions (unserved) WHERE unserved NOTNULL;
CREATE INDEX vectors_unserved ON vectors (unserved) WHERE unserved NOTNULL;""",
    4: "ALTER TABLE sources ADD COLUMN options TEXT NOT NULL DEFAULT '{}';",
    5: """CREATE TABLE source_states (
    collection TEXT NOT NULL, location TEXT NOT NULL, due TEXT, succeeded TEXT, failures INTEGER NOT NULL,
    failing_since TEXT, error TEXT NOT NULL, told INTEGER NOT NULL, moved TEXT NOT NULL,
    moves INTEGER NOT NULL, unread INTEGER NOT NULL, stamp TEXT NOT NULL, PRIMARY KEY (collection, location)
) STRICT, WITHOUT ROWID;""",
}

SCHEMA = Schema(
    name="corpus",
    format=FORMAT,
    tables=TABLES,
    shared=SHARED,
    revisions=Revisions(Path(__file__).with_name("revisions"), "corpus_0001"),
    migrations=_MIGRATIONS,
    busy="a reload is writing {path}: wait until it ends, then try again",
    page_size=PAGE_SIZE,
    damaged="move it away and run `newsdesk corpus add` again; what is served now stays",
)
