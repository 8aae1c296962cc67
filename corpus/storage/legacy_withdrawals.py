"""Removed articles as a store of the first format recorded them."""

import sqlite3
from contextlib import closing
from pathlib import Path


def formerly_withdrawn(path: Path) -> set[tuple[str, str]]:
    """Collection and id of each article that had been taken out by hand when stores still kept that
    (`corpus.storage.withdrawn` does); nothing of a file that is not there or can't be read.

    Read without a statement of SQLAlchemy, whose import would take longer than an answer.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as store:
            if not store.execute("SELECT 1 FROM sqlite_schema WHERE name = 'withdrawn'").fetchone():
                return set()
            return set(store.execute("SELECT collection, article_id FROM withdrawn").fetchall())
    except sqlite3.Error:
        return set()
