"""A search that does not end, so that questions are under way."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.runtime.worker import Worker
from bot.service.service import Service

PATIENCE = 20.0
"""Seconds that it is held at most, and waited for."""


@asynccontextmanager
async def searching(service: Service) -> AsyncIterator[None]:
    """For the time of the block each search takes for ever, so that questions are under way."""
    async with held_up(service.search_worker):
        yield


@asynccontextmanager
async def held_up(*workers: Worker) -> AsyncIterator[None]:
    """For the time of the block all threads of the workers are busy."""
    every = [worker for worker in workers for _ in range(worker.threads)]
    busy, free = threading.Barrier(1 + len(every)), threading.Event()

    def hold() -> None:
        busy.wait(PATIENCE)
        assert free.wait(PATIENCE)

    holding = [asyncio.create_task(worker.run(hold, tenant="the test")) for worker in every]
    await asyncio.to_thread(busy.wait, PATIENCE)
    try:
        yield
    finally:
        free.set()
        await asyncio.gather(*holding)
