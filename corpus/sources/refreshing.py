"""Fetches a source again and caches its content."""

from datetime import datetime, timedelta

from corpus.dates import day_in_words
from corpus.errors import UnreadableSource
from corpus.problem import Problem
from corpus.sources.source import FetchedSource, Visit
from corpus.web.fetch_cache import Copy, FetchCache, now
from corpus.web.fetcher import Fetcher

MIN_INTERVAL = timedelta(minutes=1)
"""An address is asked no more often, however often one reloads: sites are not ours to wear out."""


def refreshed(source: FetchedSource, location: str, cache: FetchCache, fetcher: Fetcher) -> Problem | None:
    """Fetch the source and keep what it holds, unless that was done a moment ago.

    Where it can't be fetched or holds no article, the last good copy stays and the problem says so. Raises
    UnreadableSource where there is no copy, HomeUnusable.
    """
    last = cache.get(location)
    if is_fresh(last):
        return gone_problem(last) if last and last.gone else None
    return kept(source.visit(fetcher), last, cache)


def is_fresh(last: Copy | None) -> bool:
    """Whether the copy was fetched a moment ago."""
    return last is not None and timedelta() <= now() - last.fetched < MIN_INTERVAL


def kept(visit: Visit, last: Copy | None, cache: FetchCache) -> Problem | None:
    """Keep what came of a visit of a source of which there was that copy, as `refreshed` does."""
    if visit.copy is not None:
        cache.put(visit.copy)
    if visit.failure is None:
        return None
    if last is None:
        raise visit.failure
    return standing_problem(visit.copy or last, visit.failure)


def standing_problem(copy: Copy, failure: UnreadableSource) -> Problem:
    """That the source could not be had, and what stands meanwhile."""
    if copy.gone:
        return gone_problem(copy)
    stays = f"what it held on {_moment(copy.fetched)} stays"
    return Problem(copy.location, f"it could not be fetched: {failure.reason}; {stays}", refused=False)


def gone_problem(gone: Copy) -> Problem:
    """That what a source held was taken away."""
    reason = f"it is gone since {_moment(gone.fetched)} (404 or 410): its articles are taken out"
    return Problem(gone.location, reason, refused=False)


def _moment(moment: datetime) -> str:
    return f"{day_in_words(moment)}, {moment:%H:%M} UTC"
