"""How soon a session with Discord's gateway may be begun: Discord counts them.

Beyond 1,000 a day it ends all sessions of the bot and takes its token away. Taking a session up again is not
counted.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.runtime.clock import Clock

FIRST_PAUSE = 2.0
"""Seconds between the first session and one that is begun anew, doubled for each that follows."""
LONGEST_PAUSE = 180.0
"""Seconds between two, at most: by chance 90 at least, which comes to 960 a day."""
STABLE = 300.0
"""Seconds after which a session counts as one that held, and the next begins at once: were it to end then
each time, it would come to 288 a day. Longer than the longest pause, so that waiting alone does not count."""
LOOK = 5.0
"""Seconds for Discord to say how many are left; without a word the pauses alone keep to the limit."""
LEAST_WAIT = 60.0
"""Seconds to wait where none are left, at least, whatever Discord says of how long."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StartLimit:
    """How many sessions may still be begun, of how many, and in how many seconds that is counted anew.

    `at_once` is how many may begin within five seconds of one another (Discord's `max_concurrency`).
    """

    remaining: int
    total: int
    reset_after: float
    at_once: int = 1


def wanted_pause(row: int, shards: int = 1) -> float:
    """Seconds between two beginnings, of which the second is the `row`-th in a row (the first is 0th).

    With more shards the longest pause is as much longer: the day's sessions are those of all shards together.

    It is up to halved by chance, so that the bots which one fault of Discord's hits do not come back at once.
    """
    if row == 0:
        return 0.0
    wanted = min(FIRST_PAUSE * 2.0 ** (row - 1), LONGEST_PAUSE * shards)
    return wanted * random.uniform(0.5, 1.0)  # noqa: S311 - nothing is kept secret by it


class SessionStarts:
    """Waits before each session for as long as it must."""

    def __init__(
        self,
        clock: Clock,
        limit: Callable[[], Awaitable[StartLimit]],
        turn: Callable[[StartLimit | None], Awaitable[None]] | None = None,
        shards: int = 1,
    ) -> None:
        """`limit` asks Discord; whatever it raises is logged. `turn` waits until no other shard begins at the
        moment. The bot has so many `shards` in all processes."""
        self._turn = turn
        self._shards = shards
        self._clock = clock
        self._limit = limit
        self._last: float | None = None
        self._row = 0

    async def wait(self) -> None:
        """Until another may begin; it is counted as begun then."""
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
            async with asyncio.timeout(LOOK):
                return await self._limit()
        except Exception as error:  # noqa: BLE001 - whatever it is, the pauses hold
            _log.warning("Discord does not say how many sessions are left (%s)", type(error).__name__)
            return None
