"""Records administrative actions."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from bot.chat.audit_entry import AuditEntry
from bot.chat.venue import Person, Venue
from bot.chat_store.audit_table import AuditTable
from bot.runtime.worker import Worker
from corpus.errors import NewsdeskError

ACTS = 20
"""Acts shown of the history and of the audit log: a screen of them."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AdminAction:
    """What somebody wants to do: a name as it stands in the audit log, and what it is about."""

    venue: Venue
    person: Person
    name: str
    detail: Mapping[str, object]


class AuditLog:
    """Puts administrative acts on record and gives them again."""

    def __init__(self, table: AuditTable, db_worker: Worker) -> None:
        """`table` is touched in `db_worker` alone."""
        self._table = table
        self._db_worker = db_worker

    async def record(self, action: AdminAction, result: str) -> None:
        """Put an act on record; where that can't be done now, it stands in the program's log."""
        venue, person = action.venue, action.person
        try:
            await self._db_worker.run(
                self._table.add, venue, person, action.name, action.detail, result, tenant=venue.tenant
            )
        except NewsdeskError as error:
            who = f"{person.name} ({person.id}) of {venue.tenant}"
            _log.error("not on record: %s: %s %s: %s (%s)", who, action.name, action.detail, result, error)

    async def entries(self, venue: Venue, *, refused: bool) -> list[AuditEntry]:
        """The community's last acts, newest first; with `refused`, those that came to nothing."""
        read = partial(self._table.entries, venue.platform, venue.community or "", ACTS, refused=refused)
        return await self._db_worker.run(read, tenant=venue.tenant)
