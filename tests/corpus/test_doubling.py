from datetime import timedelta

import pytest

from corpus.doubling import doubled


@pytest.mark.parametrize(
    ("times", "pause"), [(0, 1.0), (1, 2.0), (4, 16.0), (5, 30.0), (1_024, 30.0), (10**9, 30.0)]
)
def test_a_pause_doubles_up_to_the_longest_however_often(times: int, pause: float) -> None:
    assert doubled(1.0, times, 30.0) == pause


def test_a_span_of_time_doubles_too() -> None:
    hour, day = timedelta(hours=1), timedelta(days=1)
    assert [doubled(hour, times, day) for times in (0, 3, 10_000)] == [hour, 8 * hour, day]
    assert doubled(day, 10_000, 7 * day) == 7 * day
