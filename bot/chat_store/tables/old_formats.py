"""Migrations of the chat database from before Alembic."""

TO_2 = """
CREATE TABLE reservations (
    collection TEXT PRIMARY KEY, platform TEXT NOT NULL, community TEXT NOT NULL
) STRICT;
"""
TO_3 = """
UPDATE answers SET body = json_set(body, '$.venue.audience', 'group')
WHERE json_extract(body, '$.venue.platform') = 'slack'
    AND substr(json_extract(body, '$.venue.channel'), 1, 1) IN ('D', 'G');
UPDATE events SET pending = json_set(pending, '$.asking.venue.audience', 'group')
WHERE platform = 'slack' AND pending IS NOT NULL
    AND substr(json_extract(pending, '$.asking.venue.channel'), 1, 1) IN ('D', 'G');
"""
"""Before format 3, it was not stored whether a question was asked in a direct message. On Discord such a
venue has no community. On Slack the channel's first letter is D for direct messages and G for what may be a
group's; both count as direct."""
TO_4 = """
CREATE TABLE questions (
    tenant TEXT NOT NULL, message TEXT NOT NULL, edited TEXT NOT NULL, words TEXT NOT NULL,
    answer TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (tenant, message)
) STRICT;
"""
TO_5 = """
ALTER TABLE answers ADD COLUMN question TEXT;
CREATE INDEX answers_of_question ON answers (tenant, question);
"""
TO_6 = """
CREATE INDEX IF NOT EXISTS audit_of_community ON audit (platform, community, result, person, number);
"""
TO_7 = """
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
TO_8 = """
ALTER TABLE answers ADD COLUMN private INTEGER NOT NULL DEFAULT 0;
ALTER TABLE answers ADD COLUMN answered INTEGER NOT NULL DEFAULT 0;
UPDATE answers SET private = coalesce(json_extract(body, '$.private'), 0),
    answered = coalesce(json_extract(body, '$.answered'), 0);
ALTER TABLE events ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN shown INTEGER NOT NULL DEFAULT 0;
CREATE TABLE processes (id TEXT PRIMARY KEY, beats INTEGER NOT NULL, platforms TEXT NOT NULL) STRICT;
CREATE TABLE paces (key TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT;
"""
MIGRATIONS = {1: TO_2, 2: TO_3, 3: TO_4, 4: TO_5, 5: TO_6, 6: TO_7, 7: TO_8}
