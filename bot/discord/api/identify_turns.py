"""Takes turns to start gateway sessions, among all shards and processes of the bot.

Discord accepts one start in five seconds from the shards with the same number modulo `max_concurrency`, in
whichever process they are, and closes the session of a shard that starts too early.
"""

import asyncio
import logging
import random
import time

from bot.discord.api.session_starts import StartLimit
from bot.runtime.clock import Clock
from bot.service.service import Service
from corpus.errors import NewsdeskError

APART = 5.5
"""Seconds between two starts: Discord's five, and some for the difference in connection times."""
TURN_TIMEOUT = 600.0
"""Seconds after which a shard starts without a turn, as the clock of another machine may be wrong."""
DATABASE_TIMEOUT = 5.0
"""Timeout in seconds for the database; without a reply the shard starts, and Discord decides."""
LEAST = 0.1
"""The least seconds between two attempts to take a turn."""
JITTER = 0.3
"""The most seconds of random delay, so that waiting shards do not all try at once."""

_log = logging.getLogger(__name__)


class IdentifyTurns:
    """Turns are taken in the chat store, which all processes of a bot share."""

    def __init__(self, service: Service, clock: Clock) -> None:
        """The service must be open."""
        self._service = service
        self._clock = clock
        self.apart = APART
        # The wall clock, advanced by the monotonic one, since other machines compare it with theirs.
        self._since = time.time() - clock.now()

    async def wait(self, application: int | None, shard: int, limit: StartLimit | None) -> None:
        """Wait until the shard may start its session; then no other with the same remainder does for `APART`
        seconds."""
        kind = shard % (limit.at_once if limit else 1)
        note, until = f"discord-start-{application}-{kind}", self._clock.now() + TURN_TIMEOUT
        while self._clock.now() < until:
            try:
                async with asyncio.timeout(DATABASE_TIMEOUT):
                    wait = await self._service.db_worker.run(self._take, note)
            except (NewsdeskError, TimeoutError) as error:
                _log.warning("nobody says whose turn it is to connect to Discord (%s)", type(error).__name__)
                return
            if wait <= 0:
                return
            spread = random.uniform(0, JITTER)  # noqa: S311 - not used for security
            await self._clock.sleep(wait + spread)

    def _take(self, note: str) -> float:
        """Try to take the turn; the seconds to wait before the next attempt, 0 if it was taken."""
        notes, now = self._service.chat_store.notes, self._since + self._clock.now()
        if notes.take_turn(note, now, self.apart):
            return 0.0
        last = float(notes.get(note) or now)
        return min(max(last + self.apart - now, LEAST), self.apart)
