"""Acknowledges an interaction within the three seconds that Discord allows."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

import discord

from bot.discord.api.send import UNREACHABLE, persist

LIFE = 2.5
"""Seconds for which acknowledging is tried: the interaction expires after 3."""
TRY = 1.2
"""Timeout in seconds of one attempt, so that there is time for two. On a busy machine each of 200 concurrent
ones takes one second, and earlier retries would make it busier."""
PAUSE = 0.2
"""Seconds between attempts; if they fail at once there is time for more than two."""
ALREADY_ACKNOWLEDGED = 40060
"""Discord's error code for an interaction that was acknowledged before."""

_log = logging.getLogger(__name__)


async def acknowledge(respond: Callable[[], Awaitable[object]]) -> bool:
    """Send the first response to an interaction; False if it was not accepted in time."""
    tries = 0

    async def soon() -> None:
        nonlocal tries
        tries += 1
        await asyncio.wait_for(respond(), TRY)

    try:
        await persist(soon, time.monotonic() + LIFE, PAUSE)
    except TimeoutError:
        # It may have arrived, and then the person waits for the answer; if not, sending the answer will fail.
        return True
    except discord.HTTPException as error:
        if error.code == ALREADY_ACKNOWLEDGED:
            # Either an earlier attempt of ours arrived and its response was lost, or another connection
            # acknowledged it: then the process that claimed the event first continues.
            if tries == 1:
                _log.warning(
                    "an interaction was acknowledged before: does another process use this token? Then "
                    "stop one of the two, or people get what they ask for twice"
                )
            return True
        _log.warning("an interaction could not be acknowledged: %s (%s)", error.code, error.status)
        return False
    except UNREACHABLE as error:
        _log.warning("an interaction could not be acknowledged: %s", type(error).__name__)
        return False
    return True
