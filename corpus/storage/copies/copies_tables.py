"""The tables of shared generations, their files, and uploads."""

from sqlalchemy import Column, MetaData, PrimaryKeyConstraint, Table

from corpus.storage.sql.columns import BIGINT, BLOB, INTEGER, STRICT, TEXT, WITHOUT_ROWID

METADATA = MetaData()

POINTERS = Table(
    "generation_pointers",
    METADATA,
    Column("collection", TEXT, primary_key=True),
    Column("generation", TEXT, nullable=False),
    **WITHOUT_ROWID,
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
    Column("size", BIGINT, nullable=False),
    PrimaryKeyConstraint("collection", "generation", "path"),
    **WITHOUT_ROWID,
)
UPLOADS = Table(
    "uploads",
    METADATA,
    Column("collection", TEXT, nullable=False),
    Column("filename", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("size", BIGINT, nullable=False),
    PrimaryKeyConstraint("collection", "filename"),
    **WITHOUT_ROWID,
)
FILES = Table(
    "files",
    METADATA,
    Column("name", TEXT, primary_key=True),
    Column("size", BIGINT, nullable=False),
    Column("stored", TEXT, nullable=False),
    **WITHOUT_ROWID,
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
    Column("number", BIGINT, primary_key=True, autoincrement=False),
    Column("at", TEXT, nullable=False),
    **STRICT,
)
"""One row for each erasure. A process that sees a new one also erases its local cache of sources."""
