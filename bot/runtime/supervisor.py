"""Runs several platforms in one process until a signal, or until none is left."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Mapping

from corpus.errors import PlatformRefused

Platform = Callable[[asyncio.Event], Awaitable[None]]
"""Answers on one platform until the event is set, then finishes what is under way."""
SIGNALS = (signal.SIGTERM, signal.SIGINT)

_log = logging.getLogger(__name__)


async def serve(platforms: Mapping[str, Platform], draining: Callable[[], None] = lambda: None) -> None:
    """Answer on all of them, each under its name. The first signal lets answers under way be finished, a
    second ends it at once; `draining` is called with the first.

    One that does not let the bot in, or not any more, is over by itself, and the others go on. Raises
    PlatformRefused, with what each said, once all of them did; whatever else one raises ends all, and is
    raised after the others have finished.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stopped() -> None:
        for number in SIGNALS:
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)
        # Said once it is so: who reads it may send the second signal.
        _log.info("stopping: answers under way are finished first")
        draining()
        stop.set()

    for number in SIGNALS:
        loop.add_signal_handler(number, stopped)
    running = {asyncio.ensure_future(platform(stop)): name for name, platform in platforms.items()}
    refused: list[PlatformRefused] = []
    try:
        left = set(running)
        while left:
            done, left = await asyncio.wait(left, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                try:
                    task.result()
                except PlatformRefused as error:
                    refused.append(error)
                    if left:
                        others = " and ".join(sorted(running[one] for one in left))
                        _log.error("%s is over, %s goes on: %s", running[task], others, error)
    finally:
        stop.set()
        await asyncio.gather(*running, return_exceptions=True)
    if len(refused) == len(running):
        raise PlatformRefused("; ".join(map(str, refused)))
