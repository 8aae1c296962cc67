"""A search that does not end, so that questions are under way."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.service.service import Service

PATIENCE = 20.0
"""Seconds that it is held at most, and waited for."""


@asynccontextmanager
async def searching(service: Service) -> AsyncIterator[None]:
    """For the time of the block the search takes for ever, so that questions are under way."""
    release, held = threading.Event(), threading.Event()

    def hold() -> None:
        held.set()
        release.wait(PATIENCE)

    holding = asyncio.create_task(service.search_worker.run(hold, tenant="the test"))
    await asyncio.to_thread(held.wait, PATIENCE)
    try:
        yield
    finally:
        release.set()
        await holding
