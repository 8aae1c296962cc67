"""The status and history of the collections that a community administers."""

from bot.chat.audit_entry import AuditEntry
from bot.chat.venue import Caller, Venue
from bot.community_admin.admin_rights import AdminRights
from bot.community_admin.audit_log import ACTS, AdminAction, AuditLog
from bot.corpus_admin.corpus_json import Row, status_row
from bot.corpus_admin.home import Home
from bot.runtime.worker import Worker
from corpus.storage.store_records import Event


class CorpusOverview:
    """Gives administrators the status, history and audit log of their community's collections."""

    def __init__(self, home: Home, rights: AdminRights, audit_log: AuditLog, reader: Worker) -> None:
        """The home is read in `reader`."""
        self._home = home
        self._rights = rights
        self._audit_log = audit_log
        self._reader = reader

    async def status(self, caller: Caller) -> Row:
        """The status of the collections that the community may administer."""
        await self._rights.check(AdminAction(caller, "status", {}))
        row = await self._reader.run(status_row, self._home, tenant=caller.venue.tenant)
        return _only(row, frozenset(self._rights.governed(caller.venue)))

    async def history(self, caller: Caller) -> list[Event]:
        """The last events of the collections that the community may administer, newest first."""
        await self._rights.check(AdminAction(caller, "history", {}))
        return await self._reader.run(self._events, caller.venue, tenant=caller.venue.tenant)

    def _events(self, venue: Venue) -> list[Event]:
        with self._home.store() as store:
            events = store.history(ACTS * 10)
        governed = self._rights.governed(venue)  # after the events: rights may have changed
        return [event for event in events if event.collection in governed][:ACTS]

    async def audit(self, caller: Caller, *, refused: bool = False) -> list[AuditEntry]:
        """The community's last administrative acts, newest first; with `refused`, the unsuccessful ones,
        which are stored separately so that nobody can hide what was done behind many attempts."""
        await self._rights.check(AdminAction(caller, "audit", {}))
        return await self._audit_log.entries(caller.venue, refused=refused)


def _only(row: Row, names: frozenset[str]) -> Row:
    collections, sources = row["collections"], row["sources"]
    if not isinstance(collections, dict) or not isinstance(sources, list):
        raise TypeError(row)
    return {
        "collections": {name: value for name, value in collections.items() if name in names},
        "sources": [source for source in sources if source["collection"] in names],
    }
