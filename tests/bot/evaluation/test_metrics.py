"""The figures, against ones computed by hand."""

from dataclasses import replace

import pytest
from scipy import stats

from bot.evaluation.metrics import MEASURES, by_type, count, figures, latency, share_bounds
from bot.evaluation.outcome import Group, Outcome
from tests.bot.evaluation.results import FOREIGN, MISSED, found

OUTCOMES = (
    found(1),
    found(2, marked=True),
    found(4, article_rank=3, answered=False),
    found(10, whole=False),
    found(11),
    found(None, article_rank=1),
    replace(MISSED, answered=False),
    found(1, whole=False, marked=False),
    FOREIGN,
    replace(FOREIGN, answered=True),
    FOREIGN,
    replace(MISSED, group=Group.ELSEWHERE),
    replace(MISSED, group=Group.UNJUDGED),
)
BY_HAND = {
    "hit_1": 2 / 8,
    "hit_3": 3 / 8,
    "hit_5": 4 / 8,
    "hit_10": 5 / 8,
    "all_10": 3 / 8,
    "mrr_10": (1 + 1 / 2 + 1 / 4 + 1 / 10 + 1) / 8,
    "article_3": 5 / 8,
    "sentence_1": 2 / 8,
    "answered": 6 / 8,
    "refused": 2 / 3,
}


def test_each_figure_is_what_a_hand_computes() -> None:
    made = {figure.measure.name: figure for figure in figures(OUTCOMES)}
    assert {name: figure.value for name, figure in made.items()} == pytest.approx(BY_HAND)
    assert {name: figure.of for name, figure in made.items()} == dict.fromkeys(BY_HAND, 8) | {"refused": 3}
    assert [count(OUTCOMES, group) for group in Group] == [8, 3, 1, 1]


def test_nothing_measured_is_zero_of_none() -> None:
    assert {(figure.value, figure.of, figure.bounds) for figure in figures(())} == {(0.0, 0, None)}
    assert latency((), 50) == 0.0


@pytest.mark.parametrize(("hits", "of"), [(0, 5), (3, 5), (5, 5), (640, 1000)])
def test_a_share_is_bounded_as_statistics_say(hits: int, of: int) -> None:
    known = stats.binomtest(hits, of).proportion_ci(method="wilson")
    assert share_bounds(hits, of) == pytest.approx((known.low, known.high), abs=1e-6)


def test_only_shares_have_their_bounds() -> None:
    unbounded = {figure.measure.name for figure in figures(OUTCOMES) if not figure.bounds}
    assert unbounded == {measure.name for measure in MEASURES if not measure.share} == {"mrr_10"}


def test_types_are_counted_apart() -> None:
    def typed(kind: str, one: Outcome) -> Outcome:
        return replace(one, type=kind)

    apart = by_type([typed("b", found(1)), typed("a", found(2)), typed("b", found(None)), found(1)])
    assert [(name, len(those)) for name, those in apart.items()] == [("", 1), ("a", 1), ("b", 2)]
    assert figures(apart["b"])[0].value == 0.5


def test_latency_is_a_percentile_of_all_questions() -> None:
    timed = [found(1, seconds=number / 1000) for number in range(101)]
    assert (latency(timed, 50), latency(timed, 99)) == pytest.approx((0.05, 0.099))
