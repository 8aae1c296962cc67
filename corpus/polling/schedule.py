"""When a source is polled again: what its server and feed ask for, within our own bounds."""

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from corpus.errors import UnreadableSource
from corpus.sources.source import Visit
from corpus.storage.source_states import SourceState
from corpus.web.fetcher import Gone, TryLater

PAUSE = timedelta(minutes=15)
"""Between two visits of a source, where no setting says otherwise: as often as readers of feeds do."""
LONGEST = timedelta(days=1)
"""Between two visits, whatever a server or a feed says: what is a day old is no news."""
PAGE_PAUSE = timedelta(hours=6)
"""Between two visits of a page that is one article: most edits come within hours, and few after a day."""
WAITING_PAUSE = timedelta(minutes=2)
"""Until the next visit where pages of a feed are still to be fetched."""
JITTER = 0.1
"""Share of the time by which a visit may come later, so that feeds which were added together part."""
BACKOFF = 2.0
"""By which the pause grows with each failure in a row."""
TELL_AFTER = 3
"""Failures in a row that are told: one or two are a server that is started again."""
REST_AFTER = timedelta(days=5)
"""Of nothing but failures, after which a source rests: it is asked once in REST."""
REST = timedelta(days=7)
"""Between two visits of a source that rests: some sites come back after weeks."""
MOVES = 2
"""How often in a row a server has to say that a source has moved for good: some do by mistake, for a day."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """`pause` is the time between two visits of a source that says nothing itself, and the least for any."""

    pause: timedelta
    chance: random.Random

    def is_due(self, state: SourceState, now: datetime) -> bool:
        """Whether the source is to be asked; also where a clock that was ahead wrote down its turn."""
        return state.due is None or not now < state.due <= now + REST + LONGEST

    def after(self, state: SourceState, visit: Visit, now: datetime) -> SourceState:
        """The state after a visit."""
        if visit.failure is not None:
            return self._failed(state, visit.failure, now)
        moved = visit.moved or ""
        return replace(
            state,
            due=now + self._late(self._pause(visit)),
            succeeded=now,
            failures=0,
            failing_since=None,
            error="",
            told=False,
            moved=moved,
            moves=state.moves + 1 if moved and moved == state.moved else int(bool(moved)),
        )

    def _pause(self, visit: Visit) -> timedelta:
        copy = visit.copy
        if copy is None:
            return self.pause
        if copy.waiting:
            return min(WAITING_PAUSE, self.pause)
        least = PAGE_PAUSE if copy.ending in (".html", "") else self.pause
        return min(max(least, self.pause, timedelta(seconds=copy.fresh_for)), LONGEST)

    def _failed(self, state: SourceState, failure: UnreadableSource, now: datetime) -> SourceState:
        since = state.failing_since
        since = since if since and since <= now else now  # a clock that was ahead tells no time
        pause = min(self.pause * BACKOFF ** min(state.failures, 20), LONGEST)
        if isinstance(failure, TryLater) and failure.seconds:
            pause = min(max(self.pause, timedelta(seconds=failure.seconds)), LONGEST)
        if isinstance(failure, Gone):
            pause = LONGEST
        if now - since >= REST_AFTER:
            pause = REST
        return replace(
            state,
            due=now + self._late(pause),
            failures=state.failures + 1,
            failing_since=since,
            error=failure.reason,
        )

    def _late(self, pause: timedelta) -> timedelta:
        return pause * (1 + JITTER * self.chance.random())


def is_resting(state: SourceState) -> bool:
    """Whether the source has failed for so long that it is hardly asked any more."""
    return bool(state.failing_since and state.due and state.due - state.failing_since >= REST_AFTER + REST)


def should_report(state: SourceState) -> bool:
    """Whether somebody should hear that the source fails, and has not yet."""
    return state.failures >= TELL_AFTER and not state.told
