"""Several platforms in one process, on one desk, until a signal or a refusal ends them."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Sequence

Platform = Callable[[asyncio.Event], Awaitable[None]]
"""Answers on one platform until the event is set, then finishes what is under way."""
SIGNALS = (signal.SIGTERM, signal.SIGINT)

_log = logging.getLogger(__name__)


async def serve(platforms: Sequence[Platform]) -> None:
    """Answer on all of them. The first signal lets answers under way be finished, a second ends it at once.

    Raises what one of them raises, after the others have finished.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stopped() -> None:
        for number in SIGNALS:
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)
        # Said once it is so: who reads it may send the second signal.
        _log.info("stopping: answers under way are finished first")
        stop.set()

    for number in SIGNALS:
        loop.add_signal_handler(number, stopped)
    tasks = [asyncio.ensure_future(platform(stop)) for platform in platforms]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        stop.set()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
