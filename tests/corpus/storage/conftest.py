"""A database of each kind, so that one test holds both to the same."""

from pathlib import Path

import pytest

from corpus.storage.database import DatabaseLocation
from corpus.storage.sql.server_address import ServerAddress


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> DatabaseLocation:
    """Where nothing is yet."""
    if request.param == "server":
        return ServerAddress(request.getfixturevalue("database_url"))
    return tmp_path / "store.sqlite3"
