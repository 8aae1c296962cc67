import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from retrieval.ranking.features import PASSAGE_SIGNALS, Floats, PassageFeatures
from retrieval.ranking.scoring import OFFSET, passage_scores, signals_of
from retrieval.ranking.weights import kind, weights

ROWS = arrays(np.float32, (3, len(PASSAGE_SIGNALS)), elements=st.floats(0, 1, width=32))
KNOWN = pytest.mark.parametrize("known", [True, False], ids=["known", "words"])


def weighed(rows: Floats) -> PassageFeatures:
    nothing = np.zeros(0, np.int64)
    return PassageFeatures(rows, np.zeros((0, 1), np.float32), np.zeros(len(rows) + 1, np.int64), nothing)


@KNOWN
@given(ROWS)
def test_a_score_is_the_chance_of_the_weighed_sum(known: bool, rows: Floats) -> None:
    table = weights().passage[kind(known=known)]
    scores = passage_scores(weighed(rows), known=known)
    assert scores.dtype == np.float32
    for row, score in zip(rows.tolist(), scores.tolist(), strict=True):
        signals = zip(PASSAGE_SIGNALS, row, strict=True)
        value = table[OFFSET] + sum(table.get(name, 0) * signal for name, signal in signals)
        assert score == pytest.approx(1 / (1 + np.exp(-value)), rel=1e-4)
        assert 0 < score < 1


@KNOWN
@pytest.mark.parametrize("name", PASSAGE_SIGNALS)
def test_more_of_a_signal_never_lowers_the_score(known: bool, name: str) -> None:
    rows = np.full((2, len(PASSAGE_SIGNALS)), 0.3, np.float32)
    rows[1, PASSAGE_SIGNALS.index(name)] = 0.9
    low, high = passage_scores(weighed(rows), known=known).tolist()
    assert high > low if name in weights().passage[kind(known=known)] else high == low


def test_no_passages_have_no_scores() -> None:
    nothing = weighed(np.zeros((0, len(PASSAGE_SIGNALS)), np.float32))
    assert passage_scores(nothing, known=True).shape == (0,)


def test_what_is_told_are_the_signals_themselves() -> None:
    row = np.arange(len(PASSAGE_SIGNALS), dtype=np.float32)
    at = PASSAGE_SIGNALS.index
    told = signals_of(row, known=True)
    assert (told.meaning, told.words, told.coverage) == (at("meaning"), at("words"), at("coverage"))
    assert (told.late, told.pair) == (at("late"), at("pair_coverage"))
    assert (told.title, told.fresh) == (at("title_coverage"), at("fresh"))


def test_without_the_model_there_is_no_meaning_to_tell() -> None:
    told = signals_of(np.zeros(len(PASSAGE_SIGNALS), np.float32), known=False)
    assert told.meaning is None
    assert told.late is None
