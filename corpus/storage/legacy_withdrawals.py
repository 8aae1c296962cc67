"""Reads the withdrawn articles from a store of the first format."""

import sqlite3
from contextlib import closing
from pathlib import Path

from corpus.article import ArticleKey


def formerly_withdrawn(path: Path) -> set[ArticleKey]:
    """Collection and id of each withdrawn article in a store of the first format; newer ones are in
    `corpus.storage.withdrawn`. Empty if the file is missing or unreadable.

    Uses sqlite3 directly, because importing SQLAlchemy would take longer than answering a question.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as store:
            if not store.execute("SELECT 1 FROM sqlite_schema WHERE name = 'withdrawn'").fetchone():
                return set()
            return set(store.execute("SELECT collection, article_id FROM withdrawn").fetchall())
    except sqlite3.Error:
        return set()
