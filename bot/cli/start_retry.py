"""Retries a start until its database is available: machines and containers are started in any order."""

import asyncio
import logging
from collections.abc import Callable
from typing import TypeVar

from bot.runtime.backoff import pause
from bot.runtime.clock import Clock, SystemClock
from corpus.errors import DatabaseAway, HomeUnusable, ReloadBusy

LONGEST = 300.0
"""Seconds that a start waits. A server that is started anew, or a standby that is promoted, takes a minute or
two; what is away for longer is somebody's to look after, which the end of the process says."""

T = TypeVar("T")
_log = logging.getLogger(__name__)


def ignore(_reason: str) -> None:
    """Nobody need know what a start waits for."""


async def retry_start(
    open_: Callable[[], T],
    waits: Callable[[str], None] = ignore,
    clock: Clock | None = None,
) -> T:
    """What `open_` gives, called in a thread until the database gives an answer and no other process changes
    the corpus; `waits` is told why each time.

    Raises HomeUnusable after LONGEST seconds without it, and whatever else `open_` raises, at once.
    """
    clock = clock or SystemClock()
    failures, until = 0, clock.now() + LONGEST
    while True:
        began = clock.now()
        try:
            return await asyncio.to_thread(open_)
        except (DatabaseAway, ReloadBusy) as error:
            failures += 1
            wait = pause(failures, clock.now() - began)
            if clock.now() + wait > until:
                raise HomeUnusable(f"given up after {LONGEST / 60:.0f} minutes: {error}") from error
            _log.warning("not started yet, trying again in %.0f s: %s", wait, error)
            waits(str(error))
            await clock.sleep(wait)
