"""Runs several platforms in one process until a signal, or until none is left."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Mapping

from corpus.errors import PlatformRefused

Platform = Callable[[asyncio.Event], Awaitable[None]]
"""Answers on one platform until the event is set, then finishes what is in progress."""
SIGNALS = (signal.SIGTERM, signal.SIGINT)

_log = logging.getLogger(__name__)


async def serve(platforms: Mapping[str, Platform], draining: Callable[[], None] = lambda: None) -> None:
    """Answer on all platforms, by name. The first signal lets running answers finish, and a second one ends
    the process at once; `draining` is called at the first.

    A platform that rejects the bot ends by itself, and the others continue. Raises PlatformRefused with all
    reasons if all of them did; any other exception stops all platforms, and is raised after they have
    finished.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stopped() -> None:
        for number in SIGNALS:
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)
        # Logged only now, since a reader may send the second signal at once.
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
