from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from retrieval.confidence import SMALLEST, confidence
from retrieval.hit import Hit, Signals
from retrieval.passage import Passage

SHARE = st.floats(0, 1)


def hit(score: float, coverage: float, meaning: float | None = 0.5) -> Hit:
    article = Article("a", "Title", "Some words.", "The Post")
    return Hit(Passage(article, 0, 11), score, Signals(meaning, score, coverage), ())


def test_nothing_found_is_no_confidence() -> None:
    assert confidence([], 1000) == 0


@given(SHARE, SHARE, st.none() | SHARE, st.integers(0, 10**9))
def test_it_is_a_probability(score: float, coverage: float, meaning: float | None, passages: int) -> None:
    assert 0 < confidence([hit(score, coverage, meaning)], passages) < 1


def test_a_better_score_and_more_of_the_words_give_more_of_it() -> None:
    assert confidence([hit(0.3, 0.5)], 1000) < confidence([hit(0.4, 0.5)], 1000)
    assert confidence([hit(0.3, 0.5)], 1000) < confidence([hit(0.3, 0.9)], 1000)


def test_the_same_score_says_less_among_more_passages() -> None:
    assert confidence([hit(0.4, 0.8)], 100_000) < confidence([hit(0.4, 0.8)], 1000)


def test_a_corpus_smaller_than_the_smallest_measured_one_counts_as_that() -> None:
    assert confidence([hit(0.3, 0.5)], 10) == confidence([hit(0.3, 0.5)], SMALLEST)


def test_only_the_first_page_is_looked_at_and_its_best_counts() -> None:
    weak, strong = hit(0.1, 0.1), hit(0.6, 1.0)
    assert confidence([weak, weak, weak, strong], 1000) == confidence([weak], 1000)
    assert confidence([weak, weak, strong], 1000) == confidence([strong], 1000)


def test_without_a_model_that_knows_the_language_the_words_found_decide() -> None:
    blind = hit(0.2, 0.9, None)
    assert confidence([blind], 1000) > 0.9
    assert confidence([replace(blind, signals=Signals(None, 0.2, 0.0))], 1000) < 0.1
