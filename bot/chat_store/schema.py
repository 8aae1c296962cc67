"""The tables of a home's chats, and the way to them from each format before."""

from bot.chat_store.standing.standing_schema import STANDING_TABLES
from corpus.storage.sql.table_schema import Schema

FORMAT = 7
"""Goes up with every change of the tables."""

_TABLES = f"""
CREATE TABLE IF NOT EXISTS answers (
    id TEXT PRIMARY KEY, tenant TEXT NOT NULL, room TEXT NOT NULL, person TEXT NOT NULL,
    created TEXT NOT NULL, message TEXT, body TEXT NOT NULL, question TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS answers_of_message ON answers (tenant, room, message);
CREATE INDEX IF NOT EXISTS answers_of_room ON answers (tenant, room, created);
CREATE INDEX IF NOT EXISTS answers_of_question ON answers (tenant, question);
CREATE TABLE IF NOT EXISTS votes (
    answer TEXT NOT NULL REFERENCES answers ON DELETE CASCADE, person TEXT NOT NULL, helpful INTEGER NOT NULL,
    reason TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (answer, person)
) STRICT;
CREATE TABLE IF NOT EXISTS settings (
    platform TEXT NOT NULL, community TEXT NOT NULL, channel TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (platform, community, channel)
) STRICT;
CREATE TABLE IF NOT EXISTS bindings (
    platform TEXT NOT NULL, community TEXT NOT NULL, collection TEXT NOT NULL,
    PRIMARY KEY (platform, community, collection)
) STRICT;
CREATE TABLE IF NOT EXISTS reservations (
    collection TEXT PRIMARY KEY, platform TEXT NOT NULL, community TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS audit (
    number INTEGER PRIMARY KEY, at TEXT NOT NULL, platform TEXT NOT NULL, community TEXT NOT NULL,
    person TEXT NOT NULL, name TEXT NOT NULL, act TEXT NOT NULL, detail TEXT NOT NULL, result TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS audit_of_community ON audit (platform, community, result, person, number);
CREATE TABLE IF NOT EXISTS events (
    platform TEXT NOT NULL, event TEXT NOT NULL, at TEXT NOT NULL, pending TEXT, PRIMARY KEY (platform, event)
) STRICT;
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS threads (
    tenant TEXT NOT NULL, thread TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (tenant, thread)
) STRICT;
CREATE TABLE IF NOT EXISTS questions (
    tenant TEXT NOT NULL, message TEXT NOT NULL, edited TEXT NOT NULL, words TEXT NOT NULL,
    answer TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (tenant, message)
) STRICT;
{STANDING_TABLES}"""
_TO_2 = """
CREATE TABLE reservations (
    collection TEXT PRIMARY KEY, platform TEXT NOT NULL, community TEXT NOT NULL
) STRICT;
"""
_TO_3 = """
UPDATE answers SET body = json_set(body, '$.venue.audience', 'group')
WHERE json_extract(body, '$.venue.platform') = 'slack'
    AND substr(json_extract(body, '$.venue.channel'), 1, 1) IN ('D', 'G');
UPDATE events SET pending = json_set(pending, '$.asking.venue.audience', 'group')
WHERE platform = 'slack' AND pending IS NOT NULL
    AND substr(json_extract(pending, '$.asking.venue.channel'), 1, 1) IN ('D', 'G');
"""
"""Until format 3 nobody wrote down what was asked directly. On Discord it has no community; on Slack the
first letter of the channel tells, of direct messages and of what may be a group's: all of it counts as
direct."""
_TO_4 = """
CREATE TABLE questions (
    tenant TEXT NOT NULL, message TEXT NOT NULL, edited TEXT NOT NULL, words TEXT NOT NULL,
    answer TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (tenant, message)
) STRICT;
"""
_TO_5 = """
ALTER TABLE answers ADD COLUMN question TEXT;
CREATE INDEX answers_of_question ON answers (tenant, question);
"""
_TO_6 = """
CREATE INDEX IF NOT EXISTS audit_of_community ON audit (platform, community, result, person, number);
"""

SCHEMA = Schema(
    name="chats",
    format=FORMAT,
    tables=_TABLES,
    busy="another process is writing {path}: try again",
    damaged="move it away and start again; the corpus is not touched, settings and old answers are lost",
    migrations={1: _TO_2, 2: _TO_3, 3: _TO_4, 4: _TO_5, 5: _TO_6, 6: STANDING_TABLES},
)
