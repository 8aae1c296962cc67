"""Reads the sources for a reload: collects their articles and problems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from bot.corpus_admin.home import Home
from bot.corpus_admin.limits import UsageCounter
from bot.corpus_admin.source_fetching import FetchedSources, ReloadScope
from corpus.article import Article, ArticleKey, title_with_source
from corpus.errors import BadArticle, ReloadRefused, UnreadableSource
from corpus.identity.newest_versions import NewestVersions
from corpus.identity.shared_ids import SharedIds, unique_id
from corpus.polling.rolled_back import RolledBack
from corpus.problem import MAX_LISTED, Problem, Problems, SourceLocation
from corpus.sources.feed_source import still_up
from corpus.sources.source import ArticleSource, Extent
from corpus.storage.source_states import SourceStates, counted_problems
from corpus.storage.store_records import Source
from corpus.storage.withdrawn import Ids
from corpus.web.address import is_address
from corpus.web.known_pages import KnownPages
from retrieval.generations.generation import Generation
from retrieval.progress import ProgressCallback

if TYPE_CHECKING:
    from corpus.storage.store import Store

_ELSEWHERE = SourceLocation("a source of another collection")
"""The location of an article in another collection, whose sources must not be disclosed."""
_STAYS = "; it may be on another machine, and its served articles are kept"


@dataclass(slots=True)
class SourceReading:
    """What the sources contain: `versions` by collection and id, and `problems`; and what is served: the
    generation of each collection, and `served_versions` by collection and id. `titles` has the title and
    source of articles that are not served in this version, and `origins` the source of each article, by
    collection and id, if it is known. `unreadable` are the errors of sources that can't be read."""

    versions: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    served: dict[str, Generation] = field(default_factory=dict)
    served_versions: dict[str, dict[str, str]] = field(default_factory=dict)
    titles: dict[ArticleKey, str] = field(default_factory=dict)
    origins: dict[str, dict[str, Source]] = field(default_factory=dict)
    unreadable: list[UnreadableSource] = field(default_factory=list)

    def article(self, collection: str, article_id: str) -> Article | None:
        """The served article with that id."""
        served = self.served.get(collection)
        return served.snapshot.article(article_id) if served else None


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """How a reload reads sources.

    Articles that are `withdrawn` are not stored. `force` reports a source that can't be read as a problem,
    which otherwise stops the reload; `save` stores new versions in the database; `usage` counts what a
    community's own sources hold against its limits; the first `listed` problems of a source are kept. Of an
    article whose version was rolled back, by collection, the served version is read instead, if there is one.
    """

    scope: ReloadScope
    withdrawn: Ids
    force: bool
    save: bool
    progress: ProgressCallback
    usage: UsageCounter | None = None
    listed: int = MAX_LISTED
    rolled_back: Mapping[str, RolledBack] = field(default_factory=dict)


def read_sources(home: Home, store: Store, fetched: FetchedSources, rules: ReadingRules) -> SourceReading:
    """Read the sources, and store each version that is new and not withdrawn if the rules say so.

    The served articles of sources that are not read are kept: of those that are not wanted or could not be
    fetched, and of an address, or a source of another collection, that can't be read. The served articles of
    a window source that left the window are kept too. Raises ReloadRefused if a source of a wanted
    collection can't be read, unless forced, and OverLimit.
    """
    return _SourceReader(home, store, rules).read(fetched)


class _SourceReader:
    """The state of one reading of all sources."""

    def __init__(self, home: Home, store: Store, rules: ReadingRules) -> None:
        self._home = home
        self._store = store
        self._rules = rules
        self._scope = rules.scope
        self._confined = cache(rules.scope.confined)
        self._found = found = _served(home, rules.scope)
        self._known = {collection: store.origins(collection) for collection in found.served}
        self._held = _by_origin(self._known)
        self._registered = frozenset(source.location for source in store.sources())
        self._noted = SourceStates(store).problems()
        self._newest = NewestVersions()
        self._ids = SharedIds(found.served_versions, found.article, rules.withdrawn)
        self._waiting: list[tuple[Source, SourceLocation, Article]] = []
        self._pages = _known_pages(home, found)

    def read(self, fetched: FetchedSources) -> SourceReading:
        """Read all sources, in the order of collections and locations."""
        kept = {*fetched.unread, *fetched.missing}
        windows: list[tuple[Source, ArticleSource]] = []
        everything = sorted((*fetched.readable, *kept), key=lambda one: (one.collection, one.location))
        for source in everything:
            opened = self._home.sources.open(source.location, source.options, self._registered)
            if not self._read_one(source, opened, keep=source in kept):
                kept.add(source)
            if opened.extent is Extent.WINDOW:
                windows.append((source, opened))
        for source, opened in windows:  # last, as another source may have a newer version of what left one
            self._keep_window(source, opened)
        if kept:
            registered = {*fetched.readable, *fetched.unread} if fetched.unread else None
            _keep_unknown(self._found, self._known, registered)
        self._take_waiting()
        return self._found

    def _read_one(self, source: Source, opened: ArticleSource, *, keep: bool) -> bool:
        """Read one source, or `keep` its served articles; False if these were kept, also because it can't be
        read."""
        ours = self._scope.has(source.collection)
        place = SourceLocation(source.location) if ours else _ELSEWHERE
        problems = Problems(place.where, self._rules.listed)
        if not keep:
            try:
                self._take_all(source, opened, problems)
            except UnreadableSource as error:
                keep = self._is_kept(source, error, problems)
        if keep:
            for article in _served_of(source, self._found, self._held):
                self._keep(source, place, article, problems)
        told = list(problems.reported())
        known = not keep and counted_problems(told) == self._noted.get(source)
        self._found.problems += [replace(one, known=True) for one in told] if known else told
        if self._rules.save and ours and not keep:
            SourceStates(self._store).put_problems(source, told)
        return not keep

    def _take_all(self, source: Source, opened: ArticleSource, problems: Problems) -> None:
        for place, item in self._scope.items(opened, source):
            if isinstance(item, Problem):
                problems.add(item)
            else:
                self._take_read(source, place, item, problems)
            self._rules.progress("reading", len(self._newest), 0)

    def _is_kept(self, source: Source, error: UnreadableSource, problems: Problems) -> bool:
        """Whether the served articles of a source that can't be read are kept. Raises ReloadRefused."""
        if not self._scope.has(source.collection):
            return True
        if (elsewhere := self._home.copies.is_elsewhere(source.location)) or is_address(source.location):
            problems.add(Problem(source.location, error.reason + _STAYS * elsewhere))
            return True
        if not self._rules.force:
            raise ReloadRefused(
                f"the source {error}: nothing was changed",
                f"repair it, remove it with `newsdesk corpus remove {source.location}`, or reload without it "
                "with --force",
            ) from error
        problems.add(Problem(source.location, error.reason))
        self._found.unreadable.append(error)
        return False

    def _keep_window(self, source: Source, opened: ArticleSource) -> None:
        """Keep the articles of a window source that are still up, and that no source has any more."""
        for article in still_up(opened, _served_of(source, self._found, self._held)):
            if article.id not in self._found.versions.get(article.collection, {}):
                self._keep(source, SourceLocation(source.location), article, Problems(source.location))

    def _keep(self, source: Source, place: SourceLocation, article: Article, problems: Problems) -> None:
        self._ids.keep(article)
        self._take(source, place, self._pages.with_known_id(article), problems)

    def _take_read(self, source: Source, place: SourceLocation, item: Article, problems: Problems) -> None:
        item = self._pages.with_known_id(item)
        if unique_id(item, place) is None:
            self._take(source, place, item, problems)
            return
        try:
            known = self._ids.known_id(item, item.version(), place)
            if known is None:
                self._waiting.append((source, place, item))
            else:
                self._take(source, place, replace(item, id=known), problems)
        except BadArticle as error:
            problems.add(Problem.at(self._shown(source, place), error.reason))

    def _take_waiting(self) -> None:
        """Add the articles whose id was that of another article, which may have been read since."""
        for source, place, item in self._waiting:
            problems = Problems(source.location)
            served = self._found.article(item.collection, item.id)
            if served and item.id in self._found.versions.get(item.collection, {}):
                self._ids.keep(served)
            try:
                its = self._ids.new_id(item, place)
                self._take(source, place, replace(item, id=its), problems)
            except BadArticle as error:
                problems.add(Problem.at(self._shown(source, place), error.reason))
            self._found.problems += problems.reported()

    def _shown(self, source: Source, place: SourceLocation) -> SourceLocation:
        return place if self._scope.has(source.collection) else _ELSEWHERE

    def _take(self, source: Source, place: SourceLocation, item: Article, problems: Problems) -> None:
        """Add an article to the reading, unless a newer one has its id, and store a new version."""
        found, rules = self._found, self._rules
        version = item.version()
        if (undone := rules.rolled_back.get(item.collection)) and undone.has(item.id, version):
            served = found.article(item.collection, item.id)
            if served is None:
                return
            item, version = served, served.version()
        own = not self._confined(source.location)
        is_served, remark = self._newest.offer(item, version, self._shown(source, place), own=own)
        if remark:
            problems.add(remark)
        if not is_served:
            return
        if rules.usage and self._confined(source.location):
            rules.usage.take(item)
        found.versions.setdefault(item.collection, {})[item.id] = version
        found.origins.setdefault(item.collection, {})[item.id] = source
        if found.served_versions.get(item.collection, {}).get(item.id) != version:
            found.titles[item.key] = title_with_source(item)
            if rules.save and item.id not in rules.withdrawn.get(item.collection, ()):
                self._store.save_version(item, version)


def _served(home: Home, scope: ReloadScope) -> SourceReading:
    """A reading without any source: what is served of the wanted collections."""
    found = SourceReading()
    for collection in filter(scope.has, home.collections()):
        if served := home.generation_store(collection).served():
            found.served[collection] = served
    found.served_versions = {
        collection: {one.id: one.version for one in served.snapshot.headings}
        for collection, served in found.served.items()
    }
    return found


def _known_pages(home: Home, found: SourceReading) -> KnownPages:
    """The pages of the served and of the withdrawn articles: a withdrawn page stays withdrawn under each of
    its addresses."""
    pages = KnownPages()
    for collection, served in found.served.items():
        pages.add_all(collection, served.snapshot.headings)
    for collection, addresses in home.withdrawn.addresses().items():
        for article_id, address in addresses.items():
            pages.add(collection, article_id, (article_id, address))
    return pages


def _by_origin(known: Mapping[str, Mapping[str, Source]]) -> dict[Source, list[ArticleKey]]:
    """The collection and id of the articles that were read from each source."""
    held: dict[Source, list[ArticleKey]] = {}
    for collection, origins in known.items():
        for article_id, origin in origins.items():
            held.setdefault(origin, []).append((collection, article_id))
    return held


def _served_of(
    source: Source, found: SourceReading, held: Mapping[Source, Sequence[ArticleKey]]
) -> Iterator[Article]:
    """The served articles that were read from a source."""
    keys = held.get(source, ())
    return filter(None, (found.served[collection].snapshot.article(key) for collection, key in keys))


def _keep_unknown(
    found: SourceReading, known: Mapping[str, Mapping[str, Source]], registered: Set[Source] | None
) -> None:
    """Keep served articles that may be from a source that was not read: their source is unknown, or none of
    the `registered` ones."""
    for collection, versions in found.served_versions.items():
        for article_id, version in versions.items():
            origin = known[collection].get(article_id)
            if origin is None or (registered is not None and origin not in registered):
                found.versions.setdefault(collection, {}).setdefault(article_id, version)
