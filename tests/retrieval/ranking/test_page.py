from dataclasses import replace
from datetime import UTC, datetime

from retrieval.collection.passage import Passage
from retrieval.question.query import Query, make_query
from retrieval.ranking.hit import Features, Hit
from retrieval.ranking.page import Page, together
from tests.retrieval.snapshots import article

DAY = datetime(2026, 3, 18, tzinfo=UTC)
WON, HELD = (make_query(text, ("news",), asked_at=DAY) for text in ("Who won", "where was it held? won race"))


def hit_of(name: str) -> Hit:
    return Hit(
        Passage(article(name, "The race was held in Oslo."), 0, 26), 0.5, Features(0.5, 0.5, 0.5), ((0, 8),)
    )


def page(query: Query, *hits: Hit, confidence: float = 0.8, answers: bool = True, sure: bool = True) -> Page:
    return Page((query,), hits, confidence, answers, sure)


def test_the_hits_of_answered_questions_take_turns_and_the_least_sure_decides() -> None:
    a, b, c, d = map(hit_of, "abcd")
    both = together([page(WON, a, b, c), page(HELD, d, confidence=0.6, sure=False)], 3)
    assert list(both.hits) == [a, d, b]
    assert (both.confidence, both.answers, both.sure, both.unanswered) == (0.6, True, False, ())
    assert both.queries == (WON, HELD)


def test_a_question_without_an_answer_is_named_and_none_of_its_hits_is_shown() -> None:
    a, b = map(hit_of, "ab")
    one = together([page(WON, a), page(HELD, b, confidence=0.2, answers=False, sure=False)], 3)
    assert (list(one.hits), one.confidence, one.answers, one.sure) == ([a], 0.8, True, False)
    assert (one.queries, one.unanswered) == ((WON,), ("where was it held?",))


def test_without_any_answer_the_nearest_of_all_are_shown_and_no_question_is_named() -> None:
    a, b = map(hit_of, "ab")
    none = together([page(one, hit, confidence=chance, answers=False, sure=False)
                     for one, hit, chance in ((WON, a, 0.1), (HELD, b, 0.3))], 1)  # fmt: skip
    assert (list(none.hits), none.confidence, none.answers, none.unanswered) == ([a], 0.3, False, ())


def test_a_passage_that_answers_both_is_there_twice_only_if_other_words_answer() -> None:
    a = hit_of("a")
    assert list(together([page(WON, a), page(HELD, a)], 3).hits) == [a]
    other = replace(a, highlights=((9, 13),))
    assert list(together([page(WON, a), page(HELD, other)], 3).hits) == [a, other]
