"""What a start waits for, and for how long."""

import pytest

from bot.runtime.backoff import LONGEST_PAUSE
from bot.runtime.clock import ManualClock
from bot.runtime.start_retry import LONGEST_START, retry_start
from corpus.errors import DatabaseAway, HomeUnusable, NewsdeskError, ReloadBusy


class Opening:
    """Fails as often as there are errors, and then gives its name."""

    def __init__(self, *errors: NewsdeskError) -> None:
        self.errors = list(errors)

    def __call__(self) -> str:
        if self.errors:
            raise self.errors.pop(0)
        return "open"


async def test_it_waits_longer_each_time_and_says_why() -> None:
    clock, reasons = ManualClock(), list[str]()
    opening = Opening(DatabaseAway("it is away"), ReloadBusy("another loads"), DatabaseAway("it is away"))
    assert await retry_start(opening, reasons.append, clock) == "open"
    assert reasons == ["it is away", "another loads", "it is away"]
    assert clock.waited == sorted(clock.waited)


async def test_after_some_minutes_it_ends_with_what_is_wrong() -> None:
    clock = ManualClock()
    away = [DatabaseAway("the database is away: see whether it runs")] * 100
    with pytest.raises(HomeUnusable, match="given up after 5 minutes: the database is away: see") as raised:
        await retry_start(Opening(*away), clock=clock)
    assert not isinstance(raised.value, DatabaseAway)
    assert LONGEST_START - LONGEST_PAUSE <= clock.now() <= LONGEST_START


async def test_what_does_not_pass_by_itself_ends_it_at_once() -> None:
    clock = ManualClock()
    with pytest.raises(HomeUnusable, match="wrong password"):
        await retry_start(Opening(HomeUnusable("wrong password")), clock=clock)
    assert clock.waited == []
