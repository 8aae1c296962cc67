"""What is made once for all tests."""

import pytest

from retrieval.models.sentence_transformer import SentenceTransformerEmbedder


@pytest.fixture(scope="session")
def minilm() -> SentenceTransformerEmbedder:
    """The packaged model: seconds to load, so loaded once."""
    return SentenceTransformerEmbedder()
