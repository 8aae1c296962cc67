"""Limits how often gateway sessions are started, since Discord counts them.

Beyond 1,000 a day it ends all sessions of the bot and resets its token. Resuming a session is not counted.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.runtime.clock import Clock
from corpus.doubling import doubled

FIRST_PAUSE = 2.0
"""Seconds between the first session and the next new one, doubled for each that follows."""
LONGEST_PAUSE = 180.0
"""The most seconds between two starts: with the random factor at least 90, which makes at most 960 a day."""
STABLE = 300.0
"""Seconds after which a session counts as stable, and the next one starts at once: at most 288 a day. Longer
than the longest pause, so that waiting alone does not count as stable."""
LIMIT_TIMEOUT = 5.0
"""Timeout in seconds for asking Discord how many starts are left; without a reply the pauses alone keep to
the limit."""
LEAST_WAIT = 60.0
"""The least seconds to wait if no starts are left, whatever Discord says."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StartLimit:
    """How many sessions may still be started, of how many in all, and in how many seconds the count is reset.

    `at_once` is how many may be started within five seconds (Discord's `max_concurrency`).
    """

    remaining: int
    total: int
    reset_after: float
    at_once: int = 1


def wanted_pause(row: int, shards: int = 1) -> float:
    """Seconds between two starts, of which the second is the `row`-th in a row (the first is the 0th).

    The longest pause is multiplied by the number of shards, as all of them share the daily limit.

    A random factor of 0.5 to 1 spreads out bots that a failure of Discord disconnects at the same time.
    """
    if row == 0:
        return 0.0
    wanted = doubled(FIRST_PAUSE, row - 1, LONGEST_PAUSE * shards)
    return wanted * random.uniform(0.5, 1.0)  # noqa: S311 - not used for security


class SessionStarts:
    """Waits as long as necessary before each new session."""

    def __init__(
        self,
        clock: Clock,
        limit: Callable[[], Awaitable[StartLimit]],
        turn: Callable[[StartLimit | None], Awaitable[None]] | None = None,
        shards: int = 1,
    ) -> None:
        """`limit` requests the current limit from Discord; its exceptions are logged. `turn` waits until no
        other shard is starting. `shards` is the number of shards in all processes."""
        self._turn = turn
        self._shards = shards
        self._clock = clock
        self._limit = limit
        self._last: float | None = None
        self._row = 0

    async def wait(self) -> None:
        """Wait until another session may be started, and count it."""
        if self._last is not None:
            gone = self._clock.now() - self._last
            self._row = 0 if gone >= STABLE else self._row + 1
            if (left := wanted_pause(self._row, self._shards) - gone) > 0:
                if self._row > 1:
                    _log.warning("Discord ended %d sessions in a row, next one in %.0f s", self._row, left)
                await self._clock.sleep(left)
        while (limit := await self._asked()) and limit.remaining < 1:
            wait = max(limit.reset_after, LEAST_WAIT)
            at = datetime.now(UTC) + timedelta(seconds=wait)
            _log.warning(
                "Discord lets the bot begin no more sessions today, after %d: connecting again at %s UTC",
                limit.total,
                f"{at:%Y-%m-%d %H:%M}",
            )
            await self._clock.sleep(wait)
        if self._turn is not None:
            await self._turn(limit)
        self._last = self._clock.now()

    async def _asked(self) -> StartLimit | None:
        try:
            async with asyncio.timeout(LIMIT_TIMEOUT):
                return await self._limit()
        except Exception as error:  # noqa: BLE001 - the pauses keep to the limit
            _log.warning("Discord does not say how many sessions are left (%s)", type(error).__name__)
            return None
