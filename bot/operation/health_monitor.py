"""Monitors a bot from inside: its event loop, its threads and its database."""

import asyncio
import logging
import time
from collections import deque
from dataclasses import dataclass

from bot.corpus_admin.home import Home
from bot.measuring.presence import Presence
from bot.service.service import Service
from corpus.storage.source_states import NEVER_ASKED, SourceStates

BEAT = 1.0
"""Seconds between two measurements of the event loop's delay."""
BEATS = 60
"""The number of measurements of which the worst counts: a minute, so that no scrape misses one."""
LOOK = 15.0
"""Seconds between two checks of the database, as Prometheus scrapes by default."""
PATIENCE = 10.0
"""Timeout of a check of the database, in seconds."""
STUCK = 120.0
"""Seconds after which a job counts as stuck: six times the deadline of an answer. Its thread will not
return."""
STARTING = "starting: the corpus and the model are being opened"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How many sources failed at their last poll, and how many did not."""

    failing: int
    sound: int


class HealthMonitor:
    """Monitors one process, from `start` to `stop`; used in the event loop."""

    def __init__(self, presence: Presence, database: str) -> None:
        """`database` is the kind of database, `sqlite` or `postgresql`."""
        self.database = database
        self.service: Service | None = None
        """The service, once it is open."""
        self.starting = STARTING
        """Why the bot can't answer before that."""
        self.sources: SourceHealth | None = None
        self.answers: bool | None = None
        """Whether the database answered at the last check; None before the first."""
        self.look_seconds: float | None = None
        self._presence = presence
        self._beats: deque[float] = deque([0.0], maxlen=BEATS)
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def lag(self) -> float:
        """The worst delay of the event loop in the last minute, in seconds."""
        return max(self._beats)

    def start(self) -> None:
        """Start the checks."""
        self._tasks = [
            asyncio.create_task(self._beat(), name="beat"),
            asyncio.create_task(self._look_again(), name="look at the database"),
        ]

    async def stop(self) -> None:
        """Stop the checks."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def stuck(self) -> dict[str, float]:
        """The threads that have run one job for longer than STUCK, and for how many seconds."""
        workers = self.service.workers if self.service else ()
        return {one.name: busy for one in workers if (busy := one.busy_for) > STUCK}

    def missing(self) -> list[str]:
        """Why the bot can't answer; empty if it can."""
        if self._presence.draining:
            return ["stopping: answers under way are finished, and nothing new is taken"]
        if self.service is None:
            return [self.starting]
        found = [] if self.service.desk.collections else ["corpus: no collection is open"]
        found += [f"{name}: not connected" for name, holds in self._presence.platforms.items() if not holds]
        return found + [f"thread {name}: stuck for {seconds:.0f} s" for name, seconds in self.stuck().items()]

    async def _beat(self) -> None:
        while True:
            due = time.monotonic() + BEAT
            await asyncio.sleep(BEAT)
            self._beats.append(max(0.0, time.monotonic() - due))

    async def _look_again(self) -> None:
        while True:
            if self.service:
                await self._look(self.service.home)
            await asyncio.sleep(LOOK if self.service else BEAT)

    async def _look(self, home: Home) -> None:
        began = time.monotonic()
        try:
            # Waits in the thread have timeouts of their own.
            self.sources = await asyncio.wait_for(asyncio.to_thread(_count, home), PATIENCE)
            self.answers, self.look_seconds = True, time.monotonic() - began
        except Exception:  # noqa: BLE001 - whatever it is, the database did not answer
            self.answers, self.look_seconds = False, None
            _log.debug("the database did not answer", exc_info=True)


def _count(home: Home) -> SourceHealth:
    with home.store() as store:
        known = SourceStates(store).all()
        states = [known.get(one, NEVER_ASKED) for one in store.sources()]
    failing = sum(state.failures > 0 for state in states)
    return SourceHealth(failing, len(states) - failing)
