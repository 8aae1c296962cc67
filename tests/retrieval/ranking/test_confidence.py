import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from retrieval.collection.passage import Passage
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.parsed_question import ParsedQuestion
from retrieval.question.query import Query
from retrieval.ranking.confidence import (
    LARGEST,
    READ_THRESHOLDS,
    SMALLEST,
    UNREAD_THRESHOLDS,
    confidence,
    features_of,
    thresholds,
)
from retrieval.ranking.highlight import ScoredSentence
from retrieval.ranking.hit import Features, Hit
from retrieval.ranking.read_hits import LEAST_READ
from retrieval.ranking.search import Found
from retrieval.ranking.weights import Signals
from tests.retrieval.snapshots import ASKED_AT, article, asking

SHARE = st.floats(0, 1)
ODDS = st.floats(-14, 14)
QUERY = asking("Who met in Nara?")
CITED = Hint(HintKind.SOURCE, "according to The Post", HintUse.FILTER, name="The Post")
WEEK = Hint(HintKind.NOW, "this week", HintUse.BOOST, since=ASKED_AT - timedelta(days=7))
RIVALS = -4.0


def hit(score: float, coverage: float, meaning: float | None = 0.5, published: datetime | None = None) -> Hit:
    one = Article("a", "Title", "Some words.", "The Post", published=published)
    return Hit(Passage(one, 0, 11), score, Features(meaning, 0.5, coverage), ())


def found_of(hits: Sequence[Hit], rivals: float) -> Found:
    """Hits that were not read."""
    known = any(hit.features.meaning is not None for hit in hits)
    return Found(list(hits), rivals, Signals.MEANING if known else Signals.WORDS)


def sure(*hits: Hit, passages: int = 1000, hint: Hint | None = None, rivals: float = RIVALS) -> float:
    query = QUERY.with_hints((hint,)) if hint else QUERY
    return confidence(found_of(hits, rivals), query, passages)


def test_nothing_found_is_no_confidence() -> None:
    assert sure() == 0
    assert sure(hint=CITED) == 0


@given(SHARE, SHARE, st.none() | SHARE, st.integers(0, 10**9), st.sampled_from([None, CITED, WEEK]), ODDS)
def test_it_is_a_probability(
    score: float, coverage: float, meaning: float | None, passages: int, hint: Hint | None, rivals: float
) -> None:
    assert 0 <= sure(hit(score, coverage, meaning), passages=passages, hint=hint, rivals=rivals) <= 1


@pytest.mark.parametrize("meaning", [0.5, None])
def test_a_better_score_gives_more_of_it(meaning: float | None) -> None:
    assert sure(hit(0.05, 0.5, meaning)) < sure(hit(0.1, 0.5, meaning)) < sure(hit(0.2, 0.5, meaning))


@pytest.mark.parametrize("meaning", [0.5, None])
def test_rivals_that_are_as_likely_take_from_it(meaning: float | None) -> None:
    found = hit(0.2, 0.5, meaning)
    assert sure(found, rivals=-2) < sure(found, rivals=-4) - 0.05 < sure(found, rivals=-6) - 0.05


def test_where_words_alone_decide_more_of_them_give_more_of_it() -> None:
    assert sure(hit(0.1, 0.5, None)) < sure(hit(0.1, 0.9, None))
    assert sure(hit(0.1, 0.5)) == sure(hit(0.1, 0.9))


def test_a_question_that_names_nothing_has_no_answer() -> None:
    found = found_of([hit(0.5, 1.0)], RIVALS)
    assert confidence(found, asking("and?"), 1000) == confidence(found, asking("What is it?"), 1000) == 0
    assert confidence(found, asking("What sank?"), 1000) > UNREAD_THRESHOLDS.answer


def test_words_alone_are_no_answer_without_the_amount_that_a_japanese_question_asks_for() -> None:
    asked, other = asking("橋は何メートル？"), asking("橋はどこ？")

    def sure_of(query: Query, meaning: float | None) -> float:
        bridge = Article("a", "Title", "橋は閉まった。", "The Post")
        found = Hit(Passage(bridge, 0, 7), 0.5, Features(meaning, 0.5, 1.0), ())
        return confidence(found_of([found], RIVALS), query, 1000)

    assert sure_of(asked, None) < UNREAD_THRESHOLDS.answer < sure_of(other, None)
    assert sure_of(asked, 0.5) == sure_of(other, 0.5)  # a model that knows the language decides


def test_the_same_score_says_less_among_more_passages() -> None:
    assert sure(hit(0.2, 0.8), passages=50_000) < sure(hit(0.2, 0.8), passages=1000)


def test_a_corpus_beyond_the_measured_ones_counts_as_the_nearest_of_them() -> None:
    assert sure(hit(0.1, 0.5), passages=10) == sure(hit(0.1, 0.5), passages=SMALLEST)
    assert sure(hit(0.1, 0.5), passages=SMALLEST) != sure(hit(0.1, 0.5), passages=SMALLEST + 1)
    assert sure(hit(0.1, 0.5), passages=10**9) == sure(hit(0.1, 0.5), passages=LARGEST)
    assert sure(hit(0.1, 0.5), passages=LARGEST) != sure(hit(0.1, 0.5), passages=LARGEST - 1)


def test_a_question_that_cites_a_source_of_the_corpus_is_likelier_to_be_answered() -> None:
    assert sure(hit(0.02, 0.5), hint=CITED) > sure(hit(0.02, 0.5)) + 0.1


@pytest.mark.parametrize(
    "hint",
    [
        replace(CITED, use=HintUse.BOOST),
        Hint(HintKind.AUTHOR, "by Ann Lee", HintUse.FILTER, name="Ann Lee"),
        Hint(HintKind.DATES, "articles from May", HintUse.FILTER, since=ASKED_AT),
        Hint(HintKind.SPELLING, "Narra", HintUse.BOOST, name="Nara"),
    ],
    ids=["only favours", "an author", "dates", "a slip"],
)
def test_no_other_hint_changes_it(hint: Hint) -> None:
    assert sure(hit(0.02, 0.5), hint=hint) == sure(hit(0.02, 0.5))


def test_that_a_topic_is_the_subject_of_a_passage_with_all_of_its_words_needs_no_guess() -> None:
    topic = replace(QUERY, parsed=ParsedQuestion(topical=True))

    def of(query: Query, coverage: float) -> float:
        return confidence(found_of([hit(0.01, coverage)], RIVALS), query, 1000)

    assert of(topic, 1) > of(QUERY, 1)
    assert of(topic, 0.9) == of(QUERY, 0.9)
    cited = (QUERY.with_hints((CITED,)), topic.with_hints((CITED,)))
    assert of(cited[1], 0.9) < of(cited[0], 0.9), "of a topic an outlet may say nothing"


def test_a_question_about_a_time_that_no_hit_is_of_is_less_likely_to_be_answered() -> None:
    undated, then = hit(0.05, 0.5), hit(0.05, 0.5, published=ASKED_AT - timedelta(days=2))
    before = hit(0.05, 0.5, published=ASKED_AT - timedelta(days=20))
    assert sure(then, hint=WEEK) == sure(undated) == sure(before)
    for one in (undated, before):
        assert sure(one, hint=WEEK) < sure(one) - 0.05
    assert sure(undated, undated, then, hint=WEEK) == sure(undated)
    assert sure(undated, undated, undated, then, hint=WEEK) == sure(undated, hint=WEEK)


def test_only_the_first_page_is_looked_at_and_its_best_counts() -> None:
    weak, strong = hit(0.01, 0.1), hit(0.3, 1.0)
    assert sure(weak, weak, weak, strong) == sure(weak)
    assert sure(weak, weak, strong) == sure(strong)


def test_without_a_model_that_knows_the_language_the_words_found_decide() -> None:
    assert sure(hit(0.2, 0.9, None)) > 0.75
    assert sure(hit(0.01, 0.0, None)) < 0.3
    assert sure(hit(0.2, 0.9, None)) == sure(hit(0.2, 0.9, None), passages=10**6)


def test_its_features() -> None:
    found = found_of([hit(0.2, 0.4), hit(0.5, 0.3)], -3.0)
    assert features_of(found, QUERY.with_hints((CITED, WEEK)), 20_000).values() == pytest.approx(
        {
            "score": 0,
            "lead": 3,
            "coverage": 0.4,
            "size": math.log(20_000),
            "source": 1,
            "missed": 1,
            "read": LEAST_READ,
            "lacks": 0,
        }
    )
    assert features_of(found_of([hit(1.0, 0)], 0.0), QUERY, 0).score == pytest.approx(13.8, abs=0.1)


def read(reading: float) -> Found:
    """A hit that was read by a reader that is fitted."""
    one = hit(0.2, 0.5)
    return Found([replace(one, features=replace(one.features, reading=reading))], RIVALS, Signals.READING)


def test_a_reader_that_finds_no_answer_takes_from_it() -> None:
    found = [confidence(read(reading), QUERY, 1000) for reading in (-8, -3, 0, 3)]
    assert found == sorted(found)
    assert found[0] < READ_THRESHOLDS.answer < found[-1]


def test_of_those_read_the_likeliest_counts() -> None:
    one, other = read(-5).hits[0], read(2).hits[0]
    both = confidence(Found([one, other], RIVALS, Signals.READING), QUERY, 1000)
    assert both == pytest.approx(confidence(read(2), QUERY, 1000))


@pytest.mark.parametrize(
    ("without", "with_number", "marked", "less"),
    [
        (1.0, 0.0, True, True),
        (1.0, 0.0, False, True),
        (0.0, 1.0, True, False),
        (0.0, 1.0, False, True),  # the likeliest sentence lacks a number, and nothing is marked in the other
        (0.0, 3.0, False, False),
    ],
)
def test_a_likeliest_sentence_without_a_number_is_less_of_an_answer_to_how_many(
    without: float, with_number: float, marked: bool, less: bool
) -> None:
    text = "Ferries sank off the port. Two ferries sank."
    whole = replace(
        read(2).hits[0],
        passage=Passage(article("a", text), 0, len(text)),
        answer=(27, 30) if marked else None,
    )
    lacking = (ScoredSentence((0, 26), without, lacks=True), ScoredSentence((27, 44), with_number))
    plain = tuple(replace(one, lacks=False) for one in lacking)
    chances = [
        confidence(Found([replace(whole, sentences=sentences)], RIVALS, Signals.READING), QUERY, 1000)
        for sentences in (plain, lacking)
    ]
    assert chances[0] - chances[1] > 0.3 if less else chances[0] == chances[1]


@pytest.mark.parametrize("best", [0, 1])
def test_a_likeliest_sentence_of_another_year_is_less_of_an_answer(best: int) -> None:
    text = "It sank in 2018. It sank in 2019."
    sentences = tuple(
        ScoredSentence((17 * place, 17 * place + 16), float(place == best), conflicts=conflicts)
        for place, conflicts in enumerate((True, False))
    )
    whole = replace(read(2).hits[0], passage=Passage(article("a", text), 0, len(text)), sentences=sentences)
    sure = confidence(
        Found([whole], RIVALS, Signals.READING), replace(QUERY, text="What sank in 2019?"), 1000
    )
    assert sure < READ_THRESHOLDS.answer if best == 0 else sure > READ_THRESHOLDS.answer


@pytest.mark.parametrize("signals", [Signals.READING, Signals.MEANING])
def test_that_a_sentence_tells_who_holds_the_office_is_its_subject_without_a_guess(signals: Signals) -> None:
    office = replace(QUERY, text="Who is the mayor of Nara?")
    told, other = (
        replace(
            read(0).hits[0],
            passage=Passage(article("a", text), 0, len(text)),
            sentences=(ScoredSentence((0, len(text)), 1.0, lacks="Ada" not in text),),
        )
        for text in ("Nara Mayor Ada Oro spoke.", "The mayor of Nara spoke.")
    )
    of_office, of_others, lacking = (
        confidence(Found([whole], RIVALS, signals), query, 1000)
        for whole, query in ((told, office), (told, QUERY), (other, office))
    )
    assert (of_office > of_others) is (signals is Signals.READING)
    assert lacking < of_office or signals is Signals.MEANING


def test_a_reading_below_the_lowest_counts_as_the_lowest() -> None:
    assert confidence(read(float("-inf")), QUERY, 1000) == confidence(read(LEAST_READ), QUERY, 1000)


def test_what_was_read_has_thresholds_of_its_own() -> None:
    assert thresholds(read(1)) == READ_THRESHOLDS
    assert thresholds(found_of([hit(0.5, 0.5)], 0)) == UNREAD_THRESHOLDS
    assert READ_THRESHOLDS.answer < READ_THRESHOLDS.sure
    assert UNREAD_THRESHOLDS.answer < UNREAD_THRESHOLDS.sure
