"""Answers with the server's help are those of the exact copy, and it answers where the server does not."""

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.storage.sql.server_address import ServerAddress
from retrieval.index.nearest import EXACT_SEARCH
from retrieval.index.snapshot import Snapshot
from retrieval.models.embedder import EncodedQuestion, HashEmbedder
from retrieval.pgvector import server_nearest
from retrieval.pgvector.engine import PgvectorEngine
from retrieval.pgvector.segment_vectors import SegmentVectors
from retrieval.pgvector.server_nearest import ServerNearest
from retrieval.question.query import Query
from retrieval.ranking.search import search
from retrieval.segments.dense import Mask
from tests.retrieval.pgvector.served import on_server, served
from tests.retrieval.snapshots import article, asking, segment_in_memory, snapshot_in, snapshot_of

WORDS = "harbour strike ferry mayor vote bridge closed storm flood rail union council court".split()
START = datetime(2026, 1, 1, tzinfo=UTC)
ARTICLES = tuple(
    article(
        f"{number:02}",
        " ".join(f"The {WORDS[(number * step) % 13]} met the {WORDS[step % 13]}." for step in range(1, 30)),
        source=("The Post", "Herald")[number % 2],
        published=START + timedelta(days=number),
    )
    for number in range(12)
)


def encoded(query: Query) -> EncodedQuestion:
    return HashEmbedder().embed_question(query.wording)


def same(one: Snapshot, other: Snapshot, query: Query) -> bool:
    first, second = (held.candidates(query, encoded(query)) for held in (one, other))
    return all(
        np.array_equal(getattr(first, name), getattr(second, name), equal_nan=True)
        for name in ("numbers", "words", "meanings", "published")
    )


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # the names of tables are new each time
)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=3, max_size=60), min_size=1, max_size=8),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
    st.sampled_from([None, "the post"]),
    st.integers(0, 6),
    st.sets(st.integers(0, 7), max_size=2),
)
def test_the_same_passages_come_with_the_same_figures(
    segment_vectors: SegmentVectors,
    texts: Sequence[Sequence[str]],
    words: Sequence[str],
    source: str | None,
    cut: int,
    withdrawn: set[int],
) -> None:
    articles = [
        replace(ARTICLES[row], text=" ".join(f"The {word} was there." for word in text))
        for row, text in enumerate(texts)
    ]
    parts = [part for part in (articles[:cut], articles[cut:]) if part]
    exact = snapshot_in([segment_in_memory(part) for part in parts], gone=[[0]] if len(parts[0]) > 1 else ())
    exact = exact.without(frozenset(f"{row:02}" for row in withdrawn))
    query = asking(" ".join(words), sources=frozenset({source} if source else ()))
    assert same(exact, served(exact, segment_vectors), query)


def test_a_whole_search_finds_the_same(segment_vectors: SegmentVectors) -> None:
    exact = snapshot_of(ARTICLES)
    other = replace(on_server(segment_vectors, ARTICLES), generation=exact.generation)
    for text in ("Was the harbour closed?", "Who met the mayor of the council?", "storm"):
        query = asking(text)
        one, two = (search([held], query, encoded(query), 5).hits for held in (exact, other))
        assert [(hit.passage, hit.score) for hit in one] == [(hit.passage, hit.score) for hit in two]
        assert one


def test_few_that_a_filter_leaves_are_compared_here(segment_vectors: SegmentVectors) -> None:
    said = list[str]()
    asks, exact = on_server(segment_vectors, ARTICLES), snapshot_of(ARTICLES)
    compares = ServerNearest(segment_vectors, [one.name for one in asks.live], said.append)
    compares.look()
    asks = replace(asks, nearest=compares)
    segment_vectors.keep_only(set())  # the server has nothing any more
    assert same(asks, exact, asking("Was the harbour closed?", since=START + timedelta(days=9)))
    assert said == []
    # All but one: a question would read nearly every vector here, so the server is asked.
    few = frozenset({"03"})
    assert same(asks.without(few), exact.without(few), asking("Was the harbour closed?"))
    assert len(said) == 1


def test_the_exact_copy_answers_where_the_server_does_not(
    segment_vectors: SegmentVectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = list[str]()
    asks, query = on_server(segment_vectors, ARTICLES), asking("Was the harbour closed?")
    nearest = ServerNearest(segment_vectors, [one.name for one in asks.live], said.append)
    nearest.look()
    asks = replace(asks, nearest=nearest)
    assert same(asks, snapshot_of(ARTICLES), query)
    assert said == []
    segment_vectors.keep_only(set())
    assert same(asks, snapshot_of(ARTICLES), query)
    [notice] = said
    assert "the exact copies here answer in its place" in notice
    assert same(asks, snapshot_of(ARTICLES), query)
    assert len(said) == 1  # a server that has failed is left alone for a while
    [one] = asks.live
    segment_vectors.load(one.name, one.segment.tables.chunks[:, 0], one.segment.dense.vectors)
    monkeypatch.setattr(server_nearest, "PAUSE_SECONDS", 0.0)
    nearest._again = 0.0
    assert same(asks, snapshot_of(ARTICLES), query)
    assert nearest.missing == []  # seen again, without a restart


def named(snapshot: Snapshot) -> Snapshot:
    """As generations have it: no two segments have a name in common."""
    return replace(snapshot, live=tuple(replace(one, name=f"segment-{uuid4().hex}") for one in snapshot.live))


def test_the_server_gets_what_it_lacks_beside_the_answers(database_url: str) -> None:
    kept = set[str]()
    engine = PgvectorEngine(ServerAddress(database_url), fail, lambda: kept, exact_chunks=0)
    with closing(engine.vectors):
        first = engine(named(snapshot_of(ARTICLES)))
        assert same(first, snapshot_of(ARTICLES), asking("harbour"))
        loaded(first)
        assert same(first, snapshot_of(ARTICLES), asking("harbour"))
        kept |= {one.name for one in first.live}
        second = engine(named(snapshot_of(ARTICLES[:5])))
        loaded(second)
        names = [one.name for held in (first, second) for one in held.live]
        assert set(engine.vectors.ready(names)) == set(names)
        kept.clear()
        third = engine(named(snapshot_of(ARTICLES[:3])))
        loaded(third)
        until(lambda: not engine.vectors.ready(names))
        again = engine(replace(third, withdrawn=frozenset({"01"})))
        assert isinstance(again.nearest, ServerNearest)
        assert again.nearest.missing == []  # another state of the same segments finds them there


def test_a_command_that_asks_once_loads_nothing(database_url: str) -> None:
    engine = PgvectorEngine(ServerAddress(database_url), fail)
    with closing(engine.vectors):
        held = engine(named(snapshot_of(ARTICLES)))
        assert same(held, snapshot_of(ARTICLES), asking("harbour"))
        assert isinstance(held.nearest, ServerNearest)
        assert held.nearest.missing
        assert engine.vectors.ready([one.name for one in held.live]) == {}


def test_a_server_that_is_away_stops_no_answer() -> None:
    said = list[str]()
    engine = PgvectorEngine(
        ServerAddress("postgresql://newsdesk@127.0.0.1:1/newsdesk"), said.append, set[str]
    )
    held = engine(named(snapshot_of(ARTICLES)))
    assert same(held, snapshot_of(ARTICLES), asking("harbour"))
    assert "Connection refused" in said[0]
    engine.load(held, held.nearest)  # type: ignore[arg-type] # the engine's own
    assert "until it has them" in said[-1]


def loaded(snapshot: Snapshot) -> None:
    nearest = snapshot.nearest
    assert isinstance(nearest, ServerNearest)
    until(lambda: not nearest.missing)


def until(true: object) -> None:
    assert callable(true)
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def fail(notice: str) -> None:
    raise AssertionError(notice)


def test_articles_of_the_example_differ() -> None:
    assert len({one.text for one in ARTICLES}) == len(ARTICLES)
    assert all(isinstance(one, Article) for one in ARTICLES)


def test_what_another_thread_forgets_of_the_server_meanwhile_is_asked_of_it_all_the_same(
    segment_vectors: SegmentVectors,
) -> None:
    asks, vector = on_server(segment_vectors, ARTICLES), encoded(asking("Was the harbour closed?")).vector
    nearest = asks.nearest
    assert isinstance(nearest, ServerNearest)

    class Forgetting(list[Mask | None]):
        """As if the server had just failed another thread, once it is known what it has."""

        def __getitem__(self, place: Any) -> Any:
            object.__setattr__(nearest, "_numbers", {})
            return super().__getitem__(place)

    [(cosines, rows)] = nearest.near(asks.segments, vector, 5, Forgetting([None]))
    [(exact, same_rows)] = EXACT_SEARCH.near(asks.segments, vector, 5, [None])
    assert nearest.missing
    assert set(same_rows.tolist()) <= set(rows.tolist())
    assert sorted(cosines.tolist())[-5:] == pytest.approx(sorted(exact.tolist()))
