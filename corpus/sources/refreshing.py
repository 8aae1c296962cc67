"""Stores what was fetched of a source again, and tells what is served if it could not be fetched."""

from datetime import datetime, timedelta

from corpus.dates import day_in_words
from corpus.errors import UnreadableSource
from corpus.problem import Problem
from corpus.sources.source import PollResult
from corpus.web.fetch_cache import CachedContent, FetchCache, now

MIN_INTERVAL = timedelta(minutes=1)
"""The least time between two requests for an address, however often somebody reloads, to spare the site."""


def is_fresh(last: CachedContent | None) -> bool:
    """Whether the content was fetched less than MIN_INTERVAL ago."""
    return last is not None and timedelta() <= now() - last.fetched < MIN_INTERVAL


def store_result(poll: PollResult, last: CachedContent | None, cache: FetchCache) -> Problem | None:
    """Store the result of a poll; `last` is the content that was cached before.

    If the source could not be fetched or has no article, the cached content stays and a problem is returned.
    Raises UnreadableSource if nothing was cached, HomeUnusable.
    """
    if poll.copy is not None:
        cache.put(poll.copy)
    if poll.failure is None:
        return None
    if last is None:
        raise poll.failure
    return standing_problem(poll.copy or last, poll.failure)


def standing_problem(copy: CachedContent, failure: UnreadableSource) -> Problem:
    """The problem that a source could not be fetched, with the date of the content that is still served."""
    if copy.gone:
        return gone_problem(copy)
    kept = f"its content of {_moment(copy.fetched)} is kept"
    return Problem(copy.location, f"it could not be fetched: {failure.reason}; {kept}", refused=False)


def gone_problem(gone: CachedContent) -> Problem:
    """The problem that a source is gone and its articles are removed."""
    reason = f"it has been missing since {_moment(gone.fetched)} (404 or 410): its articles are removed"
    return Problem(gone.location, reason, refused=False)


def _moment(moment: datetime) -> str:
    return f"{day_in_words(moment)}, {moment:%H:%M} UTC"
