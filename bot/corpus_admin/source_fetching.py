"""Selects and fetches the sources of a reload, and tells whether any of them has changed."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from bot.corpus_admin.home import Home
from corpus.article import Article
from corpus.errors import UnreadableSource
from corpus.polling.refreshing_all import refresh_all
from corpus.problem import Problem
from corpus.sources.files import FileSource
from corpus.sources.source import ArticleSource, Item
from corpus.storage.store_records import Source
from corpus.web.address import is_address
from corpus.web.fetch_cache import NOT_FETCHED
from corpus.web.fetcher import Fetcher
from retrieval.progress import ProgressCallback


class ReloadScope:
    """Which sources and articles a reload covers: all, or those of some collections."""

    def __init__(self, home: Home, collections: frozenset[str] | None) -> None:
        """`collections` are the wanted ones, None for all."""
        self._uploads = home.uploads("any").parent.resolve()
        self._collections = collections

    def has(self, collection: str) -> bool:
        """Whether the collection is wanted."""
        return self._collections is None or collection in self._collections

    def reads(self, source: Source) -> bool:
        """Whether the source may have articles of a wanted collection."""
        return self.has(source.collection) or not self.confined(source.location)

    def confined(self, place: str) -> bool:
        """Whether a location is not the operator's own, so that its articles stay in its source's collection:
        one community must not write into another's."""
        return is_address(place) or self._uploads in Path(place).resolve().parents

    def items(self, opened: ArticleSource, source: Source) -> Iterator[Item]:
        """The source's articles for the wanted collections, and problems for those that it may not add to
        others. Raises UnreadableSource."""
        if not self.has(source.collection):
            for place, item in opened.read_foreign(source.collection):
                if isinstance(item, Article) and self.has(item.collection) and not self.confined(place.where):
                    yield place, item
            return
        for place, item in opened.read(source.collection):
            if isinstance(item, Problem) or item.collection == source.collection:
                yield place, item
            elif self.confined(place.where):
                reason = f"it names collection {item.collection}, but may only add to {source.collection}"
                yield place, Problem.at(place, reason)
            elif self.has(item.collection):
                yield place, item


@dataclass(frozen=True, slots=True)
class FetchedSources:
    """The sources of a reload once their addresses were fetched.

    `readable` sources can be read. `missing` ones can't: they were never fetched, or their copy is damaged.
    `unread` ones are not wanted. `problems` are those of fetching.
    """

    readable: Sequence[Source]
    missing: Sequence[Source]
    unread: Sequence[Source]
    problems: Sequence[Problem]


def web_fetcher() -> Fetcher:
    """The fetcher for the real web. Its libraries are imported only now, so a home without addresses does not
    wait for them."""
    from corpus.web.web_fetcher import WebFetcher

    return WebFetcher()


def fetch_sources(
    home: Home,
    sources: Sequence[Source],
    only: frozenset[Source] | None,
    fetcher: Callable[[], Fetcher] | None,
    progress: ProgressCallback,
) -> FetchedSources:
    """Fetch the addresses among the sources; with None as the fetcher, their cached copies are used. Sources
    that are not in `only` stay unread; None is all of them."""
    wanted = [source for source in sources if only is None or source in only]
    unread = [source for source in sources if source not in wanted]
    opened = {source: home.sources.fetched(source.location, source.options) for source in wanted}
    readable = [source for source, remote in opened.items() if remote is None]
    remotes = [(source, remote) for source, remote in opened.items() if remote is not None]
    missing: list[Source] = []
    problems: list[Problem] = []
    outcomes = refresh_all([(one.location, it) for one, it in remotes], home.fetch_cache, fetcher, progress)
    for source, _ in remotes:
        outcome = outcomes.get(source.location)
        if home.fetch_cache.get(source.location) is None:
            missing.append(source)
            reason = outcome.reason if outcome else NOT_FETCHED
            problems.append(Problem(source.location, reason))
            continue
        readable.append(source)
        problems += [outcome] if isinstance(outcome, Problem) else []
    return FetchedSources(readable, missing, unread, problems)


def stamp_of(home: Home, sources: Sequence[Source]) -> str | None:
    """A text that differs whenever reading the sources could give something else. None if that can't be told
    without reading: for addresses, and for files that are missing or changed a moment ago."""
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
    """SHA-256 (hex) of a stamp of the sources, the served generations, and the withdrawn articles: while it
    is the same, reading the sources again would change nothing."""
    served = {name: home.generation_store(name).pointer() for name in home.collections()}
    withdrawn = {name: sorted(ids) for name, ids in home.withdrawn.all().items()}
    return hashlib.sha256(json.dumps([stamp, served, withdrawn], sort_keys=True).encode()).hexdigest()
