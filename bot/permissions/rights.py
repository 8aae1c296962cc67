"""Who may see and administer which collections."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from bot.chat.preferences import Preferences
from bot.chat.venue import Person, Venue
from corpus.article import DEFAULT_COLLECTION

Community = tuple[str, str]
"""A platform, and the id of a community there."""
OWN = ("discord-", "slack-")
"""The prefixes of collections that are a community's own, on each platform."""
Bindings = Mapping[str, frozenset[Community]]
"""The collections that belong to communities, each with the communities that see it."""


@dataclass(frozen=True, slots=True)
class Rights:
    """The rights that follow from the bindings and the operator's settings.

    `named` are the collections that everybody may see; if empty, all that belong to nobody. `custodians` are
    the communities that may administer these.
    """

    bindings: Bindings
    named: tuple[str, ...] = ()
    custodians: frozenset[Community] = frozenset()

    def visible(self, venue: Venue, served: Iterable[str]) -> tuple[str, ...]:
        """The served collections that a question from the venue may search."""
        return tuple(name for name in served if self._own(venue, name) or self._for_all(name))

    def governs(self, venue: Venue, collection: str) -> bool:
        """Whether the community's administrators may change the collection, also before it is served."""
        if self._own(venue, collection):
            return True
        if venue.community is None or collection in self.bindings or not self._for_all(collection):
            return False
        return (venue.platform, venue.community) in self.custodians

    def may_take(self, venue: Venue, collection: str, served: Container[str]) -> bool:
        """Whether the community may use the name for a collection of its own, as far as is known here.

        Shared collections stay shared, also before they are served, and a name with the prefix of a
        community's own collection is reserved for that community.
        """
        kept = collection.startswith(OWN) and collection != own_collection(venue)
        for_all = collection == DEFAULT_COLLECTION or collection in self.named
        return not (kept or for_all or collection in served or collection in self.bindings)

    def home_of(self, venue: Venue, default: str) -> str:
        """The collection to which a community adds: the default one, or its own if it may not change that."""
        return default if self.governs(venue, default) else own_collection(venue)

    def _own(self, venue: Venue, collection: str) -> bool:
        if venue.community is None:
            return False
        return (venue.platform, venue.community) in self.bindings.get(collection, ())

    def _for_all(self, collection: str) -> bool:
        return collection not in self.bindings and (not self.named or collection in self.named)


def own_collection(venue: Venue) -> str:
    """The name of a community's own collection if it chooses none; it begins with one of OWN."""
    return f"{venue.platform}-{venue.community}".lower()


def custody(custodians: Iterable[Community], *, named: bool) -> str:
    """Who administers the shared collections, in words for the operator; `named` is whether the settings name
    them."""
    settings = "NEWSDESK_DISCORD_SERVERS and NEWSDESK_SLACK_WORKSPACES"
    if who := ", ".join(sorted(map(":".join, custodians))):
        why = f"as {settings} name it" if named else "alone with the bot at its first start"
        return f"the collections for all are looked after by {who}, {why}"
    return (
        "nobody may look after the collections for all from a chat, as no one community had the bot "
        f"when it first started: name yours in {settings}"
    )


def may_administer(person: Person, preferences: Preferences) -> bool:
    """Whether a person may administer their community, by the platform's current data."""
    return person.manages or not person.roles.isdisjoint(preferences.admin_roles)
