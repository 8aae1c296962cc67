"""The tables of the store, and the way to them from each earlier format."""

FORMAT = 6
"""Goes up with every change of the tables; a store of a higher one is refused."""

TABLES = """
CREATE TABLE IF NOT EXISTS sources (
    collection TEXT NOT NULL, location TEXT NOT NULL, added TEXT NOT NULL,
    options TEXT NOT NULL DEFAULT '{}', PRIMARY KEY (collection, location)
) STRICT;
CREATE TABLE IF NOT EXISTS source_states (
    collection TEXT NOT NULL, location TEXT NOT NULL, due TEXT, succeeded TEXT, failures INTEGER NOT NULL,
    failing_since TEXT, error TEXT NOT NULL, told INTEGER NOT NULL, moved TEXT NOT NULL,
    moves INTEGER NOT NULL, unread INTEGER NOT NULL, stamp TEXT NOT NULL, PRIMARY KEY (collection, location)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS versions (
    collection TEXT NOT NULL, article_id TEXT NOT NULL, version TEXT NOT NULL, first_seen TEXT NOT NULL,
    content TEXT NOT NULL, unserved TEXT, PRIMARY KEY (collection, article_id, version)
) STRICT;
CREATE TABLE IF NOT EXISTS origins (
    collection TEXT NOT NULL, article_id TEXT NOT NULL, source_collection TEXT NOT NULL,
    source_location TEXT NOT NULL, PRIMARY KEY (collection, article_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS vectors (
    model TEXT NOT NULL, text_hash BLOB NOT NULL, vector BLOB NOT NULL, unserved TEXT,
    PRIMARY KEY (model, text_hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS marks (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS versions_unserved ON versions (unserved) WHERE unserved NOTNULL;
CREATE INDEX IF NOT EXISTS vectors_unserved ON vectors (unserved) WHERE unserved NOTNULL;
CREATE TABLE IF NOT EXISTS history (
    number INTEGER PRIMARY KEY, at TEXT NOT NULL, act TEXT NOT NULL, collection TEXT NOT NULL,
    generation TEXT, detail TEXT NOT NULL
) STRICT;
"""

MIGRATIONS = {
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
