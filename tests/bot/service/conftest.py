"""The service on the sample corpus and two outlets, with the one real model of the session."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

import corpus
from bot.corpus_admin.home import Home
from bot.service.service import Service
from retrieval.models.sentence_transformer import SentenceTransformerEmbedder
from tests.bot.service.office import copied, furnish, opened


@pytest.fixture(scope="session")
def furnished(
    loaded_sample: Path, minilm: SentenceTransformerEmbedder, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A folder with a home and its sources, for copying."""
    folder = tmp_path_factory.mktemp("furnished")
    shutil.copytree(loaded_sample, folder / "home")  # what was embedded is not embedded again
    furnish(Home(folder / "home"), Path(corpus.__file__).with_name("sample"), minilm)
    return folder


@pytest.fixture
def home(furnished: Path, tmp_path: Path) -> Home:
    """A home of the test's own."""
    return copied(furnished, tmp_path)


@pytest_asyncio.fixture
async def service(home: Home, minilm: SentenceTransformerEmbedder) -> AsyncIterator[Service]:
    """The service on that home, for as many communities as ask."""
    async with opened(home, minilm) as found:
        yield found
