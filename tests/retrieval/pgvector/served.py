"""Snapshots whose vectors are on the tests' server, and nowhere else are looked for."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.article import Article
from retrieval.index.snapshot import Snapshot
from retrieval.pgvector.segment_vectors import SegmentVectors
from retrieval.pgvector.server_nearest import ServerNearest
from tests.retrieval.snapshots import snapshot_of


def on_server(vectors: SegmentVectors, articles: Sequence[Article]) -> Snapshot:
    """A snapshot of the articles that asks the server whatever a filter leaves, and fails where that does."""
    return served(snapshot_of(articles), vectors)


def served(snapshot: Snapshot, vectors: SegmentVectors) -> Snapshot:
    """The snapshot, with all of its vectors on the server."""
    named = tuple(
        replace(one, name=f"{snapshot.generation}-{place}") for place, one in enumerate(snapshot.live)
    )
    for one in named:
        assert vectors.load(one.name, one.segment.tables.chunks[:, 0], one.segment.dense.vectors)
    nearest = ServerNearest(vectors, [one.name for one in named], fail, exact_chunks=0)
    nearest.look()
    assert not nearest.missing
    return replace(snapshot, live=named, nearest=nearest)


def fail(notice: str) -> None:
    raise AssertionError(notice)
