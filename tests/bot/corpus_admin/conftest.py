from pathlib import Path

import pytest

from bot.corpus_admin.home import Home
from tests.fault.newsroom import QuickDisk


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder of articles that is not there yet."""
    return tmp_path / "sources"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that is not there yet."""
    return Home(tmp_path / "home", QuickDisk())
