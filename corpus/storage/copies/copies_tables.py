"""The tables of shared generations, their files, and uploads."""

from sqlalchemy import Column, MetaData, PrimaryKeyConstraint, Table

from corpus.storage.sql.columns import BLOB, INTEGER, KEYED, NUMBER, STRICT, TEXT

METADATA = MetaData()

POINTERS = Table(
    "generation_pointers",
    METADATA,
    Column("collection", TEXT, primary_key=True),
    Column("generation", TEXT, nullable=False),
    **KEYED,
)
GENERATIONS = Table(
    "generations",
    METADATA,
    Column("collection", TEXT, nullable=False),
    Column("generation", TEXT, nullable=False),
    Column("sequence", INTEGER, nullable=False),
    Column("manifest", BLOB, nullable=False),
    PrimaryKeyConstraint("collection", "generation"),
    **STRICT,
)
GENERATION_FILES = Table(
    "generation_files",
    METADATA,
    Column("collection", TEXT, nullable=False),
    Column("generation", TEXT, nullable=False),
    Column("path", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("size", NUMBER, nullable=False),
    PrimaryKeyConstraint("collection", "generation", "path"),
    **KEYED,
)
UPLOADS = Table(
    "uploads",
    METADATA,
    Column("collection", TEXT, nullable=False),
    Column("filename", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("size", NUMBER, nullable=False),
    PrimaryKeyConstraint("collection", "filename"),
    **KEYED,
)
FILES = Table(
    "files",
    METADATA,
    Column("name", TEXT, primary_key=True),
    Column("size", NUMBER, nullable=False),
    Column("stored", TEXT, nullable=False),
    **KEYED,
)
FILE_PIECES = Table(
    "file_pieces",
    METADATA,
    Column("name", TEXT, nullable=False),
    Column("number", INTEGER, nullable=False),
    Column("piece", BLOB, nullable=False),
    PrimaryKeyConstraint("name", "number"),
    **STRICT,
)

HOMES = Table(
    "homes",
    METADATA,
    Column("number", INTEGER, primary_key=True, autoincrement=False),
    Column("id", TEXT, nullable=False),
    **STRICT,
)
"""One row: the id of the home in this database."""
ERASURES = Table(
    "erasures",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("at", TEXT, nullable=False),
    **STRICT,
)
"""One row for each erasure. A process that sees a new one also erases its local cache of sources."""
