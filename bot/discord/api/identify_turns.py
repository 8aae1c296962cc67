"""Whose turn it is to begin a session with Discord's gateway, over all shards and processes of the bot.

Discord takes one beginning in five seconds of the shards that have the same number modulo its
`max_concurrency`, whichever process they are in, and ends the session of whoever comes too soon.
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
"""Seconds between two beginnings: Discord's five, and what two connections may differ in opening."""
PATIENCE = 600.0
"""Seconds after which a shard begins whoever else does: the clock of another machine may be wrong."""
LOOK = 5.0
"""Seconds for the database to say whose turn it is; without a word the shard begins, and Discord decides."""
LEAST = 0.1
"""Seconds between two looks at whose turn it is, at least."""
JITTER = 0.3
"""Seconds, at most, by which those who wait for one turn come at different times."""

_log = logging.getLogger(__name__)


class IdentifyTurns:
    """Taken in the chat store, which all processes of a bot share."""

    def __init__(self, service: Service, clock: Clock) -> None:
        """The service must be open."""
        self._service = service
        self._clock = clock
        self.apart = APART
        # The time of day as the clock goes on: other machines compare theirs with it.
        self._since = time.time() - clock.now()

    async def wait(self, application: int | None, shard: int, limit: StartLimit | None) -> None:
        """Until the shard may begin its session; nobody else of its kind does for `APART` seconds then."""
        kind = shard % (limit.at_once if limit else 1)
        note, until = f"discord-start-{application}-{kind}", self._clock.now() + PATIENCE
        while self._clock.now() < until:
            try:
                async with asyncio.timeout(LOOK):
                    wait = await self._service.db_worker.run(self._take, note)
            except (NewsdeskError, TimeoutError) as error:
                _log.warning("nobody says whose turn it is to connect to Discord (%s)", type(error).__name__)
                return
            if wait <= 0:
                return
            spread = random.uniform(0, JITTER)  # noqa: S311 - nothing is kept secret by it
            await self._clock.sleep(wait + spread)

    def _take(self, note: str) -> float:
        """Take the turn; the seconds to wait for the next, 0 if it was taken."""
        notes, now = self._service.chat_store.notes, self._since + self._clock.now()
        if notes.take_turn(note, now, self.apart):
            return 0.0
        last = float(notes.get(note) or now)
        return min(max(last + self.apart - now, LEAST), self.apart)
