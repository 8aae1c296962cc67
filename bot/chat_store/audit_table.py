"""The audit log: every administrative act, by whom, and what came of it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import msgspec

from bot.chat.audit_entry import AuditEntry
from bot.chat.venue import Person, Venue
from corpus.dates import format_moment, parse_moment
from corpus.storage.database import Database

REFUSED = ("refused", "busy")
"""Results of acts that came to nothing because their person may not do them, or somebody else was at it."""
REFUSED_KEPT = 200
"""Such acts on record of one community: ten screens of them."""
REFUSED_OF_ONE = 20
"""Of these, one person's, so that whoever presses without end hides no other's."""
DETAIL = 500
"""Characters of a word of an act: a path or an address, not what somebody would fill the disk with."""


class AuditTable:
    """Reads and writes the audit log."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened file of the chats."""
        self._database = database

    def add(self, venue: Venue, person: Person, act: str, detail: Mapping[str, object], result: str) -> None:
        """Put an administrative act on record, also one that was refused; of those the last alone are kept,
        REFUSED_OF_ONE of a person and REFUSED_KEPT of a community."""
        community = venue.community or ""
        body = msgspec.json.encode({name: _short(value) for name, value in detail.items()}).decode()
        with self._database.transaction():
            self._database.write(
                "INSERT INTO audit (at, platform, community, person, name, act, detail, result) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    format_moment(datetime.now(UTC)),
                    venue.platform,
                    community,
                    person.id,
                    _short(person.name),
                    act,
                    body,
                    result,
                ),
            )
            if result in REFUSED:
                whose = "platform = ? AND community = ? AND result IN (?, ?)"
                values = (venue.platform, community, *REFUSED)
                self._keep_newest(f"{whose} AND person = ?", (*values, person.id), REFUSED_OF_ONE)
                self._keep_newest(whose, values, REFUSED_KEPT)

    def _keep_newest(self, which: str, values: Sequence[object], count: int) -> None:
        found = f"SELECT number FROM audit WHERE {which} ORDER BY number DESC LIMIT -1 OFFSET ?"  # noqa: S608
        self._database.write(f"DELETE FROM audit WHERE number IN ({found})", (*values, count))  # noqa: S608

    def entries(
        self, platform: str, community: str, limit: int, *, refused: bool | None = None
    ) -> list[AuditEntry]:
        """A community's last acts, newest first: those that were refused, those that were not, or both."""
        sign = {None: "", True: "AND result IN (?, ?)", False: "AND result NOT IN (?, ?)"}[refused]
        rows = self._database.rows(
            "SELECT at, person, name, act, detail, result FROM audit "  # noqa: S608
            f"WHERE platform = ? AND community = ? {sign} ORDER BY number DESC LIMIT ?",
            (platform, community, *(REFUSED if sign else ()), limit),
        )
        return [
            AuditEntry(parse_moment(at), person, name, act, msgspec.json.decode(detail), result)
            for at, person, name, act, detail, result in rows
        ]


def _short(value: object) -> object:
    return f"{value[:DETAIL]}…" if isinstance(value, str) and len(value) > DETAIL else value
