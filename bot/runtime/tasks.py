"""Starting tasks of the event loop, and ending them."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")


def start_task(
    work: Coroutine[Any, Any, T], tasks: set[asyncio.Task[Any]], *, name: str | None = None
) -> asyncio.Task[T]:
    """Start a task that is in `tasks` until it has ended: the event loop alone does not keep a task alive."""
    task = asyncio.create_task(work, name=name)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
    return task


async def cancel_task(task: asyncio.Task[None]) -> None:
    """Cancel a task, and wait until it has ended. Raises what it raised."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def run_until_one_ends(*works: Coroutine[Any, Any, None], name: str | None = None) -> None:
    """Run coroutines at the same time until one has ended, then cancel the others. Raises what it raised."""
    tasks = [asyncio.create_task(work, name=name) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            if task.done():
                task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
