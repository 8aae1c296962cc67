import asyncio
from typing import Any

import pytest

from bot.runtime.tasks import run_until_one_ends, start_task


@pytest.mark.parametrize("ends", ["by itself", "with an error", "cancelled"])
async def test_a_task_is_kept_until_it_has_ended_however_it_ends(ends: str) -> None:
    tasks: set[asyncio.Task[Any]] = set()
    going = asyncio.Event()

    async def work() -> str:
        await going.wait()
        if ends == "with an error":
            raise ValueError(ends)
        return ends

    task = start_task(work(), tasks, name="held")
    await asyncio.sleep(0)
    assert tasks == {task}
    assert task.get_name() == "held"
    if ends == "cancelled":
        task.cancel()
    going.set()
    (result,) = await asyncio.gather(task, return_exceptions=True)
    assert isinstance(result, str) == (ends == "by itself")
    assert not tasks


async def test_the_others_are_cancelled_when_one_ends_and_its_error_is_raised() -> None:
    cancelled: list[int] = []

    async def waits(number: int) -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.append(number)
            raise

    async def fails() -> None:
        raise ValueError("failed")

    async def ends() -> None:
        pass

    await run_until_one_ends(waits(1), ends(), waits(2))
    assert cancelled == [1, 2]
    with pytest.raises(ValueError, match="failed"):
        await run_until_one_ends(waits(3), fails())
    assert cancelled == [1, 2, 3]
    task = asyncio.create_task(run_until_one_ends(waits(4), waits(5)))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert cancelled == [1, 2, 3, 4, 5]
