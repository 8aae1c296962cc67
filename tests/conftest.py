"""What is made once for all tests."""

import pytest

from retrieval.minilm import MiniLM


@pytest.fixture(scope="session")
def minilm() -> MiniLM:
    """The packaged model: seconds to load, so loaded once."""
    return MiniLM()
