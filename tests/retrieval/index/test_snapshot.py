from datetime import UTC, datetime, timedelta

import numpy as np

from tests.retrieval.snapshots import article, asking, snapshot_of

DAY = datetime(2026, 1, 14, tzinfo=UTC)
LONG = " ".join(f"This is sentence number {number} of a long report on seafood." for number in range(60))
ARTICLES = [
    article("a", LONG, source="The Post", published=DAY),
    article("b", "Drums were played.", source="THE POST", published=DAY + timedelta(days=1)),
    article("c", "A temple was seen.", source="The Straße"),
]


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


def test_without_anything_withdrawn_its_articles_are_those_of_the_index() -> None:
    snapshot = snapshot_of(ARTICLES)
    assert snapshot.allowed(asking("who")) is None  # nothing is masked, so nothing is looked at
    assert snapshot.without(frozenset({"unknown"})).articles is snapshot.index.articles
    assert snapshot.without(frozenset({"a"})).index is snapshot.index
