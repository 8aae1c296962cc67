"""Records administrative actions."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from bot.chat.audit_entry import AuditEntry
from bot.chat.venue import Caller, Venue
from bot.chat_store.audit_table import AuditTable
from bot.runtime.worker import Worker
from corpus.errors import NewsdeskError

ACTS = 20
"""The most acts that are shown of the history and of the audit log: a screen of them."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AdminAction:
    """An act that a person wants to do: its name in the audit log, and its details."""

    caller: Caller
    name: str
    detail: Mapping[str, object]

    @property
    def venue(self) -> Venue:
        """Where they do it."""
        return self.caller.venue


class AuditLog:
    """Records administrative acts, and lists them."""

    def __init__(self, table: AuditTable, db_worker: Worker) -> None:
        """`table` is only used in `db_worker`."""
        self._table = table
        self._db_worker = db_worker

    async def record(self, action: AdminAction, result: str) -> None:
        """Record an act; if that fails, it is written to the program's log."""
        venue, person = action.venue, action.caller.person
        try:
            await self._db_worker.run(
                self._table.add, action.caller, action.name, action.detail, result, tenant=venue.tenant
            )
        except NewsdeskError as error:
            who = f"{person.name} ({person.id}) of {venue.tenant}"
            _log.error("not on record: %s: %s %s: %s (%s)", who, action.name, action.detail, result, error)

    async def entries(self, venue: Venue, *, refused: bool) -> list[AuditEntry]:
        """The community's last acts, newest first; with `refused`, those that were refused or failed."""
        read = partial(self._table.entries, venue.platform, venue.community or "", ACTS, refused=refused)
        return await self._db_worker.run(read, tenant=venue.tenant)
