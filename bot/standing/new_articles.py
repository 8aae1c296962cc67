"""Finds the articles that are new or changed since the last look."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from retrieval.collection.collection import Collection, Selection
from retrieval.generations.manifest import moment_of


@dataclass(frozen=True, slots=True)
class NewArticles:
    """The new articles' ids by collection, of the collections that have any, and the `generations` that are
    looked at, by collection: of all. `collections` are those generations themselves."""

    ids: Mapping[str, frozenset[str]]
    generations: Mapping[str, str]
    collections: Mapping[str, Collection] = field(repr=False)

    def selections(self) -> dict[str, Selection]:
        """They as what questions are compared with."""
        return {name: self.collections[name].select(ids) for name, ids in self.ids.items()}


class Newcomers:
    """Compares what is served with the generation that was looked at last: the one in memory, or after a
    restart the one on disk. Where that is gone too, the versions that were first read since it was made are
    new. For one thread at a time."""

    def __init__(self, home: Home, desk: Desk) -> None:
        """Nothing was looked at yet."""
        self._home = home
        self._desk = desk
        self._earlier: dict[str, Collection] = {}

    def since(self, looked: Mapping[str, str]) -> NewArticles | None:
        """What is new since these generations, by collection; None if they are served still. Of a
        collection that was never looked at nothing is new."""
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
