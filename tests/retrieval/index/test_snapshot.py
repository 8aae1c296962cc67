from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from retrieval.collection.source_counts import SourceCount
from retrieval.models.embedder import HashEmbedder
from tests.retrieval.snapshots import article, asking, snapshot_of

DAY = datetime(2026, 1, 14, tzinfo=UTC)
LONG = " ".join(f"This is sentence number {number} of a long report on seafood." for number in range(60))
ARTICLES = [
    article("a", LONG, source="The Post", published=DAY),
    article("b", "Drums were played.", source="THE POST", published=DAY + timedelta(days=1)),
    article("c", "A temple was seen.", source="The Straße"),
]


def allowed(**limits: object) -> list[bool] | None:
    mask = snapshot_of(ARTICLES).allowed(asking("who", **limits))  # type: ignore[arg-type]
    return None if mask is None else mask.tolist()


def test_no_filter_is_no_mask() -> None:
    assert allowed() is None


@pytest.mark.parametrize(
    ("limits", "mask"),
    [
        ({"since": DAY}, [True, True, False]),
        ({"since": DAY + timedelta(seconds=1)}, [False, True, False]),
        ({"until": DAY}, [False, False, False]),
        ({"until": DAY + timedelta(seconds=1)}, [True, False, False]),
        ({"since": DAY, "until": DAY + timedelta(days=1)}, [True, False, False]),
        ({"sources": frozenset({"the post"})}, [True, True, False]),
        ({"sources": frozenset({"the strasse"})}, [False, False, True]),
        ({"sources": frozenset({"The Post", "the STRASSE"})}, [True, True, True]),
        ({"sources": frozenset({"nobody"})}, [False, False, False]),
        ({"sources": frozenset({"the post"}), "since": DAY + timedelta(days=1)}, [False, True, False]),
    ],
)
def test_filters_mask_articles(limits: dict[str, object], mask: list[bool]) -> None:
    assert allowed(**limits) == mask


def test_withdrawn_articles_are_masked_with_and_without_filters() -> None:
    snapshot = replace(snapshot_of(ARTICLES), withdrawn=frozenset({"b", "unknown"}))
    mask, filtered = snapshot.allowed(asking("who")), snapshot.allowed(asking("who", since=DAY))
    assert mask is not None
    assert mask.tolist() == [True, False, True]
    assert filtered is not None
    assert filtered.tolist() == [True, False, False]


def test_withdrawing_makes_another_snapshot() -> None:
    snapshot = snapshot_of(ARTICLES)
    first = replace(snapshot, withdrawn=frozenset({"a"}))
    assert first.allowed(asking("who")) is not None
    second = replace(first, withdrawn=frozenset({"c"})).allowed(asking("who"))
    assert second is not None
    assert second.tolist() == [True, True, False]
    assert snapshot.allowed(asking("who")) is None


def test_rows_are_passages_of_articles_in_order() -> None:
    snapshot = snapshot_of(ARTICLES)
    passages = [snapshot.passage(row) for row in range(len(snapshot.index.tables.passages))]
    assert [passage.article.id for passage in passages] == ["a"] * (len(passages) - 2) + ["b", "c"]
    assert passages[-1].text == "A temple was seen."
    assert type(passages[0].start) is int


def test_a_chunk_leads_to_every_passage_that_holds_it() -> None:
    snapshot = snapshot_of(ARTICLES)
    tables = snapshot.index.tables
    for chunk in range(len(tables.chunks)):
        holding = [
            row for row, (first, last) in enumerate(tables.chunks_of.tolist()) if first <= chunk < last
        ]
        assert snapshot.index.passages_of_chunks(np.array([chunk])).tolist() == holding
    shared = [
        chunk
        for chunk in range(len(tables.chunks))
        if len(snapshot.index.passages_of_chunks(np.array([chunk]))) > 1
    ]
    assert shared  # the last sentence of a passage opens the next
    assert snapshot.index.passages_of_chunks(np.zeros(0, np.int64)).tolist() == []


def test_a_sentence_is_part_of_the_chunk_that_holds_it() -> None:
    east = "".join(
        f"首相は{number}日、奈良市で大統領と会談し、鑑定を進めることで一致した。" for number in range(30)
    )
    snapshot = snapshot_of([*ARTICLES, article("east", east, language="ja")])
    chunks = snapshot.index.tables.chunks.tolist()
    for (row, start, end), place in zip(
        snapshot.index.tables.sentences.tolist(), snapshot.index.chunk_of_sentence.tolist(), strict=True
    ):
        one, first, last = chunks[place]
        assert one == row
        assert first <= start < end <= last
    assert sum(row == 3 for row, _, _ in chunks) > 2


def test_a_passage_means_what_its_best_chunk_means() -> None:
    snapshot = snapshot_of(ARTICLES)
    question = HashEmbedder().embed_question("sentence number 13 seafood").vector
    rows = np.arange(len(snapshot.index.tables.passages))
    cosines = snapshot.index.dense.similarity(question, np.arange(len(snapshot.index.tables.chunks)))
    best = [float(cosines[first:last].max()) for first, last in snapshot.index.tables.chunks_of]
    assert snapshot.index.meaning(question, rows).tolist() == best
    assert snapshot.index.meaning(question, rows[2:3]).tolist() == best[2:3]


def test_the_newest_date_and_the_sources() -> None:
    snapshot = snapshot_of(ARTICLES)
    assert snapshot.sources == (
        SourceCount("The Post", 2, DAY + timedelta(days=1)),
        SourceCount("The Straße", 1, None),
    )
    assert snapshot_of([]).sources == ()


def test_withdrawn_articles_name_no_source_no_author_and_no_date() -> None:
    fair = replace(article("d", "A fair.", source="Alone"), author="Ida Wells")
    whole = snapshot_of([*ARTICLES, fair])
    snapshot = replace(whole, withdrawn=frozenset({"b", "d"}))
    assert [one.id for one in snapshot.articles] == ["a", "c"]
    assert snapshot.sources == (SourceCount("The Post", 1, DAY), SourceCount("The Straße", 1, None))
    assert snapshot.names.sources == {"the post": "The Post", "the strasse": "The Straße"}
    mentions = [found.names for found in snapshot.names.mentions("What did Ida Wells write in The Post?")]
    assert mentions == [("The Post",)]
    mask = snapshot.allowed(asking("who", sources=frozenset({"alone"})))
    assert mask is not None
    assert not mask.any()
    assert whole.without(frozenset({"unknown"})).articles is whole.index.articles


def test_an_empty_snapshot_can_be_filtered() -> None:
    mask = snapshot_of([]).allowed(asking("who", since=DAY, sources=frozenset({"the post"})))
    assert mask is not None
    assert mask.size == 0
