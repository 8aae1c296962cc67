from datetime import UTC, datetime, timedelta

import numpy as np

from tests.retrieval.snapshots import article, asking, only, snapshot_of

DAY = datetime(2026, 1, 14, tzinfo=UTC)
LONG = " ".join(f"This is sentence number {number} of a long report on seafood." for number in range(60))
ARTICLES = [
    article("a", LONG, source="The Post", published=DAY),
    article("b", "Drums were played.", source="THE POST", published=DAY + timedelta(days=1)),
    article("c", "A temple was seen.", source="The Straße"),
]


def test_rows_are_passages_of_articles_in_order() -> None:
    snapshot = snapshot_of(ARTICLES)
    passages = [snapshot.passage(row) for row in range(len(only(snapshot).tables.passages))]
    assert [passage.article.id for passage in passages] == ["a"] * (len(passages) - 2) + ["b", "c"]
    assert passages[-1].text == "A temple was seen."
    assert type(passages[0].start) is int


def test_a_chunk_leads_to_every_passage_that_holds_it() -> None:
    snapshot = snapshot_of(ARTICLES)
    tables = only(snapshot).tables
    for chunk in range(len(tables.chunks)):
        holding = [
            row for row, (first, last) in enumerate(tables.chunks_of.tolist()) if first <= chunk < last
        ]
        assert only(snapshot).passages_of_chunks(np.array([chunk])).tolist() == holding
    shared = [
        chunk
        for chunk in range(len(tables.chunks))
        if len(only(snapshot).passages_of_chunks(np.array([chunk]))) > 1
    ]
    assert shared  # the last sentence of a passage opens the next
    assert only(snapshot).passages_of_chunks(np.zeros(0, np.int64)).tolist() == []


def test_a_sentence_is_part_of_the_chunk_that_holds_it() -> None:
    east = "".join(
        f"首相は{number}日、奈良市で大統領と会談し、鑑定を進めることで一致した。" for number in range(30)
    )
    snapshot = snapshot_of([*ARTICLES, article("east", east, language="ja")])
    chunks = only(snapshot).tables.chunks.tolist()
    for (row, start, end), place in zip(
        only(snapshot).tables.sentences.tolist(), only(snapshot).chunk_of_sentence.tolist(), strict=True
    ):
        one, first, last = chunks[place]
        assert one == row
        assert first <= start < end <= last
    assert sum(row == 3 for row, _, _ in chunks) > 2


def test_without_anything_withdrawn_nothing_is_masked() -> None:
    snapshot = snapshot_of(ARTICLES)
    assert snapshot.allowed(asking("who")) == [None]
    assert snapshot.without(frozenset({"a"})).segments[0] is snapshot.segments[0]
    assert [one.id for one in snapshot.without(frozenset({"a"})).articles] == ["b", "c"]
