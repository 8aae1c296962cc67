"""The tables of shared generations in a home's database, which may also hold their files."""

from pathlib import Path

from corpus.storage.copies.copies_tables import METADATA
from corpus.storage.database import Database
from corpus.storage.sql.revision import Revisions
from corpus.storage.sql.table_schema import Schema

FORMAT = 1
"""The last numbered format; later changes of the tables are revisions."""


class CopiesDatabase(Database):
    """The tables of generations, of their files, and of the pieces of stored files."""

    schema = Schema(
        name="copies",
        format=FORMAT,
        tables=METADATA,
        revisions=Revisions(Path(__file__).with_name("revisions"), "copies_0001"),
        busy="another process publishes in {path}: wait until it ends, then try again",
        damaged="restore your last backup; what is served now stays",
    )
