"""What tests of several folders of retrieval are given."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from corpus.storage.sql.server_address import ServerAddress
from retrieval.pgvector.segment_vectors import SegmentVectors


@pytest.fixture
def segment_vectors(database_url: str) -> Iterator[SegmentVectors]:
    """The vectors of segments in an empty database."""
    with closing(SegmentVectors(ServerAddress(database_url))) as vectors:
        yield vectors
