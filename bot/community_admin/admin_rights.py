"""Who may administer what, and from which venue."""

from collections.abc import Sequence

from bot.chat.refusal import Refusal
from bot.chat.venue import Venue
from bot.community_admin.audit_log import AdminAction, AuditLog
from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from bot.permissions.chat_settings import ChatSettings
from bot.permissions.rights import may_administer
from bot.permissions.venue_access import VenueAccess
from bot.runtime.worker import Worker
from corpus.article import DEFAULT_COLLECTION


class AdminRights:
    """Checks administrative acts against the current rights, and records those that it refuses."""

    def __init__(
        self,
        home: Home,
        desk: Desk,
        settings: ChatSettings,
        access: VenueAccess,
        audit_log: AuditLog,
        reader: Worker,
    ) -> None:
        """`access` limits the rate of attempts; the home's sources are read in `reader`."""
        self._home = home
        self._desk = desk
        self._settings = settings
        self._access = access
        self._audit_log = audit_log
        self._reader = reader

    def governed(self, venue: Venue) -> tuple[str, ...]:
        """The served collections that the community may administer."""
        served = tuple(self._desk.collections)  # before the rights: see CurrentRights
        rights = self._settings.rights
        return tuple(name for name in served if rights.governs(venue, name))

    def collection_for(self, venue: Venue) -> str:
        """The collection to which a community adds if it names none."""
        return self._settings.rights.home_of(venue, DEFAULT_COLLECTION)

    def may_take(self, venue: Venue, collection: str) -> bool:
        """Whether the community may create a new collection of that name."""
        return self._settings.rights.may_take(venue, collection, self._desk.collections)

    async def check(self, action: AdminAction) -> None:
        """Raise Refusal, and record it, unless the person may administer the community."""
        if action.venue.community is None:
            raise Refusal("only-in-community")
        self._access.admit_look(action.caller, "administer")
        if not may_administer(action.caller.person, self._settings.preferences(action.venue)):
            await self._audit_log.record(action, "refused")
            raise Refusal("not-allowed")

    async def check_all(self, action: AdminAction) -> frozenset[str]:
        """The collections for an act on all of the community's, also those that a crash left registered
        before they were published. Raises Refusal, and records it, if there are none."""
        await self.check(action)
        governed = frozenset(self.governed(action.venue))
        rights = self._settings.rights
        registered = await self._reader.run(self._registered, tenant=action.venue.tenant)
        own = {name for name in registered if name in rights.bindings and rights.governs(action.venue, name)}
        if not (touched := governed | own):
            await self._refuse(action, "")
        return touched

    async def check_one(self, action: AdminAction, collection: str) -> None:
        """Raise Refusal, and record it, if the act may not change that collection: it must be served, or be
        one to which the community may add first."""
        await self.check(action)
        governed = self.governed(action.venue)
        rights = self._settings.rights
        may_be_empty = collection == DEFAULT_COLLECTION or collection in rights.bindings
        if collection not in governed and not (may_be_empty and rights.governs(action.venue, collection)):
            await self._refuse(action, collection, governed)

    async def _refuse(self, action: AdminAction, collection: str, governed: Sequence[str] = ()) -> None:
        await self._audit_log.record(action, "refused")
        if governed:
            raise Refusal("not-yours-named", name=collection, names=", ".join(governed))
        raise Refusal("not-yours", name=collection)

    def _registered(self) -> frozenset[str]:
        with self._home.store() as store:
            return frozenset(source.collection for source in store.sources())
