"""Finds the articles that are new or changed since the last round."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from retrieval.collection.collection import Collection, Selection
from retrieval.generations.manifest import moment_of


@dataclass(frozen=True, slots=True)
class NewArticles:
    """The new articles since some generations.

    `ids` has their ids by collection, for collections that have any. `generations` are the ids of the current
    generations of all collections, and `collections` the generations themselves.
    """

    ids: Mapping[str, frozenset[str]]
    generations: Mapping[str, str]
    collections: Mapping[str, Collection] = field(repr=False)

    def selections(self) -> dict[str, Selection]:
        """The new articles as selections, by collection."""
        return {name: self.collections[name].select(ids) for name, ids in self.ids.items()}


class NewArticleFinder:
    """Compares the served generations with those of the last round: the ones in memory, or after a restart
    the ones on disk. If such a generation is gone, the article versions that were first read after it was
    made are new. Not thread-safe."""

    def __init__(self, home: Home, desk: Desk) -> None:
        """No generation is remembered yet."""
        self._home = home
        self._desk = desk
        self._earlier: dict[str, Collection] = {}

    def since(self, looked: Mapping[str, str]) -> NewArticles | None:
        """The new articles since the generations `looked`, by collection; None if these are still served. A
        collection that is missing from `looked` has no new articles."""
        now = dict(self._desk.collections)
        generations = {name: one.generation for name, one in now.items()}
        if all(looked.get(name) == generation for name, generation in generations.items()):
            self._earlier = now
            return None
        ids = {
            name: self._of(name, one, looked[name])
            for name, one in now.items()
            if name in looked and looked[name] != one.generation
        }
        self._earlier = now
        return NewArticles({name: found for name, found in ids.items() if found}, generations, now)

    def _of(self, name: str, now: Collection, generation: str) -> frozenset[str]:
        earlier = self._earlier.get(name)
        if earlier is None or earlier.generation != generation:
            earlier = self._desk.earlier(name, generation)
        if earlier is not None:
            return now.newer_than(earlier)
        moment = moment_of(generation)
        with self._home.store() as store:
            return frozenset(
                one.id
                for one in now.headings
                if any(
                    seen >= moment and version == now.version(one.id)
                    for version, seen in store.versions(name, one.id)
                )
            )
