"""Retries a start until its database is available, since containers may start in any order."""

import asyncio
import logging
from collections.abc import Callable
from typing import TypeVar

from bot.runtime.backoff import pause
from bot.runtime.clock import Clock, SystemClock
from corpus.errors import DatabaseAway, HomeUnusable, ReloadBusy

LONGEST_START = 300.0
"""Seconds that a start waits at most. A restarted server or a promoted standby takes a minute or two; after a
longer outage the process ends, so that an operator notices."""

T = TypeVar("T")
_log = logging.getLogger(__name__)


def ignore(_reason: str) -> None:
    """Do nothing with the reason for waiting."""


async def retry_start(
    open_: Callable[[], T],
    waits: Callable[[str], None] = ignore,
    clock: Clock | None = None,
) -> T:
    """Call `open_` in a thread, again and again while it raises DatabaseAway or ReloadBusy, and return its
    result. `waits` is called with the reason before each pause.

    Raises HomeUnusable if it does not succeed within LONGEST_START seconds; all other errors are raised at
    once.
    """
    clock = clock or SystemClock()
    failures, until = 0, clock.now() + LONGEST_START
    while True:
        began = clock.now()
        try:
            return await asyncio.to_thread(open_)
        except (DatabaseAway, ReloadBusy) as error:
            failures += 1
            wait = pause(failures, clock.now() - began)
            if clock.now() + wait > until:
                raise HomeUnusable(f"given up after {LONGEST_START / 60:.0f} minutes: {error}") from error
            _log.warning("not started yet, trying again in %.0f s: %s", wait, error)
            waits(str(error))
            await clock.sleep(wait)
