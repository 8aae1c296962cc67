import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from bot.service.refusal import Refusal
from bot.service.worker import FIRST_MEAN, Worker


@pytest.fixture
def done() -> list[object]:
    return []


@asynccontextmanager
async def held(worker: Worker, tenant: str = "city") -> AsyncIterator[Callable[[], None]]:
    """A worker that is at work until the block ends, or what it gives is called."""
    begun, free = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        free.wait(10)

    task = asyncio.create_task(worker.run(work, tenant))
    await asyncio.to_thread(begun.wait, 10)
    try:
        yield free.set
    finally:
        free.set()
        await task


async def test_work_is_done_one_after_the_other_in_one_thread_that_is_not_the_loops(
    done: list[object],
) -> None:
    worker = Worker("desk")

    def work() -> str:
        at = len(done)
        done.append(threading.get_ident())
        time.sleep(0.001)
        assert len(done) == at + 1
        return threading.current_thread().name

    names = await asyncio.gather(*(worker.run(work) for _ in range(20)))
    assert len(set(done)) == 1
    assert threading.get_ident() not in done
    assert set(names) == {"desk_0"}
    worker.close()


async def test_a_full_queue_says_how_many_are_ahead_and_for_how_long() -> None:
    worker = Worker("desk", queue=4, share=4)
    async with held(worker):
        waiting = [asyncio.create_task(worker.run(lambda: None, "town")) for _ in range(3)]
        await asyncio.sleep(0)
        assert worker.waiting == 4
        for tenant in ("city", "town", "village"):
            with pytest.raises(Refusal) as caught:
                await worker.run(lambda: None, tenant)
            assert caught.value.key == "busy"
            assert caught.value.values == {"ahead": 4, "seconds": 1}
    await asyncio.gather(*waiting)
    assert worker.waiting == 0
    assert await worker.run(lambda: "again", "town") == "again"
    worker.close()


async def test_one_tenant_can_not_take_the_whole_queue() -> None:
    worker = Worker("desk", queue=10, share=2)
    async with held(worker):
        own = asyncio.create_task(worker.run(lambda: None, "city"))
        await asyncio.sleep(0)
        with pytest.raises(Refusal) as caught:
            await worker.run(lambda: None, "city")
        assert caught.value.values["ahead"] == 2
        other = asyncio.create_task(worker.run(lambda: "mine", "town"))
    assert await other == "mine"
    await own
    assert await worker.run(lambda: "again", "city") == "again"
    worker.close()


async def test_the_seconds_grow_with_how_long_work_has_taken() -> None:
    worker = Worker("desk", queue=1)
    for _ in range(5):
        await worker.run(lambda: time.sleep(0.05))
    expected = FIRST_MEAN
    for _ in range(5):
        expected += 0.1 * (0.05 - expected)
    assert expected - 1e-6 <= worker._mean < 1  # a busy machine takes longer, never shorter
    worker._mean = 7.3
    async with held(worker):
        with pytest.raises(Refusal) as caught:
            await worker.run(lambda: None)
    assert caught.value.values == {"ahead": 1, "seconds": 8}
    worker.close()


async def test_work_that_waited_past_its_deadline_is_refused_and_never_begun(done: list[object]) -> None:
    worker = Worker("desk", deadline=0.05)
    begun, free = threading.Event(), threading.Event()

    def long() -> None:
        begun.set()
        free.wait(10)

    first = asyncio.create_task(worker.run(long))
    await asyncio.to_thread(begun.wait, 10)
    with pytest.raises(Refusal, match="too-late"):
        await worker.run(lambda: done.append("begun"))
    with pytest.raises(Refusal, match="too-late"):
        await first  # its own deadline has passed at work
    free.set()
    await asyncio.to_thread(worker._pool.submit(lambda: None).result, 10)  # behind everything else
    await asyncio.sleep(0)
    assert done == []
    assert worker.waiting == 0
    worker.close()


async def test_work_under_way_at_its_deadline_goes_on_but_is_not_waited_for(done: list[object]) -> None:
    worker = Worker("desk", deadline=0.05)
    free = threading.Event()

    def work() -> None:
        free.wait(10)
        done.append("done")

    with pytest.raises(Refusal, match="too-late"):
        await worker.run(work)
    assert worker.waiting == 1
    free.set()
    assert await worker.run(lambda: "next") == "next"
    assert done == ["done"]
    worker.close()


async def test_a_failure_reaches_who_asked_and_the_worker_goes_on() -> None:
    worker = Worker("desk")

    def broken() -> None:
        raise KeyError("k")

    with pytest.raises(KeyError):
        await worker.run(broken)
    assert worker.waiting == 0
    assert await worker.run(lambda: 2) == 2
    worker.close()


async def test_a_failure_that_nobody_waits_for_any_more_is_no_noise(
    caplog: pytest.LogCaptureFixture,
) -> None:
    worker = Worker("desk", deadline=0.02)
    free = threading.Event()

    def broken() -> None:
        free.wait(10)
        raise KeyError("k")

    with caplog.at_level(logging.WARNING), pytest.raises(Refusal):
        await worker.run(broken)
    free.set()
    await worker.run(lambda: None)
    assert caplog.records == []
    worker.close()


async def test_who_gives_up_waiting_frees_their_place_when_the_work_is_done() -> None:
    worker = Worker("desk", queue=1)
    async with held(worker) as free:
        with pytest.raises(Refusal):
            await worker.run(lambda: None)
        free()
    task = asyncio.create_task(worker.run(lambda: time.sleep(0.02)))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert worker.waiting == 1
    while worker.waiting:
        await asyncio.sleep(0.001)
    assert await worker.run(lambda: "room") == "room"
    worker.close()


async def test_closing_finishes_what_is_under_way_and_begins_nothing_more(done: list[object]) -> None:
    worker = Worker("desk")
    begun, free = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        free.wait(10)
        done.append("under way")

    first = asyncio.create_task(worker.run(work))
    await asyncio.to_thread(begun.wait, 10)
    second = asyncio.create_task(worker.run(lambda: done.append("waiting")))
    await asyncio.sleep(0)
    closing = asyncio.create_task(asyncio.to_thread(worker.close))
    await asyncio.sleep(0.01)
    assert not closing.done()
    free.set()
    await closing
    await first
    with pytest.raises(asyncio.CancelledError):
        await second
    assert done == ["under way"]
    with pytest.raises(Refusal, match="stopping"):
        await worker.run(lambda: done.append("late"))
    assert worker.waiting == 0


async def test_who_is_told_to_stop_stops_also_at_the_moment_that_the_work_is_done(
    done: list[object],
) -> None:
    worker = Worker("desk")

    async def goes_on() -> None:
        await worker.run(lambda: None)
        done.append("went on")
        await asyncio.sleep(60)

    task = asyncio.create_task(goes_on())
    await asyncio.sleep(0)
    while worker.waiting:
        await asyncio.sleep(0)
    assert done == []
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 5)
    assert done == []
    worker.close()
