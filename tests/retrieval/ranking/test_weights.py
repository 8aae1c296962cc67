import math
from collections.abc import Mapping

import pytest

from retrieval.collection.passage import Passage
from retrieval.collection.passage_features import SENTENCE_FEATURES
from retrieval.ranking.confidence import features_of
from retrieval.ranking.features import PASSAGE_FEATURES
from retrieval.ranking.hit import Features, Hit
from retrieval.ranking.read_hits import CONFLICT, LACKING, PASSAGE, READING
from retrieval.ranking.scoring import OFFSET
from retrieval.ranking.search import Found
from retrieval.ranking.weights import Signals, Table, weight_vector, weights
from tests.retrieval.snapshots import article, asking

HIT = Hit(Passage(article("a", "Some words."), 0, 11), 0.5, Features(None, 0.5, 0.5), ())
FOUND = Found([HIT], 0.0, Signals.WORDS)
CONFIDENCE_FEATURES = tuple(features_of(FOUND, asking("words"), 1000).values())
CHANCES = ("subject", "answer")


@pytest.mark.parametrize(
    ("tables", "names", "offset", "read"),
    [
        (weights().passage, PASSAGE_FEATURES, True, False),
        (weights().sentence, (*SENTENCE_FEATURES, READING, PASSAGE, CONFLICT, LACKING), False, True),
        *(
            (
                {one: chances[name] for one, chances in weights().confidence.items()},
                CONFIDENCE_FEATURES,
                True,
                True,
            )
            for name in CHANCES
        ),
    ],
    ids=["passage", "sentence", *CHANCES],
)
def test_every_weight_is_of_a_feature_that_there_is(
    tables: Mapping[str, Table], names: tuple[str, ...], offset: bool, read: bool
) -> None:
    kinds = {Signals.MEANING, Signals.WORDS}
    assert set(tables) == (kinds | {Signals.READING} if read else kinds)
    for table in tables.values():
        assert set(table) - {OFFSET} <= set(names)
        assert (OFFSET in table) is offset
        assert all(math.isfinite(weight) for weight in table.values())


def test_a_reading_weighs_where_hits_are_read_and_nowhere_else() -> None:
    read = weights().sentence[Signals.READING]
    for name in (READING, PASSAGE):
        assert [name in table for table in weights().sentence.values()].count(True) == 1
        assert read[name] > 0
    assert weights().confidence[Signals.READING]["answer"]["read"] > 0


def test_no_feature_has_two_columns() -> None:
    for names in (PASSAGE_FEATURES, SENTENCE_FEATURES, CONFIDENCE_FEATURES):
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("tables", [weights().passage, weights().sentence], ids=["passage", "sentence"])
def test_words_alone_weigh_nothing_that_only_a_model_can_say(tables: Mapping[str, Table]) -> None:
    assert not {name for name in tables[Signals.WORDS] if name.startswith(("meaning", "maxsim"))}


def test_a_column_is_in_the_order_asked_for_and_0_where_there_is_no_weight() -> None:
    assert weight_vector({"b": 2.0, "a": 1.0, OFFSET: 9.0}, ("a", "none", "b")).tolist() == [1, 0, 2]
