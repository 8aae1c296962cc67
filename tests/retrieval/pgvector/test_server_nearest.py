"""Where the server is away, what is here is looked through as it is without a server."""

from contextlib import closing

import pytest

from corpus.storage.sql.server_address import ServerAddress
from retrieval.index.quantised_search import QUANTISED_SEARCH
from retrieval.pgvector.segment_vectors import SegmentVectors
from retrieval.pgvector.server_nearest import ServerNearest
from retrieval.segments.segment import Segment
from tests.retrieval.index.test_quantised_search import WANTED, with_vectors
from tests.retrieval.segments.test_codes import questions, topical_rows

NOBODY = ServerAddress("postgresql://127.0.0.1:1/nothing")


@pytest.fixture(scope="module")
def segments() -> list[Segment]:
    """A large one and a small one."""
    return [
        with_vectors(topical_rows(3_500, 192, 1), coded=True),
        with_vectors(topical_rows(600, 192, 2), coded=False),
    ]


def test_codes_are_asked_where_the_server_is_away(segments: list[Segment]) -> None:
    said = list[str]()
    with closing(SegmentVectors(NOBODY)) as vectors:
        nearest = ServerNearest(vectors, ["large", "small"], said.append)
        for question in questions(192)[:3]:
            found = nearest.near(segments, question, WANTED, [None, None])
            expected = QUANTISED_SEARCH.near(segments, question, WANTED, [None, None])
            assert [(near.tolist(), rows.tolist()) for near, rows in found] == [
                (near.tolist(), rows.tolist()) for near, rows in expected
            ]
            assert len(found[0][1]) < 11 * WANTED  # not all 3,500 are compared
    [notice] = said
    assert "answer in its place" in notice
