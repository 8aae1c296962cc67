import asyncio
from typing import Any

import pytest

from bot.runtime.tasks import start_task


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
