"""Tasks of the event loop that nobody awaits at once."""

import asyncio
from collections.abc import Coroutine
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
