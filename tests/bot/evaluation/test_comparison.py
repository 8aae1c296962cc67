from dataclasses import replace

import pytest
from scipy import stats

from bot.evaluation.comparison import Comparison, Difference, compare
from bot.evaluation.outcome import Group
from corpus.errors import WrongCall
from tests.bot.evaluation.results import FOREIGN, found, numbered, run_of


def compared(before: list[int | None], now: list[int | None]) -> Comparison:
    return compare(run_of(*numbered(*map(found, before))), run_of(*numbered(*map(found, now))))


def of(comparison: Comparison, name: str) -> Difference:
    return next(one for one in comparison.differences if one.measure.name == name)


def test_a_difference_is_that_of_the_shares() -> None:
    made = compared([1, 2, None, 1], [1, 1, 1, None])
    hit = of(made, "hit_1")
    assert (hit.before, hit.now, hit.difference, hit.of) == (0.5, 0.75, 0.25, 4)
    assert of(made, "mrr_10").difference == pytest.approx(3 / 4 - 2.5 / 4)
    assert of(made, "refused").of == 0


def test_the_chance_of_a_share_is_mcnemar_s_exact_one() -> None:
    gained, lost, same = 12, 3, 40
    made = compared([None] * gained + [1] * lost + [1] * same, [1] * gained + [None] * lost + [1] * same)
    # Twice the chance of at most three heads in fifteen throws, by hand.
    assert of(made, "hit_1").p == pytest.approx(2 * (1 + 15 + 105 + 455) / 2**15)


def test_the_chance_of_ranks_is_that_of_all_ways_to_swap_the_runs() -> None:
    made = compared([1, 1, 2, 1], [2, 2, 4, 2])
    # Of the 16 ways to swap, only none and all make a difference as large.
    assert of(made, "mrr_10").p == pytest.approx(2 / 16)


def test_many_ranks_are_tested_as_a_library_does() -> None:
    before, now = [1, 2, 3, 5, 8] * 12, [1, 1, 4, 3, 8] * 12
    gains = [1 / b - 1 / a for a, b in zip(before, now, strict=True)]
    known = stats.ttest_1samp(gains, 0)
    mrr = of(compared([*before], [*now]), "mrr_10")
    assert mrr.p == pytest.approx(known.pvalue, abs=0.02)
    interval = known.confidence_interval(0.95)
    assert mrr.bounds == pytest.approx((interval.low, interval.high), abs=0.01)


def test_the_same_run_differs_in_nothing() -> None:
    made = compared([1, 2, None], [1, 2, None])
    assert {(one.difference, one.p) for one in made.differences} == {(0.0, 1.0)}
    assert (made.won, made.lost) == ((), ())
    assert of(made, "hit_1").bounds == (0.0, 0.0)


def test_the_same_two_runs_give_the_same_figures() -> None:
    first, second = (compared([1, 2, 3, None, 7], [2, 1, 1, 4, None]) for _ in range(2))
    assert first.differences == second.differences


def test_one_question_has_no_interval_and_one_that_moved_may_be_chance() -> None:
    hit = of(compared([None], [1]), "hit_1")
    assert (hit.bounds, hit.p) == (None, 1.0)
    assert of(compared([1, 4], [1, 1]), "mrr_10").p == 1.0


def test_won_and_lost_are_what_readers_see_the_largest_change_first() -> None:
    made = compared([2, None, 1, 1, 5], [1, 1, 3, None, 6])
    assert [now.id for _, now in made.won] == ["q1", "q0"]
    assert [now.id for _, now in made.lost] == ["q3", "q2"]


def test_a_refusal_gained_is_won() -> None:
    before = run_of(*numbered(replace(FOREIGN, answered=True), FOREIGN))
    made = compare(before, run_of(*numbered(FOREIGN, FOREIGN)))
    assert [now.id for _, now in made.won] == ["q0"]
    assert of(made, "refused").difference == 0.5


def test_only_questions_that_both_have_in_the_same_words_are_compared() -> None:
    before = numbered(found(1), found(1), found(1), found(1))
    reworded = replace(before[1], question="another")
    unknown = replace(before[2], group=Group.ELSEWHERE)
    new = replace(before[3], id="new")
    made = compare(run_of(*before), run_of(before[0], reworded, unknown, new))
    assert [pair[0].id for pair in made.pairs] == ["q0"]
    assert (made.alone_before, made.alone_now) == (3, 3)


def test_runs_without_a_common_question_are_an_error() -> None:
    before, now = run_of(found(1), questions="a.jsonl"), run_of(found(1, id="other"), questions="b.jsonl")
    with pytest.raises(WrongCall, match=r"a\.jsonl has none of the questions of b\.jsonl"):
        compare(before, now)
