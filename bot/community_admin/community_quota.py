"""How much of the corpus a community uses, compared with its limits."""

from collections.abc import Iterable, Iterator

from bot.chat.venue import Venue
from bot.corpus_admin.changes import find_source
from bot.corpus_admin.home import Home
from bot.corpus_admin.limits import Limits, UsageCounter
from bot.corpus_admin.source_fetching import ReloadScope
from bot.desk.desk import Desk
from bot.permissions.chat_settings import ChatSettings
from bot.permissions.rights import Community
from corpus.article import Article
from corpus.storage.store_records import Source


class CommunityQuota:
    """Counts a community's collections, sources and articles against its limits."""

    def __init__(self, home: Home, desk: Desk, settings: ChatSettings, limits: Limits) -> None:
        """`limits` are those of each community."""
        self._home = home
        self._desk = desk
        self._settings = settings
        self._limits = limits

    def admit_collection(self, venue: Venue) -> None:
        """Raise OverLimit if the community may not have another collection."""
        self._limits.admit("collections", len(self._added(venue)))

    def admit_source(self, venue: Venue, collection: str, what: str) -> None:
        """Raise OverLimit if the source is new and the community may not have another one."""
        if not find_source(self._home, collection, what):
            self.admit_sources(venue, collection, 1)

    def admit_sources(self, venue: Venue, collection: str, count: int) -> None:
        """Raise OverLimit if the community may not have `count` more sources."""
        confined = ReloadScope(self._home, None).confined
        sources = self._sources()
        theirs = {*self._added(venue), collection}
        used = sum(confined(source.location) for name in theirs for source in sources.get(name, ()))
        self._limits.admit("sources", used, count)

    def room(self, venue: Venue, reading: frozenset[str]) -> UsageCounter:
        """A counter for what the sources of these collections may contain, besides the community's other
        collections."""
        return self._room(self._added(venue), reading)

    def room_of_owner(self, collection: str) -> UsageCounter | None:
        """A counter for what the sources of the collection may contain, besides the other collections of the
        first community that it is bound to; None for a collection that is bound to none, which is the
        operator's."""
        for community in sorted(self._settings.rights.bindings.get(collection, ())):
            added = self._added_by(community)
            if collection in added:
                return self._room(added, frozenset({collection}))
        return None

    def _room(self, added: frozenset[str], reading: frozenset[str]) -> UsageCounter:
        served = self._desk.collections

        def articles(names: Iterable[str]) -> Iterator[Article]:
            return (article for name in names if name in served for article in served[name].articles)

        return UsageCounter(self._limits, articles(added - reading), articles(added & reading))

    def _added(self, venue: Venue) -> frozenset[str]:
        """The community's collections without any source of the operator's."""
        return self._added_by((venue.platform, venue.community or ""))

    def _added_by(self, community: Community) -> frozenset[str]:
        confined = ReloadScope(self._home, None).confined
        sources = self._sources()
        return frozenset(
            name
            for name, communities in self._settings.rights.bindings.items()
            if community in communities and all(confined(source.location) for source in sources.get(name, ()))
        )

    def _sources(self) -> dict[str, list[Source]]:
        """All sources by their collection."""
        found: dict[str, list[Source]] = {}
        with self._home.store() as store:
            for source in store.sources():
                found.setdefault(source.collection, []).append(source)
        return found
