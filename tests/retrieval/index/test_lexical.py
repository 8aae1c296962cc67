import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.index.lexical import K1, B, LexicalIndex

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


@settings(deadline=None)
@given(PASSAGES, st.lists(TERM | st.just("unknown"), max_size=6))
def test_scores_weights_and_the_bound_are_those_of_the_formula(
    passages: list[list[str]], question: list[str]
) -> None:
    index = LexicalIndex.build(passages)
    scores = index.scores(question)
    assert scores.dtype == np.float32
    assert scores == pytest.approx(bm25(passages, question), rel=1e-4, abs=1e-6)
    for term in question:
        assert index.weight(term) == pytest.approx(weight(passages, term))
    assert (scores <= index.bound(question) + 1e-5).all()


@pytest.mark.parametrize("passages", [[], [[]], [[], []]])
def test_an_index_without_a_term(passages: list[list[str]], tmp_path: Path) -> None:
    index = LexicalIndex.build(passages)
    assert index.to_files() == {}
    for same in (index, LexicalIndex.load(tmp_path, len(passages))):
        assert same.scores(["ban"]).tolist() == [0] * len(passages)
        assert same.weight("ban") > 0


def test_it_is_the_same_after_it_was_written_and_read(tmp_path: Path) -> None:
    passages = [["ban", "china", "ban"], [], ["nara", "奈良", "lee"], ["ban", "nara"]]
    index = LexicalIndex.build(passages)
    files = index.to_files()
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    read = LexicalIndex.load(tmp_path, len(passages))
    for question in (["ban", "nara"], ["奈良"], ["tokyo"], []):
        assert read.scores(question).tolist() == index.scores(question).tolist()
        assert [read.weight(term) for term in question] == [index.weight(term) for term in question]
    assert read.to_files() == files
