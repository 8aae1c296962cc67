"""The tables of standing questions, which the seventh format of the chats' file brought."""

STANDING_TABLES = """
CREATE TABLE IF NOT EXISTS standing (
    id TEXT PRIMARY KEY, platform TEXT NOT NULL, tenant TEXT NOT NULL, person TEXT NOT NULL,
    renewed TEXT NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS standing_of_tenant ON standing (tenant);
CREATE TABLE IF NOT EXISTS standing_found (
    standing TEXT NOT NULL, collection TEXT NOT NULL,
    article TEXT NOT NULL, version TEXT NOT NULL, at TEXT NOT NULL, body TEXT NOT NULL, posting TEXT,
    PRIMARY KEY (standing, collection, article)
) STRICT;
CREATE TABLE IF NOT EXISTS standing_postings (
    id TEXT PRIMARY KEY, standing TEXT NOT NULL, at TEXT NOT NULL,
    message TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS standing_postings_of ON standing_postings (standing, at);
CREATE TABLE IF NOT EXISTS standing_looked (
    platform TEXT NOT NULL, collection TEXT NOT NULL, generation TEXT NOT NULL,
    PRIMARY KEY (platform, collection)
) STRICT;
"""
