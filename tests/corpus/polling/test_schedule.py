"""When a source is asked again. What comes of it in rounds is in `tests/bot/polling/test_poller.py`."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableSource
from corpus.polling.schedule import (
    JITTER,
    MAX_PAUSE,
    PAGE_PAUSE,
    REST,
    WAITING_PAUSE,
    Schedule,
    is_resting,
    should_report,
)
from corpus.sources.known_item import FEED_ENDING
from corpus.sources.source import PollResult
from corpus.storage.source_states import NEVER_ASKED, SourceState
from corpus.web.fetch_cache import CachedContent
from corpus.web.fetcher import Gone, RetryLater

NOW = datetime(2026, 1, 14, 9, tzinfo=UTC)
PAUSE = timedelta(minutes=15)
HERE = "https://harbour.example/feed"


def schedule(seed: int = 1) -> Schedule:
    return Schedule(PAUSE, random.Random(seed))


def copy(ending: str = FEED_ENDING, fresh_for: int = 0, waiting: int = 0) -> CachedContent:
    return CachedContent(HERE, HERE, ending, NOW, b"", fresh_for=fresh_for, waiting=waiting)


@pytest.mark.parametrize(
    ("held", "pause"),
    [
        (copy(), PAUSE),
        (copy(fresh_for=60), PAUSE),
        (copy(fresh_for=3600), timedelta(hours=1)),
        (copy(fresh_for=10**9), MAX_PAUSE),
        (copy(waiting=3, fresh_for=3600), WAITING_PAUSE),
        (copy(".html"), PAGE_PAUSE),
        (copy(".jsonl"), PAUSE),
        (None, PAUSE),
    ],
)
def test_a_source_is_asked_after_what_it_says_within_our_bounds(
    held: CachedContent | None, pause: timedelta
) -> None:
    due = schedule().after(NEVER_ASKED, PollResult(held), NOW).due
    assert due
    assert pause <= due - NOW <= pause * (1 + JITTER)


def test_sources_that_were_added_together_part() -> None:
    one = schedule()
    dues = {one.after(NEVER_ASKED, PollResult(copy()), NOW).due for _ in range(20)}
    assert len(dues) > 10


@given(
    st.lists(
        st.sampled_from(
            [
                PollResult(copy()),
                PollResult(failure=UnreadableSource(HERE, "down")),
                PollResult(failure=RetryLater(HERE, "later", 10**9)),
                PollResult(failure=RetryLater(HERE, "later")),
                PollResult(failure=Gone(HERE, "gone")),
                PollResult(copy(fresh_for=10**9)),
            ]
        ),
        min_size=1,
        max_size=60,
    ),
    st.timedeltas(timedelta(days=-400), timedelta(days=400)),
)
def test_whatever_happens_a_source_is_asked_again_in_time(polls: list[PollResult], jump: timedelta) -> None:
    state, now, its = NEVER_ASKED, NOW, schedule()
    for number, poll in enumerate(polls):
        state = its.after(state, poll, now)
        assert state.due
        assert min(PAUSE, WAITING_PAUSE) <= state.due - now <= REST * (1 + JITTER) or poll.failure
        assert not its.is_due(state, now)
        now = state.due + timedelta(seconds=1)
        assert its.is_due(state, now)
        if number == len(polls) // 2:
            now += jump
    assert its.is_due(state, NOW + timedelta(days=4000))
    assert its.is_due(state, NOW - timedelta(days=4000)), "a clock that was ahead"
    assert (state.failures == 0) == (polls[-1].failure is None)


def test_failures_are_counted_and_forgotten() -> None:
    state, its = NEVER_ASKED, schedule()
    failing = PollResult(failure=UnreadableSource(HERE, "down"))
    for count in range(1, 5):
        state = its.after(state, failing, NOW + timedelta(hours=count))
        assert (state.failures, state.error) == (count, "down")
        assert state.failing_since == NOW + timedelta(hours=1)
        assert should_report(state) == (count >= 3)
    assert not is_resting(state)
    state = its.after(state, failing, NOW + timedelta(days=6))
    assert is_resting(state)
    state = its.after(state, PollResult(copy()), NOW + timedelta(days=13))
    assert state == SourceState(due=state.due, succeeded=NOW + timedelta(days=13))
