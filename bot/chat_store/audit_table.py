"""The audit log: every administrative action, who took it, and its result."""

from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec
from sqlalchemy import ColumnElement, delete, insert, select

from bot.chat.audit_entry import AuditEntry
from bot.chat.venue import Caller
from bot.chat_store.tables.chat_tables import audit
from corpus.dates import format_moment, parse_moment
from corpus.storage.database import Database

REFUSED = ("refused", "busy")
"""The results of refused acts: the person had no right, or another change was in progress."""
REFUSED_KEPT = 200
"""The most refused acts that are stored for a community: ten screens of them."""
REFUSED_OF_ONE = 20
"""The most of these by one person, so that nobody can displace those of others."""
DETAIL = 500
"""The most characters of a text in an act: enough for a path or an address, but not to fill the disk."""
_OF = audit.c


class AuditTable:
    """Reads and writes the audit log."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened chat database."""
        self._database = database

    def add(self, caller: Caller, act: str, detail: Mapping[str, object], result: str) -> None:
        """Record an administrative act. Of refused ones, only the last REFUSED_OF_ONE of a person and
        REFUSED_KEPT of a community are kept."""
        community = caller.venue.community or ""
        body = msgspec.json.encode({name: _short(value) for name, value in detail.items()}).decode()
        with self._database.transaction():
            self._database.write(
                insert(audit).values(
                    at=format_moment(datetime.now(UTC)),
                    platform=caller.venue.platform,
                    community=community,
                    person=caller.person.id,
                    name=_short(caller.person.name),
                    act=act,
                    detail=body,
                    result=result,
                )
            )
            if result in REFUSED:
                whose = (*_by(caller.venue.platform, community), _OF.result.in_(REFUSED))
                self._keep_newest(REFUSED_OF_ONE, *whose, _OF.person == caller.person.id)
                self._keep_newest(REFUSED_KEPT, *whose)

    def _keep_newest(self, count: int, *which: ColumnElement[bool]) -> None:
        newest = select(_OF.number).where(*which).order_by(_OF.number.desc())
        # The oldest that is kept; none if there are fewer.
        last = newest.limit(1).offset(count - 1).scalar_subquery()
        self._database.write(delete(audit).where(*which, _OF.number < last))

    def entries(
        self, platform: str, community: str, limit: int, *, refused: bool | None = None
    ) -> list[AuditEntry]:
        """A community's last acts, newest first: the refused ones, the others, or both."""
        found = select(_OF.at, _OF.person, _OF.name, _OF.act, _OF.detail, _OF.result).where(
            *_by(platform, community)
        )
        if refused is not None:
            found = found.where(_OF.result.in_(REFUSED) if refused else _OF.result.not_in(REFUSED))
        return [
            AuditEntry(parse_moment(at), person, name, act, msgspec.json.decode(detail), result)
            for at, person, name, act, detail, result in self._database.rows(
                found.order_by(_OF.number.desc()).limit(limit)
            )
        ]


def _by(platform: str, community: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _OF.platform == platform, _OF.community == community


def _short(value: object) -> object:
    return f"{value[:DETAIL]}…" if isinstance(value, str) and len(value) > DETAIL else value
