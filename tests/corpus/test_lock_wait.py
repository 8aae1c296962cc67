import asyncio

import pytest

from corpus import lock_wait
from corpus.errors import ReloadBusy
from corpus.lock_wait import acquire, wait_for_lock


class Lock:
    """Is free for whoever waits long enough; `waits` are those that were tried."""

    def __init__(self, needs: float) -> None:
        self.needs = needs
        self.waits: list[float] = []

    def take(self, wait: float) -> str:
        self.waits.append(wait)
        if wait < self.needs:
            raise ReloadBusy("another has it")
        return "taken"


@pytest.mark.parametrize(("needs", "waits"), [(0.0, [0.0]), (5.0, [0.0, lock_wait.MAX_WAIT_SECONDS])])
async def test_who_is_patient_is_told_that_they_wait_where_they_do(needs: float, waits: list[float]) -> None:
    lock, told = Lock(needs), []

    def work() -> str:
        with wait_for_lock(lambda: told.append("waiting")):
            return acquire(lock.take, 0.0)

    assert await asyncio.to_thread(work) == "taken"
    assert lock.waits == waits
    assert told == ["waiting"] * (len(waits) - 1)


def test_who_is_not_or_has_a_time_of_their_own_waits_as_they_say() -> None:
    for wait in (0.0, 1.0):
        lock = Lock(5.0)
        with pytest.raises(ReloadBusy):
            acquire(lock.take, wait)
        assert lock.waits == [wait]
    lock = Lock(5.0)
    with wait_for_lock(lambda: None), pytest.raises(ReloadBusy):
        acquire(lock.take, 1.0)
    assert lock.waits == [1.0]
