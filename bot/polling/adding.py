"""Adds sources: fetches, registers and loads what is at the given locations."""

import random
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from bot.corpus_admin.changes import Reload, drop_leftovers, registered
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import ReloadReport
from bot.corpus_admin.source_fetching import web_fetcher
from bot.corpus_admin.uploads import is_upload
from bot.polling.source_polling import stamp_of_copy
from corpus.article import Article
from corpus.errors import NewsdeskError, UnreadableSource
from corpus.plan import ReloadRequest
from corpus.polling.host_tasks import run_by_host
from corpus.polling.polling_one import poll_one
from corpus.polling.schedule import PAUSE, Schedule
from corpus.problem import MAX_LISTED, Problem, grouped
from corpus.sources.new_address import NewAddress
from corpus.sources.source import ArticleSource, PollResult
from corpus.sources.source_discovery import discover, listed_in
from corpus.storage.source_states import SourceState, SourceStates
from corpus.storage.store_records import Source
from corpus.web.address import is_address
from corpus.web.fetcher import Fetched, Fetcher
from retrieval.progress import ProgressCallback, ignore_progress

REASONS = 3
"""The most kinds of problems that are reported for a source without any article."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A source that is to be added: `fetched` is what was already fetched of it, `given` the location that
    the person named, and `alone` whether its failure does not stop the others, as for one of a list."""

    source: Source
    given: str
    fetched: Fetched | None = None
    alone: bool = False


def add(
    home: Home,
    sources: Sequence[Source],
    reload: Reload,
    *,
    fetcher: Callable[[], Fetcher] = web_fetcher,
    admit: Callable[[int], None] | None = None,
    progress: ProgressCallback = ignore_progress,
    remarks: Sequence[Problem] = (),
) -> ReloadReport:
    """Register sources (with locations as `corpus.sources.sources.absolute` gives them) and load them.

    No other source is read. A list of feeds is replaced by its feeds, and a page that is not an article but
    offers a feed by that feed; the report's problems say so.

    A source that can't be read or fetched is reported before anything is registered (UnreadableSource),
    except for feeds of a list: these are registered all the same and polled again, unless all of them fail.
    If the reload fails, none of the new sources stays. `admit` is called with the number of sources that are
    not registered yet, and raises if there are too many; `progress` reports fetching. The report has the
    `remarks` too. Nobody else changes the corpus while what was fetched is stored and loaded (ReloadBusy).
    """
    with home.locked():
        pass  # if the home is locked, that is reported before anything is fetched
    try:
        return _added(home, sources, reload, cache(fetcher), admit, progress, remarks)
    finally:
        with suppress(NewsdeskError):  # must not hide an exception
            for source in filter(partial(is_upload, home), sources):
                drop_leftovers(home, source)  # a refused upload, or a followed list


def _added(
    home: Home,
    sources: Sequence[Source],
    reload: Reload,
    web: Callable[[], Fetcher],
    admit: Callable[[int], None] | None,
    progress: ProgressCallback,
    said: Sequence[Problem],
) -> ReloadReport:
    # `web` is only called if there is an address.
    remarks = [*said]
    with home.store() as store:
        known = store.sources()
    wanted = list(_wanted(home, [_as_known(source, known) for source in sources], web, remarks))
    if admit and (new := {one.source for one in wanted}.difference(known)):
        admit(len(new))
    polls = _poll_all(home, wanted, web, progress)
    failed = [(one, poll.failure) for one, poll in polls.items() if poll.failure]
    for one, failure in failed:
        if not one.alone or len(failed) == len(wanted):
            raise failure
        reason = f"{failure.reason}; it is followed, and asked again"
        remarks.append(Problem(one.source.location, reason, refused=False))
    everything = [one.source for one in wanted]
    down = {one.source for one, _ in failed}
    with home.locked():
        for poll in polls.values():
            if poll.copy:
                home.fetch_cache.put(poll.copy)
        with registered(home, everything):
            report = reload(ReloadRequest.of_fetched(frozenset(everything) - down))
            _write_states(home, polls)
    return _with_remarks(report, remarks)


def _as_known(source: Source, known: Sequence[Source]) -> Source:
    """A registered source keeps its reading options if none are given now."""
    before = next((one for one in known if one == source), None)
    return before if before and not source.options else source


def _wanted(
    home: Home, sources: Sequence[Source], web: Callable[[], Fetcher], remarks: list[Problem]
) -> Iterator[_Wanted]:
    """The sources to add for the named ones."""
    for source in sources:
        location = source.location
        if not is_address(location):
            offer = listed_in(Path(location))
            if offer is None:
                opened = home.sources.open(location, source.options)
                _check_any(opened, source)
                yield _Wanted(source, location)
                continue
        elif home.fetch_cache.ending(location) is not None:
            yield _Wanted(source, location)  # it was fetched before, so its kind is known
            continue
        else:
            offer = discover(location, web())
        if offer.remark:
            remarks.append(Problem(location, offer.remark, refused=False))
        for there in offer.locations:
            yield _Wanted(replace(source, location=there), location, alone=offer.is_list)
        if not offer.locations:
            yield _Wanted(source, location, offer.fetched)


def _check_any(opened: ArticleSource, source: Source) -> None:
    """Raise UnreadableSource if the source can't be read at all, or has problems and not a single article."""
    refused: list[Problem] = []
    for _, item in opened.read(source.collection):
        if isinstance(item, Article):
            return
        if item.refused and len(refused) < MAX_LISTED:
            refused.append(item)
    if refused:
        kinds = grouped(refused)[:REASONS]
        told = [
            _without_place(kind.first, source) + (f" ({kind.count} like this)" if kind.count > 1 else "")
            for kind in kinds
        ]
        raise UnreadableSource(source.location, f"no article in it can be taken: {'; '.join(told)}")


def _without_place(problem: Problem, source: Source) -> str:
    """The problem without the source's location, which stands before it anyway."""
    if problem.where != source.location:
        return str(problem)
    return problem.reason if problem.line is None else f"line {problem.line}: {problem.reason}"


def _poll_all(
    home: Home, wanted: Sequence[_Wanted], web: Callable[[], Fetcher], progress: ProgressCallback
) -> dict[_Wanted, PollResult]:
    remotes = [one for one in wanted if is_address(one.source.location)]
    if not remotes:
        return {}
    fetcher = web()

    def poll(one: _Wanted) -> PollResult:
        remote = home.sources.fetched(one.source.location, one.source.options)
        if isinstance(remote, NewAddress) and one.fetched is not None:
            return remote.poll_fetched(one.fetched, fetcher)
        return remote.poll(fetcher) if remote else PollResult()

    def poll_safely(one: _Wanted) -> PollResult:
        return poll_one(one.source.location, partial(poll, one))

    tasks = [(one.source.location, one) for one in remotes]
    done: dict[_Wanted, PollResult] = {}
    for one, found in run_by_host(tasks, poll_safely, threading.Event()):
        done[one] = found
        if len(tasks) > 1:
            progress("fetching", len(done), len(tasks))
    return {one: done[one] for one in remotes}


def _write_states(home: Home, polls: dict[_Wanted, PollResult]) -> None:
    """Store when each source is due, so that the next round does not fetch it again."""
    schedule = Schedule(PAUSE, random.Random())  # noqa: S311 - only spreads the polls
    now = datetime.now(UTC)
    with home.store() as store:
        states = SourceStates(store)
        for one, poll in polls.items():
            stamp = stamp_of_copy(poll.copy) if poll.copy else ""
            states.put(one.source, replace(schedule.after(SourceState(), poll, now), stamp=stamp))


def _with_remarks(report: ReloadReport, remarks: Sequence[Problem]) -> ReloadReport:
    if not remarks or not report.plans:
        return report
    first, *others = report.plans
    return replace(report, plans=(replace(first, problems=(*remarks, *first.problems)), *others))
