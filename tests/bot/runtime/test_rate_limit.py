import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.rate_limit import MINUTE, RateLimits

STEP = 1 / 64
"""Seconds; a fraction of two, so that sums of it are exact."""


class Clock:
    """Time that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> RateLimits:
    return RateLimits(clock)


def test_as_many_questions_as_the_limit_go_in_a_minute(pace: RateLimits, clock: Clock) -> None:
    assert [pace.take({"ann": 3}) for _ in range(3)] == [0, 0, 0]
    assert pace.take({"ann": 3}) == MINUTE
    clock.now += MINUTE - STEP
    assert pace.take({"ann": 3}) == STEP
    clock.now += STEP
    assert [pace.take({"ann": 3}) for _ in range(3)] == [0, 0, 0]


def test_a_limit_that_was_lowered_holds_for_what_was_asked_before(pace: RateLimits, clock: Clock) -> None:
    for _ in range(5):
        pace.take({"ann": 10})
        clock.now += 1
    assert pace.take({"ann": 2}) == MINUTE - 2  # until but one of the five is out of the minute
    assert pace.take({"ann": 10}) == 0


def test_the_longest_wait_is_told_and_nothing_is_counted_where_one_has_no_room(
    pace: RateLimits, clock: Clock
) -> None:
    pace.take({"ann": 1, "channel": 5})
    clock.now += 10
    pace.take({"bob": 1, "channel": 5})
    assert pace.take({"ann": 1, "bob": 1, "channel": 5}) == MINUTE
    for _ in range(50):
        assert pace.take({"ann": 1, "channel": 5}) == MINUTE - 10
    # Of the channel's five, two are taken.
    assert [pace.take({"channel": 5}) for _ in range(3)] == [0, 0, 0]
    assert pace.take({"channel": 5}) > 0


def test_nobody_is_kept_in_memory_for_longer_than_a_minute(pace: RateLimits, clock: Clock) -> None:
    for number in range(1000):
        pace.take({f"person-{number}": 1})
    clock.now += MINUTE
    pace.take({"ann": 1})
    assert list(pace._taken) == ["ann"]


def test_the_clock_of_the_machine_is_used_where_none_is_given() -> None:
    pace = RateLimits()
    assert pace.take({"ann": 1}) == 0
    assert 0 < pace.take({"ann": 1}) <= MINUTE


@given(
    st.lists(
        st.tuples(st.sampled_from(["ann", "bob"]), st.integers(0, int(30 / STEP))), min_size=1, max_size=40
    ),
    st.integers(1, 4),
    st.integers(1, 6),
)
def test_no_minute_has_more_than_the_limit_and_the_wait_is_exact(
    asked: list[tuple[str, int]], person: int, channel: int
) -> None:
    clock = Clock()
    pace = RateLimits(clock)
    counted: list[tuple[str, float]] = []
    for who, steps in asked:
        clock.now += steps * STEP
        limits = {who: person, "channel": channel}
        wait = pace.take(limits)
        if wait:
            clock.now += wait - STEP
            assert pace.take(limits) == STEP
            clock.now += STEP
            assert pace.take(limits) == 0
        counted.append((who, clock.now))
    for key, limit in (("ann", person), ("bob", person), ("channel", channel)):
        times = [time for who, time in counted if key in (who, "channel")]
        for first, beyond in zip(times, itertools.islice(times, limit, None), strict=False):
            assert beyond - first >= MINUTE
