"""What is made once for all tests."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from retrieval.models.onnx_embedder import OnnxEmbedder

if TYPE_CHECKING:
    from tools.local_postgres.cluster import Cluster


@pytest.fixture(scope="session")
def minilm() -> OnnxEmbedder:
    """The packaged model: seconds to load, so loaded once."""
    return OnnxEmbedder()


@pytest.fixture(scope="session")
def cluster() -> Iterator["Cluster"]:
    """A PostgreSQL server with pgvector that no test stops: a second to start, so started once."""
    from tools.local_postgres.cluster import Cluster

    with Cluster() as started:
        yield started


@pytest.fixture
def database_url(cluster: "Cluster") -> Iterator[str]:
    """The address of an empty database on it, of one test alone."""
    with cluster.database() as url:
        yield url
