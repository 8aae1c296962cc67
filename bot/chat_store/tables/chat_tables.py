"""The tables of the chat database, for SQLite and PostgreSQL."""

from sqlalchemy import Column, Index, MetaData, Table

from corpus.storage.sql.columns import BIGINT, INTEGER, STRICT, TEXT, UNLOGGED, rowid

TABLES = MetaData()


def _text(name: str, *, key: bool = False, null: bool = False) -> Column[str]:
    return Column(name, TEXT, primary_key=key, nullable=null)


answers = Table(
    "answers",
    TABLES,
    _text("id", key=True),
    _text("tenant"),
    _text("room"),
    _text("person"),
    _text("created"),
    _text("message", null=True),
    _text("body"),
    _text("question", null=True),
    # Also in the body; here for queries.
    Column("private", INTEGER, nullable=False, server_default="0"),
    Column("answered", INTEGER, nullable=False, server_default="0"),
    rowid(),
    Index("answers_of_message", "tenant", "room", "message"),
    Index("answers_of_room", "tenant", "room", "created"),
    Index("answers_of_question", "tenant", "question"),
    **STRICT,
)
votes = Table(
    "votes",
    TABLES,
    _text("answer", key=True),
    _text("person", key=True),
    Column("helpful", INTEGER, nullable=False),
    _text("reason"),
    _text("at"),
    **STRICT,
)
settings = Table(
    "settings",
    TABLES,
    _text("platform", key=True),
    _text("community", key=True),
    _text("channel", key=True),
    _text("body"),
    **STRICT,
)
bindings = Table(
    "bindings",
    TABLES,
    _text("platform", key=True),
    _text("community", key=True),
    _text("collection", key=True),
    **STRICT,
)
reservations = Table(
    "reservations",
    TABLES,
    _text("collection", key=True),
    _text("platform"),
    _text("community"),
    **STRICT,
)
audit = Table(
    "audit",
    TABLES,
    Column("number", BIGINT, primary_key=True, autoincrement=True),
    _text("at"),
    _text("platform"),
    _text("community"),
    _text("person"),
    _text("name"),
    _text("act"),
    _text("detail"),
    _text("result"),
    Index("audit_of_community", "platform", "community", "result", "person", "number"),
    **STRICT,
)
events = Table(
    "events",
    TABLES,
    _text("platform", key=True),
    _text("event", key=True),
    _text("at"),
    _text("pending", null=True),
    # The process that handles it; empty in rows from before there could be several.
    Column("owner", TEXT, nullable=False, server_default=""),
    # Whether an answer may have been sent.
    Column("shown", INTEGER, nullable=False, server_default="0"),
    **STRICT,
)
notes = Table("notes", TABLES, _text("name", key=True), _text("value"), **STRICT)
threads = Table(
    "threads", TABLES, _text("tenant", key=True), _text("thread", key=True), _text("at"), **STRICT
)
questions = Table(
    "questions",
    TABLES,
    _text("tenant", key=True),
    _text("message", key=True),
    _text("edited"),
    _text("words"),
    _text("answer"),
    _text("at"),
    **STRICT,
)
standing = Table(
    "standing",
    TABLES,
    _text("id", key=True),
    _text("platform"),
    _text("tenant"),
    _text("person"),
    _text("renewed"),
    _text("body"),
    rowid(),
    Index("standing_of_tenant", "tenant"),
    **STRICT,
)
standing_found = Table(
    "standing_found",
    TABLES,
    _text("standing", key=True),
    _text("collection", key=True),
    _text("article", key=True),
    _text("version"),
    _text("at"),
    _text("body"),
    _text("posting", null=True),
    rowid(),
    **STRICT,
)
standing_postings = Table(
    "standing_postings",
    TABLES,
    _text("id", key=True),
    _text("standing"),
    _text("at"),
    _text("message", null=True),
    rowid(),
    Index("standing_postings_of", "standing", "at"),
    **STRICT,
)
standing_looked = Table(
    "standing_looked",
    TABLES,
    _text("platform", key=True),
    _text("collection", key=True),
    _text("generation"),
    **STRICT,
)
processes = Table(
    "processes",
    TABLES,
    _text("id", key=True),
    Column("beats", BIGINT, nullable=False),
    _text("platforms"),
    **UNLOGGED,
)
paces = Table(
    "paces",
    TABLES,
    _text("key", key=True),
    # The time on the database's clock, in microseconds, when the bucket is full.
    Column("until", BIGINT, nullable=False),
    **UNLOGGED,
)
