from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.calibration import Bin, bins, calibration_error
from bot.evaluation.outcome import Group
from tests.bot.evaluation.results import FOREIGN, found

SURE = [found(3, confidence=0.85), found(4, confidence=0.83), found(1, confidence=0.81, answered=False)]


def test_right_is_the_answer_on_the_first_page_and_never_without_one() -> None:
    outcomes = [*SURE, replace(FOREIGN, confidence=0.87), replace(FOREIGN, confidence=0.05)]
    low, high = bins(outcomes)
    assert low == Bin(0.0, 0.1, 1, 0.05, 0)
    assert (high.questions, high.right) == (4, 2)
    assert high.confidence == pytest.approx(0.84)
    assert calibration_error([low, high]) == pytest.approx((1 * 0.05 + 4 * (0.84 - 0.5)) / 5)


def test_what_is_not_measured_does_not_count() -> None:
    unknown = [replace(SURE[0], group=group) for group in (Group.ELSEWHERE, Group.UNJUDGED)]
    assert bins(unknown) == []
    assert calibration_error([]) == 0.0


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40))
def test_every_question_is_in_one_bin_and_the_error_is_a_share(drawn: list[tuple[float, bool]]) -> None:
    made = bins([found(1 if right else None, confidence=confidence) for confidence, right in drawn])
    assert sum(one.questions for one in made) == len(drawn)
    assert sum(one.right for one in made) == sum(right for _, right in drawn)
    assert all(one.low - 1e-9 <= one.confidence <= one.high + 1e-9 for one in made)
    assert 0 <= calibration_error(made) <= 1 + 1e-9
