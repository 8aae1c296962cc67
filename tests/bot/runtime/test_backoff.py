import random

import pytest

from bot.runtime.backoff import FIRST_PAUSE, LONGEST_PAUSE, is_temporary, pause


@pytest.mark.parametrize("failures", [0, 1, 2, 3, 4, 5, 10, 500, 1_024, 10_000])
def test_a_pause_doubles_with_each_failure_up_to_the_longest(failures: int) -> None:
    wanted = min(FIRST_PAUSE * 2 ** min(failures, 10), LONGEST_PAUSE)
    random.seed(failures)
    pauses = [pause(failures, 0) for _ in range(200)]
    assert wanted / 2 <= min(pauses) < wanted * 0.55
    assert wanted * 0.95 < max(pauses) <= wanted


def test_what_the_last_try_took_is_part_of_the_pause() -> None:
    assert pause(0, FIRST_PAUSE) == 0
    assert pause(10, LONGEST_PAUSE / 2) <= LONGEST_PAUSE / 2
    assert pause(3, 3600) == 0


@pytest.mark.parametrize(
    ("status", "temporary"), [(200, False), (404, False), (429, True), (499, False), (500, True), (503, True)]
)
def test_too_many_requests_and_a_servers_failure_are_temporary(status: int, temporary: bool) -> None:
    assert is_temporary(status) is temporary
