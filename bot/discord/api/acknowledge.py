"""Acknowledging an interaction within the three seconds that Discord gives."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

import discord

from bot.discord.api.send import UNREACHABLE, persist

LIFE = 2.5
"""Seconds after which an interaction is not worth acknowledging any more: it is void after 3."""
TRY = 1.2
"""Seconds that one try at it may take, so that there is time for two. On a busy machine 200 at once take one
each, and trying again too soon would make it busier."""
PAUSE = 0.2
"""Seconds between the two; where they fail at once there is time for more."""
ALREADY_ACKNOWLEDGED = 40060
"""The code of Discord for an interaction that was acknowledged before."""

_log = logging.getLogger(__name__)


async def acknowledge(respond: Callable[[], Awaitable[object]]) -> bool:
    """Respond to an interaction for the first time; False if it is too late to say anything."""
    tries = 0

    async def soon() -> None:
        nonlocal tries
        tries += 1
        await asyncio.wait_for(respond(), TRY)

    try:
        await persist(soon, time.monotonic() + LIFE, PAUSE)
    except TimeoutError:
        # It may have arrived, and then somebody waits for more; if not, the answer finds no place.
        return True
    except discord.HTTPException as error:
        if error.code == ALREADY_ACKNOWLEDGED:
            # Either our first try arrived and its answer was lost, or another connection has it: the one
            # that was first to claim the event goes on.
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
