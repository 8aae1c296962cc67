"""Tables that exist only on a server; a folder keeps their content in files."""

from sqlalchemy import Column, MetaData, Table

from corpus.storage.sql.columns import STRICT, TEXT

SHARED = MetaData()

withdrawn = Table(
    "withdrawn",
    SHARED,
    Column("collection", TEXT, primary_key=True),
    Column("article_id", TEXT, primary_key=True),
    Column("noted", TEXT, nullable=False),
    **STRICT,
)
"""`noted` is the record of a withdrawal in `corpus.storage.withdrawn`: its time, and the article's
address."""
