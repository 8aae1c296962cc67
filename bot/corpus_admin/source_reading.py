"""Reads the sources for a reload: selects them, fetches them, and collects articles and problems."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from bot.corpus_admin.home import Home
from bot.corpus_admin.limits import UsageCounter
from bot.corpus_admin.newest_versions import NewestVersions
from corpus.article import Article, title_with_source
from corpus.errors import ReloadRefused, UnreadableSource
from corpus.polling.refreshing_all import refresh_all
from corpus.problem import Problem, Problems, SourceLocation
from corpus.sources.files import FileSource
from corpus.sources.source import ArticleSource, Extent, Item
from corpus.storage.registered import Source
from corpus.storage.source_states import SourceStates
from corpus.storage.withdrawn import Ids
from corpus.web.address import is_address
from corpus.web.fetcher import Fetcher
from corpus.web.known_pages import KnownPages
from retrieval.generations.generation import Generation
from retrieval.progress import ProgressCallback

if TYPE_CHECKING:
    from corpus.storage.store import Store

_ELSEWHERE = SourceLocation("a source of another collection")
"""Where an article stood, for those who may not know where others keep theirs."""
_STAYS = "; it may be on another machine, and what is served of it stays"


class ReloadScope:
    """Which sources and articles a reload is about: all, or those of some collections."""

    def __init__(self, home: Home, collections: frozenset[str] | None) -> None:
        """`collections` are the wanted ones, None for all."""
        self._uploads = home.uploads("any").parent.resolve()
        self._collections = collections

    def has(self, collection: str) -> bool:
        """Whether the collection is a wanted one."""
        return self._collections is None or collection in self._collections

    def reads(self, source: Source) -> bool:
        """Whether an article of the source may be in a wanted collection."""
        return self.has(source.collection) or not self.confined(source.location)

    def confined(self, place: str) -> bool:
        """Whether what stands there is not the operator's own, and so stays in its source's collection: one
        community must not write into another's."""
        return is_address(place) or self._uploads in Path(place).resolve().parents


@dataclass(slots=True)
class SourceReading:
    """What the sources hold (ids to versions by collection, and problems), and what is served: the generation
    of each collection, and its articles' versions by collection and id. `titles` has title and source of what
    is not served as it is, `origins` the source of each article, by collection and id, as far as it is
    known."""

    versions: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    served: dict[str, Generation] = field(default_factory=dict)
    served_versions: dict[str, dict[str, str]] = field(default_factory=dict)
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    origins: dict[str, dict[str, Source]] = field(default_factory=dict)


def web_fetcher() -> Fetcher:
    """The fetcher for the real web. What it works with is imported then: who has no addresses waits for none
    of it."""
    from corpus.web.web_fetcher import WebFetcher

    return WebFetcher()


def fetch_sources(
    home: Home,
    sources: Sequence[Source],
    fetcher: Callable[[], Fetcher] | None,
    *,
    progress: ProgressCallback,
) -> tuple[list[Source], list[Source], list[Problem]]:
    """Fetch what addresses hold, or with None as the fetcher take it as it was last fetched.

    Gives the sources that can be read then; those that can't, of which nothing was ever fetched or what was
    is damaged; and the problems.
    """
    opened = {source: home.sources.fetched(source.location, source.options) for source in sources}
    readable = [source for source, remote in opened.items() if remote is None]
    remotes = [(source, remote) for source, remote in opened.items() if remote is not None]
    missing: list[Source] = []
    problems: list[Problem] = []
    outcomes = refresh_all([(one.location, it) for one, it in remotes], home.fetch_cache, fetcher, progress)
    for source, _ in remotes:
        outcome = outcomes.get(source.location)
        if home.fetch_cache.get(source.location) is None:
            missing.append(source)
            reason = outcome.reason if outcome else "it was not fetched yet, or the copy of it is damaged"
            problems.append(Problem(source.location, reason))
            continue
        readable.append(source)
        problems += [outcome] if isinstance(outcome, Problem) else []
    return readable, missing, problems


def stamp_of(home: Home, sources: Sequence[Source]) -> str | None:
    """What is another whenever the sources may give something else, without reading them; None if that
    can't be told: of addresses, of files that changed a moment ago or are not there."""
    stamps = [metadata.version("newsdesk")]
    for source in sources:
        opened = home.sources.open(source.location, source.options)
        try:
            stamp = opened.stamp() if isinstance(opened, FileSource) else None
        except UnreadableSource:
            stamp = None
        if stamp is None:
            return None
        stamps += [source.collection, source.location, json.dumps(source.options, sort_keys=True), stamp]
    return json.dumps(stamps)


def read_state(home: Home, stamp: str) -> str:
    """SHA-256 (hex) of a stamp of the sources, of what is served, and of what was taken out by hand: while it
    is the same, reading the sources again would change nothing."""
    served = {name: home.generation_store(name).pointer() for name in home.collections()}
    withdrawn = {name: sorted(ids) for name, ids in home.withdrawn.all().items()}
    return hashlib.sha256(json.dumps([stamp, served, withdrawn], sort_keys=True).encode()).hexdigest()


def read_sources(
    home: Home,
    store: Store,
    sources: Sequence[Source],
    scope: ReloadScope,
    withdrawn: Ids,
    *,
    unread: Collection[Source] = (),
    missing: Collection[Source] = (),
    force: bool,
    save: bool,
    progress: ProgressCallback,
    usage: UsageCounter | None = None,
) -> SourceReading:
    """Read the sources, and with `save` keep each version that is not served yet and is not withdrawn.

    Of the `unread` and the `missing` ones, what is served stays; so it does of an address, and of a source of
    another collection, that can't be read. Of a source that gives a window, what is served and is not given
    any more stays too. `usage` is what those that are not the operator's may hold. Raises ReloadRefused if
    one of a wanted collection can't be read, unless forced; OverLimit.
    """
    found = SourceReading()
    for collection in filter(scope.has, home.collections()):
        if served := home.generation_store(collection).served():
            found.served[collection] = served
    found.served_versions = {
        collection: {one.id: one.version for one in served.snapshot.headings}
        for collection, served in found.served.items()
    }
    known = {collection: store.origins(collection) for collection in found.served}
    held = _by_origin(known)
    newest = NewestVersions()
    confined = cache(scope.confined)
    pages = _known_pages(home, found)

    def take(source: Source, place: SourceLocation, item: Article, problems: Problems) -> None:
        item = pages.settled(item)
        version = item.version()
        is_served, remark = newest.offer(item, version, place, own=not confined(source.location))
        if remark:
            problems.add(remark)
        if not is_served:
            return
        if usage and confined(source.location):
            usage.take(item)
        found.versions.setdefault(item.collection, {})[item.id] = version
        found.origins.setdefault(item.collection, {})[item.id] = source
        if found.served_versions.get(item.collection, {}).get(item.id) != version:
            found.titles[item.collection, item.id] = title_with_source(item)
            if save and item.id not in withdrawn.get(item.collection, ()):
                store.save_version(item, version)

    left = {*unread, *missing}
    windows: list[Source] = []
    everything = sorted((*sources, *left), key=lambda source: (source.collection, source.location))
    for source in everything:
        ours = scope.has(source.collection)
        problems = Problems(source.location if ours else _ELSEWHERE.where)
        opened = home.sources.open(source.location, source.options)
        try:
            for place, item in () if source in left else _items(opened, source, scope):
                if isinstance(item, Problem):
                    problems.add(item)
                else:
                    take(source, place, item, problems)
                progress("reading", len(newest), 0)
        except UnreadableSource as error:
            elsewhere = home.copies.is_elsewhere(source.location)
            if ours and (elsewhere or is_address(source.location)):
                problems.add(Problem(source.location, error.reason + _STAYS * elsewhere))
                left.add(source)
            elif ours:
                problems.add(_unreadable(source, error, force=force))
            else:
                left.add(source)
        if opened.extent is Extent.WINDOW:
            windows.append(source)
        if source in left:
            for article in _served_of(source, found, held):
                take(source, SourceLocation(source.location) if ours else _ELSEWHERE, article, problems)
        told = list(problems.told())
        found.problems += told
        if save and ours and source not in left:
            SourceStates(store).put_problems(source, told)
    for source in windows:  # last, as another source may hold a newer version of what left a window
        for article in _served_of(source, found, held):
            if article.id not in found.versions.get(article.collection, {}):
                take(source, SourceLocation(source.location), article, Problems(source.location))
    if left:
        _keep_unknown(found, known, {*sources, *unread} if unread else None)
    return found


def _known_pages(home: Home, found: SourceReading) -> KnownPages:
    """The pages of what is served, and of what was taken out by hand: a page that was stays out under each of
    its addresses."""
    pages = KnownPages()
    for collection, served in found.served.items():
        pages.add_all(collection, served.snapshot.headings)
    for collection, addresses in home.withdrawn.addresses().items():
        for article_id, address in addresses.items():
            pages.add(collection, article_id, (article_id, address))
    return pages


def _by_origin(known: Mapping[str, Mapping[str, Source]]) -> dict[Source, list[tuple[str, str]]]:
    """Collection and id of the articles that were read from each source."""
    held: dict[Source, list[tuple[str, str]]] = {}
    for collection, origins in known.items():
        for article_id, origin in origins.items():
            held.setdefault(origin, []).append((collection, article_id))
    return held


def _served_of(
    source: Source, found: SourceReading, held: Mapping[Source, Sequence[tuple[str, str]]]
) -> Iterator[Article]:
    """The served articles that were read from a source."""
    for collection, article_id in held.get(source, ()):
        if article := found.served[collection].snapshot.article(article_id):
            yield article


def _keep_unknown(
    found: SourceReading, known: Mapping[str, Mapping[str, Source]], registered: Set[Source] | None
) -> None:
    """Keep what is served and may be from a source that was not read: nobody wrote down where it is from, or
    it is none of those that are `registered`."""
    for collection, versions in found.served_versions.items():
        for article_id, version in versions.items():
            origin = known[collection].get(article_id)
            if origin is None or (registered is not None and origin not in registered):
                found.versions.setdefault(collection, {}).setdefault(article_id, version)


def _items(opened: ArticleSource, source: Source, scope: ReloadScope) -> Iterator[Item]:
    """What the source holds for the wanted collections, and what it must not hold for others."""
    if not scope.has(source.collection):
        for place, item in opened.read_foreign(source.collection):
            if isinstance(item, Article) and scope.has(item.collection) and not scope.confined(place.where):
                yield _ELSEWHERE, item
        return
    for place, item in opened.read(source.collection):
        if isinstance(item, Problem) or item.collection == source.collection:
            yield place, item
        elif scope.confined(place.where):
            reason = f"it names collection {item.collection}, but may only add to {source.collection}"
            yield place, Problem.at(place, reason)
        elif scope.has(item.collection):
            yield place, item


def _unreadable(source: Source, error: UnreadableSource, *, force: bool) -> Problem:
    """The problem with a source that can't be read; without force, it stops the reload."""
    if force:
        return Problem(source.location, error.reason)
    raise ReloadRefused(
        f"the source {error}: nothing was changed",
        f"mend it, take it out with `newsdesk corpus remove {source.location}`, or go on without it with "
        "--force",
    ) from error
