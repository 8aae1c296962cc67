from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.tradeoff import OperatingPoint, operating_points
from tests.bot.evaluation.results import FOREIGN, found

SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=20)


def test_each_threshold_answers_and_refuses_as_it_would() -> None:
    own = [found(1, confidence=value) for value in (0.2, 0.6, 0.9)]
    others = [replace(FOREIGN, confidence=value) for value in (0.1, 0.6)]
    made = operating_points([*own, *others])
    assert made[:-1] == [
        OperatingPoint(0.0, 1.0, 0.0),
        OperatingPoint(0.1, 1.0, 0.0),
        OperatingPoint(0.2, 1.0, 0.5),
        OperatingPoint(0.6, 1 - 1 / 3, 0.5),
        OperatingPoint(0.9, 1 - 2 / 3, 1.0),
    ]
    assert (made[-1].answered, made[-1].refused) == (0.0, 1.0)


def test_one_kind_alone_has_nothing_to_trade() -> None:
    assert operating_points([found(1)]) == operating_points([FOREIGN]) == operating_points([]) == []


@given(own=SHARES, others=SHARES)
def test_a_higher_threshold_answers_no_more_and_refuses_no_less(
    own: list[float], others: list[float]
) -> None:
    made = operating_points(
        [found(1, confidence=one) for one in own] + [replace(FOREIGN, confidence=one) for one in others]
    )
    assert [one.answered for one in made] == sorted((one.answered for one in made), reverse=True)
    assert [one.refused for one in made] == sorted(one.refused for one in made)
    assert (made[0].answered, made[0].refused, made[-1].answered, made[-1].refused) == (1, 0, 0, 1)
