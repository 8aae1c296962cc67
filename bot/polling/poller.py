"""A round of polling: polls the sources that are due, stores their content, and reloads what changed; of
local files, only changes are detected.

A round can be interrupted anywhere without losing anything, because of the order of its writes: first the
mark that a source is unread, then its content with its ETag in one file, then when it is due again. A reload
reads everything that is unread, and only then removes the mark.
"""

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby

from filelock import FileLock, Timeout

from bot.corpus_admin.home import Home
from bot.corpus_admin.source_fetching import web_fetcher
from bot.corpus_admin.uploads import is_upload
from bot.polling.poll_report import PollReport
from bot.polling.reload_with_progress import ReloadWithProgress
from bot.polling.round_results import PolledSource, RoundResults
from bot.polling.source_polling import poll_source, stamp_of_copy, stamp_of_files
from corpus.errors import (
    HomeUnusable,
    NewsdeskError,
    OverLimit,
    ReloadBusy,
    ReloadRefused,
    UnreadableSource,
)
from corpus.plan import ReloadRequest
from corpus.polling.host_tasks import Stopped, run_by_host
from corpus.polling.schedule import MOVES, PAUSE, Schedule, should_report
from corpus.sources.source import PollResult
from corpus.storage import private_files
from corpus.storage.source_states import NEVER_ASKED, SourceState, SourceStates
from corpus.storage.store_records import Source
from corpus.web.address import is_address, parse_address
from corpus.web.fetch_cache import CachedContent
from corpus.web.fetcher import Fetcher
from retrieval.progress import ProgressCallback

LOCK_WAIT = 30.0
"""Seconds that a round waits for another change of the corpus to end; otherwise the next round tries
again."""


class Poller:
    """Polls a home's sources. One object is used for all rounds of a process, because its fetcher caches data
    of sites."""

    def __init__(
        self,
        home: Home,
        *,
        pause: timedelta = PAUSE,
        fetcher: Callable[[], Fetcher] = web_fetcher,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        chance: random.Random | None = None,
    ) -> None:
        """`pause` is as in `Schedule`; the other arguments are for tests. The fetcher is created at the first
        poll."""
        self._home = home
        self._schedule = Schedule(pause, chance or random.Random())  # noqa: S311 - only spreads the polls
        self._make_fetcher = fetcher
        self._fetcher: Fetcher | None = None
        self._clock = clock
        self._lock = FileLock(home.root / "poll.lock", mode=private_files.FILE_MODE)

    def round(
        self,
        reload: ReloadWithProgress,
        progress: ProgressCallback,
        stop: threading.Event,
        *,
        everything: bool = False,
    ) -> PollReport:
        """Poll the sources that are due, or `everything`, and reload what is new.

        When `stop` is set, it ends within a second, between two steps. Raises ReloadBusy if another process
        polls this home, HomeUnusable, StoreUnusable.
        """
        began = time.monotonic()

        def watched(what: str, done: int, total: int) -> None:
            if stop.is_set():
                raise Stopped
            progress(what, done, total)

        with self._alone():
            states = self._known()
            now = self._clock()
            due = [one for one, state in states.items() if everything or self._schedule.is_due(state, now)]
            done = RoundResults({one for one, state in states.items() if state.unread})
            stopped = False
            try:
                for source in due:
                    if not is_address(source.location):
                        self._look(done, source, states[source])
                        watched("looking at files", done.asked, len(due))
                addresses = [source for source in due if is_address(source.location)]
                for source, poll in self._poll_all(addresses, stop):
                    self._take(done, source, states[source], poll)
                    watched("fetching", done.asked, len(due))
                self._reload(done, reload, watched)
            except Stopped:
                stopped = True
            return done.report(len(states), time.monotonic() - began, stopped=stopped)

    def is_due(self) -> bool:
        """Whether a round would do anything now. Raises HomeUnusable, StoreUnusable."""
        now = self._clock()
        return any(state.unread or self._schedule.is_due(state, now) for state in self._known().values())

    def _known(self) -> dict[Source, SourceState]:
        """The registered sources, each with its state."""
        with self._home.store() as store:
            states = SourceStates(store).all()
            return {source: states.get(source, NEVER_ASKED) for source in store.sources()}

    def _poll_all(self, due: Sequence[Source], stop: threading.Event) -> Iterator[tuple[Source, PollResult]]:
        if not due:
            return iter(())
        if self._fetcher is None:
            self._fetcher = self._make_fetcher()
        fetcher, sources = self._fetcher, self._home.sources

        def poll(source: Source) -> PollResult:
            return poll_source(sources, source, fetcher)

        return run_by_host([(source.location, source) for source in due], poll, stop)

    def _look(self, done: RoundResults, source: Source, state: SourceState) -> None:
        """Detect changes of files without reading them. Those of another machine are checked there, and
        uploads that machines share were read when they were added."""
        copies = self._home.copies
        if copies.is_elsewhere(source.location) or (copies.shared and is_upload(self._home, source)):
            return
        done.asked += 1
        poll, stamp = PollResult(), state.stamp
        try:
            found = stamp_of_files(self._home.sources, source)
            if found is None:
                return  # the next round checks again
            stamp = found
        except UnreadableSource as error:
            poll = PollResult(failure=error)
        result = self._result(source, state, poll, stamp)
        with self._home.store() as store:
            SourceStates(store).put(source, result.after)
        done.add(result)

    def _take(self, done: RoundResults, source: Source, state: SourceState, poll: PollResult) -> None:
        """Store the result of a poll."""
        done.asked += 1
        last = self._home.fetch_cache.get(source.location)
        # Compared with what a reload has read and not with the cached copy, because a dry run, or the same
        # address in another collection, may have cached something that this source's articles do not reflect.
        kept = poll.copy or (last if poll.failure is None else None)
        result = self._result(source, state, poll, stamp_of_copy(kept) if kept else state.stamp)
        after = result.after
        with self._home.locked(LOCK_WAIT), self._home.store() as store:
            states = SourceStates(store)
            if source not in store.sources():
                return  # it was removed meanwhile
            if result.changed and not state.unread:
                states.put(source, replace(state, unread=True))
            if poll.copy is not None and (last is None or replace(poll.copy, fetched=last.fetched) != last):
                self._home.fetch_cache.put(poll.copy)
            states.put(source, after)
            if poll.failure is None and after.moves >= MOVES and poll.copy is not None:
                result = replace(result, source=self._move(states, source, poll.copy, after.moved, done))
        done.add(result)

    def _result(self, source: Source, before: SourceState, poll: PollResult, stamp: str) -> PolledSource:
        """The result of a poll, after which the source's content has that stamp."""
        after = self._schedule.after(before, poll, self._clock())
        tells = should_report(after)
        unread = before.unread or stamp != before.stamp
        after = replace(after, told=after.told or tells, unread=unread, stamp=stamp)
        return PolledSource(source, before, after, poll, tells)

    def _move(
        self, states: SourceStates, source: Source, copy: CachedContent, address: str, done: RoundResults
    ) -> Source:
        """Register the source at its new address, and move its cached copy."""
        try:
            location = str(parse_address(address))
        except ValueError:
            return source
        self._home.fetch_cache.put(replace(copy, location=location))
        there = states.move(source, location)
        self._home.fetch_cache.drop(source.location)
        done.move(source, there)
        return there

    def _reload(self, done: RoundResults, reload: ReloadWithProgress, progress: ProgressCallback) -> None:
        """Reload the unread sources of each collection together; if that is refused, each alone, so that one
        does not block the others."""
        unread = sorted(done.unread, key=lambda one: (one.collection, one.location))
        for _, group in groupby(unread, key=lambda one: one.collection):
            sources = list(group)
            if not self._reload_together(done, sources, reload, progress):
                for one in sources:
                    self._reload_together(done, [one], reload, progress)

    def _reload_together(
        self,
        done: RoundResults,
        sources: Sequence[Source],
        reload: ReloadWithProgress,
        progress: ProgressCallback,
    ) -> bool:
        """Reload sources of one collection; False if several are refused together, of which each may be
        taken alone."""
        try:
            fetched = ReloadRequest.of_fetched(frozenset(sources)).within(sources[0].collection)
            request = replace(fetched, keep_rolled_back=True)
            done.reloads.append(reload(request, progress=progress))
        except HomeUnusable:
            raise  # the others would fail too
        except (OverLimit, ReloadRefused) as error:
            if len(sources) > 1:
                return False
            done.refused[sources[0]] = str(error)
            self._read(sources, str(error))
        except NewsdeskError as error:
            # They stay unread, and the next round tries again.
            done.refused |= dict.fromkeys(sources, str(error))
        else:
            self._read(sources)
        return True

    def _read(self, sources: Sequence[Source], error: str | None = None) -> None:
        """Store that the sources were read, or why not; a refused one is tried again when its content
        changes."""
        with self._home.store() as store:
            states = SourceStates(store)
            known = states.all()
            with store.transaction():
                for source in sources:
                    state = replace(known.get(source, NEVER_ASKED), unread=False)
                    states.put(source, replace(state, error=error) if error else state)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._home.store():  # creates the folder
            pass
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise ReloadBusy(
                f"another process polls the sources of {self._home.root}: wait until it ends, then try again"
            ) from error
        try:
            yield
        finally:
            self._lock.release()
