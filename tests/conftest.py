"""What is made once for all tests."""

import pytest

from retrieval.models.onnx_embedder import OnnxEmbedder


@pytest.fixture(scope="session")
def minilm() -> OnnxEmbedder:
    """The packaged model: seconds to load, so loaded once."""
    return OnnxEmbedder()
