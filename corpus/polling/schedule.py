"""Decides when a source is polled again: as its server and feed ask, within limits."""

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from corpus.doubling import doubled
from corpus.errors import UnreadableSource
from corpus.sources.source import PollResult
from corpus.storage.source_states import SourceState
from corpus.web.fetcher import Gone, RetryLater

PAUSE = timedelta(minutes=15)
"""The default pause between two polls of a source, which is that of common feed readers."""
MAX_PAUSE = timedelta(days=1)
"""The longest pause, whatever a server or a feed asks for: day-old news is no news."""
PAGE_PAUSE = timedelta(hours=6)
"""The pause for a page with one article: most edits come within hours, and few after a day."""
WAITING_PAUSE = timedelta(minutes=2)
"""The pause while pages of a feed are still to be fetched."""
JITTER = 0.1
"""The share of the pause by which a poll is randomly delayed, so that feeds added together spread out."""
REPORT_AFTER = 3
"""The failures in a row that are reported: one or two are a server that restarts."""
REST_AFTER = timedelta(days=5)
"""The time of nothing but failures after which a source rests, which means that it is polled once in REST."""
REST = timedelta(days=7)
"""The pause of a resting source: some sites come back after weeks."""
MOVES = 2
"""How often in a row a server must send a permanent redirect for the source to move: some do so by mistake,
for a day."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """The polling schedule. `pause` is the pause of a source that asks for none, and the minimum for all
    others; `rng` delays polls randomly."""

    pause: timedelta
    rng: random.Random

    def is_due(self, state: SourceState, now: datetime) -> bool:
        """Whether the source is due, or its time is so far ahead that a wrong clock must have set it."""
        return state.due is None or not now < state.due <= now + REST + MAX_PAUSE

    def after(self, state: SourceState, poll: PollResult, now: datetime) -> SourceState:
        """The state after a poll."""
        if poll.failure is not None:
            return self._failed(state, poll.failure, now)
        moved = poll.moved or ""
        return replace(
            state,
            due=now + self._late(self._pause(poll)),
            succeeded=now,
            failures=0,
            failing_since=None,
            error="",
            told=False,
            moved=moved,
            moves=state.moves + 1 if moved and moved == state.moved else int(bool(moved)),
        )

    def _pause(self, poll: PollResult) -> timedelta:
        copy = poll.copy
        if copy is None:
            return self.pause
        if copy.waiting:
            return min(WAITING_PAUSE, self.pause)
        least = PAGE_PAUSE if copy.ending in (".html", "") else self.pause
        return min(max(least, self.pause, timedelta(seconds=copy.fresh_for)), MAX_PAUSE)

    def _failed(self, state: SourceState, failure: UnreadableSource, now: datetime) -> SourceState:
        since = state.failing_since
        since = since if since and since <= now else now  # a wrong clock may have set a time in the future
        pause = doubled(self.pause, state.failures, MAX_PAUSE)
        if isinstance(failure, RetryLater) and failure.seconds:
            pause = min(max(self.pause, timedelta(seconds=failure.seconds)), MAX_PAUSE)
        if isinstance(failure, Gone):
            pause = MAX_PAUSE
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
        return pause * (1 + JITTER * self.rng.random())


def is_resting(state: SourceState) -> bool:
    """Whether the source has failed for so long that it is polled rarely."""
    return bool(state.failing_since and state.due and state.due - state.failing_since >= REST_AFTER + REST)


def should_report(state: SourceState) -> bool:
    """Whether the failures of a source should be reported now: there are enough, and they were not reported
    yet."""
    return state.failures >= REPORT_AFTER and not state.told
