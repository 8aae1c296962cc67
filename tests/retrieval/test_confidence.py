from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from retrieval.clue import Clue, ClueKind
from retrieval.confidence import SMALLEST, confidence, figures_of
from retrieval.hit import Hit, Signals
from retrieval.passage import Passage
from tests.retrieval.snapshots import asking

SHARE = st.floats(0, 1)
QUERY = asking("Who met in Nara?")
CITED = Clue(ClueKind.SOURCE, "according to The Post", firm=True, name="The Post")


def hit(score: float, coverage: float, meaning: float | None = 0.5) -> Hit:
    article = Article("a", "Title", "Some words.", "The Post")
    return Hit(Passage(article, 0, 11), score, Signals(meaning, 0.5, coverage), ())


def sure(*hits: Hit, passages: int = 1000, clue: Clue | None = None) -> float:
    return confidence(hits, replace(QUERY, clues=(clue,)) if clue else QUERY, passages)


def test_nothing_found_is_no_confidence() -> None:
    assert sure() == 0
    assert sure(clue=CITED) == 0


@given(SHARE, SHARE, st.none() | SHARE, st.integers(0, 10**9), st.none() | st.just(CITED))
def test_it_is_a_probability(
    score: float, coverage: float, meaning: float | None, passages: int, clue: Clue | None
) -> None:
    assert 0 < sure(hit(score, coverage, meaning), passages=passages, clue=clue) <= 1


@pytest.mark.parametrize("meaning", [0.5, None])
def test_a_better_score_gives_more_of_it(meaning: float | None) -> None:
    assert sure(hit(0.1, 0.5, meaning)) < sure(hit(0.2, 0.5, meaning))


def test_where_words_alone_decide_more_of_them_give_more_of_it() -> None:
    assert sure(hit(0.1, 0.5, None)) < sure(hit(0.1, 0.9, None))


def test_the_same_score_says_less_among_more_passages() -> None:
    assert sure(hit(0.2, 0.8), passages=100_000) < sure(hit(0.2, 0.8), passages=1000)


def test_a_corpus_smaller_than_the_smallest_measured_one_counts_as_that() -> None:
    assert sure(hit(0.1, 0.5), passages=10) == sure(hit(0.1, 0.5), passages=SMALLEST)
    assert sure(hit(0.1, 0.5), passages=SMALLEST) != sure(hit(0.1, 0.5), passages=SMALLEST + 1)


def test_a_question_that_cites_a_source_of_the_corpus_is_likelier_to_be_answered() -> None:
    assert sure(hit(0.05, 0.5), clue=CITED) > sure(hit(0.05, 0.5)) + 0.1


@pytest.mark.parametrize(
    "clue",
    [
        replace(CITED, firm=False),
        Clue(ClueKind.AUTHOR, "by Ann Lee", firm=True, name="Ann Lee"),
        Clue(ClueKind.DATES, "articles from May", firm=True),
    ],
    ids=["only favours", "an author", "dates"],
)
def test_no_other_clue_raises_it(clue: Clue) -> None:
    assert sure(hit(0.05, 0.5), clue=clue) == sure(hit(0.05, 0.5))


def test_only_the_first_page_is_looked_at_and_its_best_counts() -> None:
    weak, strong = hit(0.01, 0.1), hit(0.3, 1.0)
    assert sure(weak, weak, weak, strong) == sure(weak)
    assert sure(weak, weak, strong) == sure(strong)


def test_without_a_model_that_knows_the_language_the_words_found_decide() -> None:
    assert sure(hit(0.2, 0.9, None)) > 0.9
    assert sure(hit(0.2, 0.0, None)) < 0.5
    assert sure(hit(0.2, 0.9, None)) == sure(hit(0.2, 0.9, None), passages=10**6)


def test_its_figures_are_log_odds_coverage_size_and_source() -> None:
    figures = figures_of([hit(0.2, 0.4), hit(0.5, 0.3)], replace(QUERY, clues=(CITED,)), 20_000)
    assert figures == pytest.approx({"score": 0, "coverage": 0.4, "size": 9.903487552536127, "source": 1})
    assert figures_of([hit(1.0, 0)], QUERY, 0)["score"] == pytest.approx(13.8, abs=0.1)
