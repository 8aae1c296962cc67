import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from retrieval.index import collection_bm25
from retrieval.index.collection_bm25 import K1, B, CollectionBm25
from retrieval.index.live_segment import LiveSegment
from retrieval.segments.postings import HIGHEST_COUNT, PostingsBuilder
from tests.retrieval.snapshots import article, segment_in_memory

TERM = st.sampled_from(["ban", "china", "nara", "lee", "하고", "奈良", "", "a", "0"])
PASSAGES = st.lists(st.lists(TERM, max_size=12), min_size=1, max_size=12)


def weight(passages: Sequence[Sequence[str]], term: str) -> float:
    count = sum(term in passage for passage in passages)
    return math.log(1 + (len(passages) - count + 0.5) / (count + 0.5))


def bm25(passages: Sequence[Sequence[str]], question: Sequence[str]) -> list[float]:
    """BM25 as Lucene has it, straight from the formula."""
    average = sum(map(len, passages)) / len(passages)
    scores = []
    for passage in passages:
        counts = Counter(passage)
        norm = K1 * (1 - B + B * len(passage) / average) if average else K1
        scores.append(
            sum(
                weight(passages, term) * counts[term] / (counts[term] + norm)
                for term in question
                if counts[term]
            )
        )
    return scores


def segment_with(passages: Sequence[Sequence[str]], gone: Sequence[int] = ()) -> LiveSegment:
    """A segment whose passages have these terms, each the only one of an article."""
    builder = PostingsBuilder()
    for terms in passages:
        builder.add(terms)
    made = segment_in_memory([article(f"{row:03}", "It rained.") for row in range(len(passages))])
    return LiveSegment("one", replace(made, postings=builder.finish()[0]), np.array(gone, np.int64))


@given(PASSAGES, st.lists(TERM | st.just("unknown"), max_size=6))
def test_scores_weights_and_the_bound_are_those_of_the_formula(
    passages: list[list[str]], question: list[str]
) -> None:
    words = CollectionBm25([segment_with(passages)])
    scores = words.scores(question, np.arange(len(passages)))
    assert scores.dtype == np.float32
    assert scores == pytest.approx(bm25(passages, question), rel=1e-4, abs=1e-6)
    for term in question:
        assert words.weight(term) == pytest.approx(weight(passages, term))
    assert (scores <= words.bound(question) + 1e-5).all()


@given(PASSAGES, st.lists(TERM, max_size=6), st.data())
def test_passages_have_the_scores_that_they_have_in_one_segment_of_what_stands(
    passages: list[list[str]], question: list[str], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(passages)))
    gone = data.draw(st.sets(st.integers(0, len(passages) - 1), max_size=len(passages) - 1))
    stand = [row for row in range(len(passages)) if row not in gone]
    parts = [part for part in (range(cut), range(cut, len(passages))) if part]
    words = CollectionBm25(
        [
            segment_with([passages[row] for row in part], [row - part[0] for row in part if row in gone])
            for part in parts
        ]
    )
    whole = CollectionBm25([segment_with([passages[row] for row in stand])])
    assert words.passage_count == len(stand)
    scores = words.scores(question, np.arange(len(passages)))
    assert scores[stand].tolist() == whole.scores(question, np.arange(len(stand))).tolist()


@settings(max_examples=300)
@given(
    st.lists(st.lists(st.sampled_from("aaaaabbbccd"), max_size=9), min_size=1, max_size=60),
    st.lists(st.sampled_from("abcdx"), max_size=5),
    st.integers(1, 8),
    st.data(),
)
def test_the_best_passages_are_among_the_likely_ones(
    passages: list[list[str]], question: list[str], count: int, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(passages)))
    parts = [part for part in (passages[:cut], passages[cut:]) if part]
    words = CollectionBm25([segment_with(part) for part in parts])
    allowed: list[NDArray[np.bool_] | None] = [
        np.array([data.draw(st.booleans()) for _ in part], np.bool_) if data.draw(st.booleans()) else None
        for part in parts
    ]
    with pytest.MonkeyPatch.context() as small:
        small.setattr(collection_bm25, "FEW", data.draw(st.sampled_from([0, 3, 1_000])))
        small.setattr(collection_bm25, "LOOKED_UP", data.draw(st.sampled_from([0, 1, 100])))
        small.setattr(collection_bm25, "COMMON", data.draw(st.sampled_from([0, 0.02, 0.5])))
        found_rows = words.top_passages(question, count, allowed)
    every = words.scores(question, np.arange(len(passages)))
    flags = [
        np.ones(len(part), np.bool_) if mask is None else mask
        for part, mask in zip(parts, allowed, strict=True)
    ]
    scores = np.where(np.concatenate(flags), every, 0).tolist()
    assert (np.diff(found_rows) > 0).all()
    assert np.concatenate(flags)[found_rows].all()
    found = set(found_rows.tolist())
    least = sorted(scores, reverse=True)[:count][-1]
    assert {row for row, score in enumerate(scores) if score > 0 and score >= least} <= found


def test_of_a_rare_and_a_common_word_only_passages_with_the_rare_one_are_looked_at() -> None:
    passages = [["rare", "common"]] * 30 + [["common"]] * 970
    rows = CollectionBm25([segment_with(passages)]).top_passages(["common", "rare"], 10, [None])
    assert rows.tolist() == list(range(30))


def test_a_collection_without_passages_or_terms_has_weights() -> None:
    assert CollectionBm25([]).weight("ban") > 0
    bare = CollectionBm25([segment_with([[], []])])
    assert bare.scores(["ban"], np.arange(2)).tolist() == [0, 0]
    assert bare.bound(["ban"]) == bare.weight("ban") > 0


def test_a_term_that_is_repeated_endlessly_is_counted_up_to_the_most() -> None:
    [counts] = [segment_with([["ban"] * (HIGHEST_COUNT + 5)]).segment.postings.of("ban")[1]]
    assert counts.tolist() == [HIGHEST_COUNT]
