import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from retrieval.collection.passage_features import Floats, PassageFeatures
from retrieval.ranking.evidence.anchoring import ANCHORING
from retrieval.ranking.features import PASSAGE_FEATURES
from retrieval.ranking.scoring import OFFSET, features_of_hit, passage_scores
from retrieval.ranking.weights import Signals, weights

ROWS = arrays(np.float32, (3, len(PASSAGE_FEATURES)), elements=st.floats(0, 1, width=32))
KNOWN = pytest.mark.parametrize("known", [True, False], ids=["known", "words"])


def weighed(rows: Floats) -> PassageFeatures:
    nothing = np.zeros(0, np.int64)
    return PassageFeatures(rows, np.zeros((0, 1), np.float32), np.zeros(len(rows) + 1, np.int64), nothing)


@KNOWN
@given(ROWS)
def test_a_score_is_the_chance_of_the_weighed_sum(known: bool, rows: Floats) -> None:
    table = weights().passage[Signals.MEANING if known else Signals.WORDS]
    scores = passage_scores(weighed(rows), known=known)
    assert scores.dtype == np.float32
    for row, score in zip(rows.tolist(), scores.tolist(), strict=True):
        features = zip(PASSAGE_FEATURES, row, strict=True)
        value = table[OFFSET] + sum(table.get(name, 0) * feature for name, feature in features)
        assert score == pytest.approx(1 / (1 + np.exp(-value)), rel=1e-4)
        assert 0 < score < 1


@KNOWN
@pytest.mark.parametrize("name", PASSAGE_FEATURES)
def test_more_of_a_feature_never_lowers_the_score_but_of_what_is_lacking(known: bool, name: str) -> None:
    rows = np.full((2, len(PASSAGE_FEATURES)), 0.3, np.float32)
    rows[1, PASSAGE_FEATURES.index(name)] = 0.9
    low, high = passage_scores(weighed(rows), known=known).tolist()
    if name not in weights().passage[Signals.MEANING if known else Signals.WORDS]:
        assert high == low
    elif name in ANCHORING:
        assert high < low
    else:
        assert high > low


def test_no_passages_have_no_scores() -> None:
    nothing = weighed(np.zeros((0, len(PASSAGE_FEATURES)), np.float32))
    assert passage_scores(nothing, known=True).shape == (0,)


def test_what_is_told_are_the_signals_themselves() -> None:
    row = np.arange(len(PASSAGE_FEATURES), dtype=np.float32)
    at = PASSAGE_FEATURES.index
    told = features_of_hit(row, known=True)
    assert (told.meaning, told.words, told.coverage) == (at("meaning"), at("words"), at("coverage"))
    assert (told.maxsim, told.pair) == (at("maxsim"), at("pair_coverage"))
    assert (told.title, told.fresh) == (at("title_coverage"), at("fresh"))


def test_without_the_model_there_is_no_meaning_to_tell() -> None:
    told = features_of_hit(np.zeros(len(PASSAGE_FEATURES), np.float32), known=False)
    assert told.meaning is None
    assert told.maxsim is None
