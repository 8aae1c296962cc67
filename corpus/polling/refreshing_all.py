"""Fetches many sources at once, for a reload."""

import threading
from collections.abc import Callable, Sequence
from functools import partial

from corpus.errors import UnreadableSource
from corpus.polling.host_tasks import run_by_host
from corpus.polling.polling_one import poll_one
from corpus.problem import Problem
from corpus.sources.refreshing import gone_problem, is_fresh, store_result
from corpus.sources.source import FetchedSource, PollResult
from corpus.web.fetch_cache import FetchCache
from corpus.web.fetcher import Fetcher

Remote = tuple[str, FetchedSource]
"""A source's location, and the source."""


Outcome = Problem | UnreadableSource | None
"""A problem to report, or an error if nothing of the source is available; None if all is well."""


def refresh_all(
    remotes: Sequence[Remote],
    cache: FetchCache,
    fetcher: Callable[[], Fetcher] | None,
    progress: Callable[[str, int, int], None],
) -> dict[str, Outcome]:
    """Fetch the sources and cache their content, except those that were fetched a moment ago. Returns the
    outcomes by location; empty without a fetcher. Raises HomeUnusable.

    Several hosts are requested at a time, so that a slow one does not stop the others; the caller's thread
    writes to the cache.
    """
    outcomes: dict[str, Outcome] = {}
    wanted: dict[str, FetchedSource] = {}
    for location, remote in remotes if fetcher else ():
        last = cache.get(location)
        if is_fresh(last):
            outcomes[location] = gone_problem(last) if last and last.gone else None
        else:
            wanted[location] = remote
    if not wanted or not fetcher:
        return outcomes
    web = fetcher()

    def poll(location: str) -> PollResult:
        return poll_one(location, partial(wanted[location].poll, web))

    progress("fetching", 0, len(wanted))
    tasks = [(location, location) for location in wanted]
    for done, (location, polled) in enumerate(run_by_host(tasks, poll, threading.Event()), 1):
        try:
            outcomes[location] = store_result(polled, cache.get(location), cache)
        except UnreadableSource as error:
            outcomes[location] = error
        progress("fetching", done, len(wanted))
    return outcomes
