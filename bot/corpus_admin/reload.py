"""Reloading: from the registered sources to a published generation of each collection that changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.corpus_admin.erasure import ErasureRequest, PendingErasures, erase, withdraw_request
from bot.corpus_admin.home import Home
from bot.corpus_admin.limits import UsageCounter
from bot.corpus_admin.publishing import Publisher
from bot.corpus_admin.retention import expire
from bot.corpus_admin.source_fetching import (
    FetchedSources,
    ReloadScope,
    fetch_sources,
    read_state,
    stamp_of,
    web_fetcher,
)
from bot.corpus_admin.source_reading import ReadingRules, SourceReading, read_sources
from corpus.article import ArticleKey, title_with_source
from corpus.errors import HomeUnusable, ReloadBusy, ReloadRefused, StoreUnusable
from corpus.plan import EVERYTHING, ReloadPlan, ReloadRequest, plan_reload
from corpus.polling.rolled_back import (
    NOT_ROLLED_BACK,
    keep_returned,
    note_published,
    read_rolled_back,
)
from corpus.problem import ALL_LISTED, MAX_LISTED, Problem
from corpus.storage.withdrawn import Ids
from corpus.web.fetcher import Fetcher
from retrieval.models.embedder import Embedder
from retrieval.progress import ProgressCallback

if TYPE_CHECKING:
    from corpus.storage.store import Store

TITLES_KEPT = 20
"""The most articles of each kind of change whose titles are reported; a chat message has room for fewer."""


@dataclass(frozen=True, slots=True)
class ReloadReport:
    """What a reload did, or with `dry_run` would do.

    `generations` maps collections to their new generations; unchanged collections are missing. `embedded`
    counts texts that were embedded. `titles` has the title and source, as one text, by collection and id, of
    the first TITLES_KEPT new, changed and removed articles of each plan. `objections` are the reasons for
    which a reload without force would be refused; only a dry run has any.
    """

    plans: tuple[ReloadPlan, ...]
    generations: Mapping[str, str]
    embedded: int
    seconds: float
    dry_run: bool
    titles: Mapping[ArticleKey, str] = field(default_factory=dict)
    objections: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The reported problems of all sources (`corpus.problem.Problems`), without duplicates."""
        return tuple(dict.fromkeys(problem for plan in self.plans for problem in plan.problems))


def reload(
    home: Home,
    embedder: Callable[[], Embedder],
    request: ReloadRequest = EVERYTHING,
    *,
    progress: ProgressCallback,
    fetcher: Callable[[], Fetcher] = web_fetcher,
    usage: UsageCounter | None = None,
) -> ReloadReport:
    """Read the sources and publish what changed, as far as it is requested.

    `embedder` and `fetcher` are called when they are first needed. `usage` counts what a community's sources
    hold against its limits.

    At the end, requested erasures are completed (`erasure`), and text whose retention time is over is erased
    (`retention`). Raises ReloadBusy, ReloadRefused, OverLimit, HomeUnusable; a collection that could not be
    published is then served as it was.
    """
    started = time.monotonic()
    with home.locked(), home.store() as store:
        scope = ReloadScope(home, request.collections)
        pending = _prepare(home, store, scope, dry_run=request.dry_run)
        sources = [source for source in store.sources() if request.reread and scope.reads(source)]
        # If only a part is read, a later reload could not tell of which part nothing has changed.
        part = request.collections or request.only or request.restored
        everything = request.reread and not (part or usage or pending)
        stamp = stamp_of(home, sources) if everything else None
        reread = request.reread
        anyway = request.force or request.dry_run or request.restored is not None
        if stamp and not anyway and read_state(home, stamp) == store.mark("read"):
            reread, sources = False, []
        # Fetched before the transaction, since a site may be slow and other writers wait for it.
        fetched = fetch_sources(home, sources, request.only, fetcher if request.fetch else None, progress)
        with store.transaction():
            withdrawn = home.withdrawn.all()
            listed = ALL_LISTED if request.all_problems else MAX_LISTED
            undone = {name: read_rolled_back(store, name) for name in filter(scope.has, home.collections())}
            kept_back = undone if request.keep_rolled_back else {}
            rules = ReadingRules(
                scope, withdrawn, anyway, not request.dry_run, progress, usage, listed, kept_back
            )
            found = read_sources(home, store, fetched, rules)
            found.problems[:0] = fetched.problems
            if request.restored is not None:
                found = _with_restored(found, store, request.restored, fetched)
            elif not reread:
                found = _as_served(found, store)
            elif request.only:
                keep_returned(kept_back, found.served_versions, found.versions)
            plans = _plans(home, store, found, scope, withdrawn)
            waiting = _waiting(plans, fetched)
            adds_only = not reread or request.restored is not None
            objections = () if request.force or adds_only else _objections(found, plans, waiting, fetched)
            if objections and not request.dry_run:
                raise ReloadRefused(
                    f"{'; '.join(objections)}: nothing was changed",
                    "check the sources with `newsdesk corpus reload --dry-run`, or add --force",
                )
        pending += _also_affected(home, pending, plans)
        generations, embedded = dict[str, str](), 0
        if not request.dry_run:
            due = [plan for plan in plans if plan not in waiting]
            generations, embedded = _publish(home, store, due, found, withdrawn, embedder, progress)
        remarks = tuple(remark for one in pending for remark in erase(home, store, one))
        if not request.dry_run:
            all_read = request.reread and not (request.keep_rolled_back or request.only or request.restored)
            read_again = dict.fromkeys(undone, NOT_ROLLED_BACK) if all_read else undone
            note_published(
                store, {plan.collection: plan.versions for plan in plans}, read_again, found.origins
            )
            _finish(home, store, plans, stamp)
        plans = tuple(replace(plan, problems=(*plan.problems, *remarks)) for plan in plans)
        seconds = time.monotonic() - started
        titles = _titles(plans, found)
        return ReloadReport(plans, generations, embedded, seconds, request.dry_run, titles, objections)


def _prepare(home: Home, store: Store, scope: ReloadScope, *, dry_run: bool) -> list[ErasureRequest]:
    """Remove leftovers of interrupted reloads, and withdraw what is to be erased; returns the pending
    erasures. A dry run only downloads shared uploads."""
    if dry_run:
        home.copies.download_uploads()
        return []
    for collection in home.collections():
        with suppress(OSError):  # whatever is in the way is reported when it is written
            home.generation_store(collection).sweep()
    pending = [one for one in PendingErasures(home).all() if scope.has(one.collection)]
    home.copies.download_uploads()
    home.withdrawn.settle()
    for one in pending:
        withdraw_request(home, store, one)
    return pending


def _as_served(found: SourceReading, store: Store) -> SourceReading:
    """A reading in which nothing differs from what is served."""
    origins = {name: store.origins(name) for name in found.served}
    return replace(found, versions=found.served_versions, origins=origins)


def _with_restored(
    found: SourceReading, store: Store, article_id: str, fetched: FetchedSources
) -> SourceReading:
    """What is served, and the article as it was read; if it may be in a source that can't be read, as it was
    stored last. The problems are only those with which it is not found."""
    made = _as_served(found, store)
    versions = {name: dict(found.served_versions.get(name, {})) for name in found.versions | found.served}
    for name, here in versions.items():
        if version := found.versions.get(name, {}).get(article_id):
            here[article_id] = version
            if origin := found.origins.get(name, {}).get(article_id):
                made.origins.setdefault(name, {})[article_id] = origin
        elif (found.unreadable or fetched.missing) and (kept := store.versions(name, article_id)):
            here[article_id] = kept[-1][0]
            if article := store.article(name, article_id, here[article_id]):
                found.titles[name, article_id] = title_with_source(article)
    problems = [] if any(article_id in here for here in versions.values()) else found.problems
    return replace(made, versions=versions, problems=problems)


def _waiting(plans: Sequence[ReloadPlan], fetched: FetchedSources) -> list[ReloadPlan]:
    """The plans of new collections whose addresses could not be fetched: they start when these can be, and
    do not stop the others."""
    down = {source.collection for source in fetched.missing}
    return [plan for plan in plans if plan.first and not plan.versions and plan.collection in down]


def _objections(
    found: SourceReading, plans: Sequence[ReloadPlan], waiting: Sequence[ReloadPlan], fetched: FetchedSources
) -> tuple[str, ...]:
    """Why a reload needs force: a source can't be read, a plan would lose too much, or all of them wait for
    addresses."""
    unreadable = [f"the source {error}" for error in found.unreadable]
    if waiting and len(waiting) == len(plans):
        down = [f"{one.where}: {one.reason}" for one in fetched.problems if one.refused]
        return (*unreadable, *down[:1])
    losses = [text for plan in plans if plan not in waiting and (text := plan.objection())]
    return (*unreadable, *losses)


def _publish(
    home: Home,
    store: Store,
    plans: Sequence[ReloadPlan],
    found: SourceReading,
    withdrawn: Ids,
    embedder: Callable[[], Embedder],
    progress: ProgressCallback,
) -> tuple[dict[str, str], int]:
    """Publish the collections that changed; their new generations, and how many texts were embedded."""
    generations, embedded = dict[str, str](), 0
    if not plans:
        return generations, embedded
    publisher = Publisher(home, store, embedder(), progress)
    for plan in plans:
        name, served = plan.collection, found.served.get(plan.collection)
        if not (plan.changes_nothing and publisher.is_current(name, served)):
            generations[name], count = publisher.publish(plan, served, withdrawn.get(name, frozenset()))
            embedded += count
        _keep_origins(store, plan, found)
    return generations, embedded


def _finish(home: Home, store: Store, plans: Sequence[ReloadPlan], stamp: str | None) -> None:
    """Note that everything was read, unless there are problems to report again, and erase expired text."""
    with suppress(OSError, HomeUnusable, StoreUnusable, ReloadBusy):  # the next reload tries again
        again = any(not problem.report_once for plan in plans for problem in plan.problems)
        if stamp and not again:
            store.set_mark("read", read_state(home, stamp))
        expire(home, store)
        home.copies.drop_unused()


def _also_affected(
    home: Home, pending: Sequence[ErasureRequest], plans: Sequence[ReloadPlan]
) -> list[ErasureRequest]:
    """Requests to erase a source's articles in other collections too, which are stored."""
    losing = {plan.collection for plan in plans if plan.removed}
    found = [
        ErasureRequest(name, location=one.location)
        for one in pending
        for name in sorted(losing - {one.collection})
        if one.location is not None
    ]
    for one in found:
        PendingErasures(home).add(one)
    return [one for one in found if one not in pending]


def _keep_origins(store: Store, plan: ReloadPlan, found: SourceReading) -> None:
    """Store the sources of the served articles; an unknown one counts as any source."""
    origins = found.origins.get(plan.collection, {})
    with suppress(HomeUnusable, StoreUnusable, ReloadBusy):
        store.save_origins(plan.collection, {key: origins[key] for key in plan.versions if key in origins})


def _plans(
    home: Home, store: Store, found: SourceReading, scope: ReloadScope, withdrawn: Ids
) -> tuple[ReloadPlan, ...]:
    names = {*home.collections(), *found.versions, *(source.collection for source in store.sources())}
    plans = []
    for name in sorted(filter(scope.has, names)):
        served = found.served_versions.get(name, {})
        read_here = found.versions.get(name, {})
        first = not home.generation_store(name).generations()
        taken_out = withdrawn.get(name, frozenset())
        plans.append(plan_reload(name, served, read_here, taken_out, tuple(found.problems), first=first))
    return tuple(plans)


def _titles(plans: Sequence[ReloadPlan], found: SourceReading) -> dict[ArticleKey, str]:
    titles: dict[ArticleKey, str] = {}
    for plan in plans:
        for key in (*plan.new[:TITLES_KEPT], *plan.changed[:TITLES_KEPT]):
            titles[plan.collection, key] = found.titles[plan.collection, key]
        for key in plan.removed[:TITLES_KEPT]:
            if gone := found.served[plan.collection].snapshot.article(key):
                titles[plan.collection, key] = title_with_source(gone)
    return titles
