import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

import pytest

from bot.chat.refusal import Refusal
from bot.runtime.worker import FIRST_MEAN, Worker


@pytest.fixture
def done() -> list[object]:
    return []


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker("desk")
    yield made
    made.close()


@asynccontextmanager
async def held(
    worker: Worker, tenant: str = "city"
) -> AsyncIterator[tuple[asyncio.Task[None], Callable[[], None]]]:
    """A worker that is at work until the block ends, or what it gives beside the task is called."""
    begun, free = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        free.wait(10)

    task = asyncio.create_task(worker.run(work, tenant=tenant))
    await asyncio.to_thread(begun.wait, 10)
    try:
        yield task, free.set
    finally:
        free.set()
        await asyncio.wait({task})


async def test_work_is_done_one_after_the_other_in_one_thread_that_is_not_the_loops(
    worker: Worker, done: list[object]
) -> None:
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


async def test_a_full_queue_says_how_many_are_ahead_and_for_how_long() -> None:
    worker = Worker("desk", queue=3)
    async with held(worker):
        waiting = [
            asyncio.create_task(worker.run(lambda: None, tenant=tenant))
            for tenant in ("city", "town", "village")
        ]
        await asyncio.sleep(0)
        assert worker.waiting == 4
        for tenant in ("city", "town", "village", "hamlet"):
            with pytest.raises(Refusal) as caught:
                await worker.run(lambda: None, tenant=tenant)
            assert caught.value.key == "busy"
            assert caught.value.values == {"ahead": 4, "seconds": 1}
    await asyncio.gather(*waiting)
    assert worker.waiting == 0
    assert await worker.run(lambda: "again", tenant="town") == "again"
    worker.close()


async def test_a_tenant_that_fills_the_queue_makes_room_for_anothers_and_is_told_to_wait() -> None:
    worker = Worker("desk", queue=4)
    async with held(worker, "city"):
        own = [asyncio.create_task(worker.run(lambda: "city's", tenant="city")) for _ in range(4)]
        await asyncio.sleep(0)
        with pytest.raises(Refusal, match="busy"):
            await worker.run(lambda: None, tenant="city")
        others = [asyncio.create_task(worker.run(lambda: "town's", tenant="town")) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Refusal, match="busy"):
            await worker.run(lambda: None, tenant="town")  # it would have as many
    assert await asyncio.gather(*others) == ["town's", "town's"]
    assert await asyncio.gather(*own[:2]) == ["city's", "city's"]
    for late in own[2:]:
        with pytest.raises(Refusal) as caught:
            await late
        assert caught.value.values == {"ahead": 4, "seconds": 1}
    worker.close()


async def test_tenants_take_turns_however_many_one_of_them_asks(worker: Worker, done: list[object]) -> None:
    async with held(worker, "city"):
        tasks = [asyncio.create_task(worker.run(done.append, n, tenant="city")) for n in range(50)]
        await asyncio.sleep(0)
        tasks += [
            asyncio.create_task(worker.run(done.append, name, tenant=name))
            for name in ("town", "village", "town")
        ]
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    assert done == [0, "town", "village", 1, "town", *range(2, 50)]


async def test_work_can_have_a_shorter_deadline_of_its_own(worker: Worker, done: list[object]) -> None:
    async with held(worker):
        with pytest.raises(Refusal, match="too-late"):
            await worker.run(done.append, "begun", deadline=0.02)
        assert worker.waiting == 1  # nothing is kept for who has gone
    assert done == []


async def test_a_deadline_of_the_works_own_is_no_deadline_of_the_worker(worker: Worker) -> None:
    def work() -> None:
        raise TimeoutError("a site was slow")

    with pytest.raises(TimeoutError, match="a site was slow"):
        await worker.run(work)


async def test_the_seconds_grow_with_how_long_work_has_taken() -> None:
    worker = Worker("desk", queue=1)
    for _ in range(5):
        await worker.run(time.sleep, 0.05)
    expected = FIRST_MEAN
    for _ in range(5):
        expected += 0.1 * (0.05 - expected)
    assert expected - 1e-6 <= worker._mean < 1  # a busy machine takes longer, never shorter
    worker._mean = 7.3
    async with held(worker):
        other = asyncio.create_task(worker.run(lambda: None))
        await asyncio.sleep(0)
        with pytest.raises(Refusal) as caught:
            await worker.run(lambda: None)
    assert caught.value.values == {"ahead": 2, "seconds": 15}
    await other
    worker.close()


async def test_work_that_waited_past_its_deadline_is_refused_and_never_begun(done: list[object]) -> None:
    worker = Worker("desk", deadline=0.05)
    async with held(worker) as (first, free):
        with pytest.raises(Refusal, match="too-late"):
            await worker.run(done.append, "begun")
        with pytest.raises(Refusal, match="too-late"):
            await first  # its own deadline has passed at work
        free()
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


async def test_a_failure_reaches_who_asked_and_the_worker_goes_on(worker: Worker) -> None:
    def broken() -> None:
        raise KeyError("k")

    with pytest.raises(KeyError):
        await worker.run(broken)
    assert worker.waiting == 0
    assert await worker.run(lambda: 2) == 2


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


async def test_who_gives_up_waiting_frees_their_place_at_once() -> None:
    worker = Worker("desk", queue=1)
    async with held(worker):
        given_up = asyncio.create_task(worker.run(lambda: None))
        await asyncio.sleep(0)
        with pytest.raises(Refusal):
            await worker.run(lambda: None)
        given_up.cancel()
        with pytest.raises(asyncio.CancelledError):
            await given_up
        assert worker.waiting == 1
        other = asyncio.create_task(worker.run(lambda: "room"))
        await asyncio.sleep(0)
    assert await other == "room"
    worker.close()


async def test_what_is_under_way_counts_until_it_is_done_also_where_nobody_waits_for_it_any_more() -> None:
    worker = Worker("desk", queue=1)
    async with held(worker) as (task, free):
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert worker.waiting == 1
        free()
        assert await worker.run(lambda: "next") == "next"
    assert worker.waiting == 0
    worker.close()


async def test_closing_finishes_what_is_under_way_and_refuses_what_waits(
    worker: Worker, done: list[object]
) -> None:
    async with held(worker) as (first, free):
        second = asyncio.create_task(worker.run(done.append, "waiting"))
        await asyncio.sleep(0)
        closing = asyncio.create_task(asyncio.to_thread(worker.close))
        with pytest.raises(Refusal, match="stopping"):
            await second  # and is told at once
        assert not closing.done()
        free()
        await closing
        await first
    with pytest.raises(Refusal, match="stopping"):
        await worker.run(done.append, "late")
    assert done == []
    assert worker.waiting == 0


async def test_who_is_told_to_stop_stops_also_at_the_moment_that_the_work_is_done(
    worker: Worker, done: list[object]
) -> None:
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


async def test_what_each_piece_waited_and_took_is_told_and_how_long_the_one_under_way_lasts() -> None:
    told: list[tuple[float, float]] = []
    worker = Worker("desk", observe=lambda waited, worked: told.append((waited, worked)))
    assert worker.busy_for == 0
    go_on = threading.Event()
    first = asyncio.create_task(worker.run(go_on.wait))
    second = asyncio.create_task(worker.run(lambda: None))
    await asyncio.sleep(0.1)
    assert 0.05 < worker.busy_for < 5
    go_on.set()
    await asyncio.gather(first, second)
    await asyncio.to_thread(worker.close)
    assert worker.busy_for == 0
    (no_wait, worked), (waited, _) = told
    assert no_wait < waited
    assert worked > 0.05
    assert waited > 0.05


async def test_work_is_done_in_as_many_threads_as_there_are_and_tenants_still_take_turns(
    done: list[object],
) -> None:
    worker = Worker("desk", threads=2)
    together = threading.Barrier(2)

    def work(name: str) -> str:
        together.wait(10)  # a single thread would wait for ever
        done.append(name)
        return threading.current_thread().name

    async with held(worker), held(worker):
        names = ["city", "city", "city", "town"]
        tasks = [asyncio.create_task(worker.run(work, name, tenant=name)) for name in names]
        await asyncio.sleep(0)
        assert worker.waiting == 6
    assert set(await asyncio.gather(*tasks)) == {"desk_0", "desk_1"}
    assert "town" in done[:2]
    assert worker.waiting == 0
    worker.close()


async def test_several_threads_are_through_sooner_and_the_longest_piece_is_how_long_they_are_busy() -> None:
    worker = Worker("desk", threads=2, queue=1)
    worker._mean = 7.0
    async with held(worker):
        await asyncio.sleep(0.05)
        async with held(worker):
            assert worker.busy_for > 0.05
            waiting = asyncio.create_task(worker.run(lambda: None))
            await asyncio.sleep(0)
            with pytest.raises(Refusal) as caught:
                await worker.run(lambda: None)
            assert caught.value.values == {"ahead": 3, "seconds": 11}
        assert worker.busy_for > 0.05
        await waiting
    worker.close()
    assert worker.busy_for == 0
