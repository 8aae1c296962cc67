"""Watches a bot from inside: its event loop, its threads and its database."""

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
"""Seconds between two looks at how late the event loop is."""
BEATS = 60
"""Looks of which the worst counts: a minute, so that no scrape misses one."""
LOOK = 15.0
"""Seconds between two looks at the database, as Prometheus scrapes by default."""
PATIENCE = 10.0
"""Seconds after which a look at the database counts as no answer."""
STUCK = 120.0
"""Seconds that a piece of work may take: six times the deadline of an answer. A thread that is longer at one
will not come back."""
STARTING = "starting: the corpus and the model are being opened"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SourceCount:
    """How many sources could not be had at their last visit, and how many could."""

    failing: int
    sound: int


class Watch:
    """One process's, from `start` to `stop`; read in the event loop."""

    def __init__(self, presence: Presence, database: str) -> None:
        """`database` is what state is kept in, `sqlite` or `postgresql`."""
        self.database = database
        self.service: Service | None = None
        """What is watched, once it is open."""
        self.starting = STARTING
        """Why it can't answer before that."""
        self.sources: SourceCount | None = None
        self.answers: bool | None = None
        """Whether the database answered when last looked at; None before that."""
        self.look_seconds: float | None = None
        self._presence = presence
        self._beats: deque[float] = deque([0.0], maxlen=BEATS)
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def lag(self) -> float:
        """The worst delay of the event loop in the last minute, in seconds."""
        return max(self._beats)

    def start(self) -> None:
        """Begin."""
        self._tasks = [
            asyncio.create_task(self._beat(), name="beat"),
            asyncio.create_task(self._look_again(), name="look at the database"),
        ]

    async def stop(self) -> None:
        """End."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def stuck(self) -> dict[str, float]:
        """The threads that are at one piece of work for longer than STUCK, and for how many seconds."""
        workers = self.service.workers if self.service else ()
        return {one.name: busy for one in workers if (busy := one.busy_for) > STUCK}

    def missing(self) -> list[str]:
        """What is missing for the bot to answer; nothing if it can."""
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
            # What waits in the thread has limits of its own.
            self.sources = await asyncio.wait_for(asyncio.to_thread(_count, home), PATIENCE)
            self.answers, self.look_seconds = True, time.monotonic() - began
        except Exception:  # noqa: BLE001 - whatever it is, it gave no answer, and the log has it elsewhere
            self.answers, self.look_seconds = False, None
            _log.debug("the database did not answer", exc_info=True)


def _count(home: Home) -> SourceCount:
    with home.store() as store:
        known = SourceStates(store).all()
        states = [known.get(one, NEVER_ASKED) for one in store.sources()]
    failing = sum(state.failures > 0 for state in states)
    return SourceCount(failing, len(states) - failing)
