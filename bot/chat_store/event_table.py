"""The known events of each platform, so that each is handled exactly once, also after a crash."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from bot.chat_store.tables.chat_tables import events, processes
from corpus.dates import format_moment, parse_moment
from corpus.storage.database import Database
from corpus.storage.sql.upserting import insert_new, put

_OF = events.c


class EventTable:
    """Reads and writes the events that some process has claimed, its `owner`."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened one of the chats."""
        self._database = database

    def claim(self, platform: str, event: str, pending: str | None = None, owner: str = "") -> bool:
        """Whether the event is new; then it is known from now on, and the owner's.

        `pending` is what is needed to answer it after a crash, until `settle` says that it was.
        """
        return self._database.write(insert_new(events, _row(platform, event, owner, pending)))

    def begin_showing(self, platform: str, event: str, owner: str) -> bool:
        """Whether the event is still the owner's, who may answer it now; then it is known that the answer
        may stand there. One that nobody could claim becomes the owner's."""
        row = {**_row(platform, event, owner), "shown": 1}
        return self._database.write(put(events, row, change=("shown",), only=_OF.owner == owner))

    def unclaim(self, platform: str, event: str) -> None:
        """The event was not carried out after all: it is new again."""
        self._database.write(delete(events).where(*_one(platform, event)))

    def settle(self, platform: str, event: str, owner: str = "") -> None:
        """The event was answered by its owner; what another has taken over is still to be."""
        theirs = (*_one(platform, event), _OF.owner == owner)
        self._database.write(update(events).values(pending=None).where(*theirs))

    def unsettled(self, platform: str) -> list[tuple[str, datetime, str]]:
        """The events that were begun and not answered, oldest first: id, when, and what is needed."""
        left = select(_OF.event, _OF.at, _OF.pending).where(
            _OF.platform == platform, _OF.pending.is_not(None)
        )
        return [
            (event, parse_moment(at), pending)
            for event, at, pending in self._database.rows(left.order_by(_OF.at))
        ]

    def take_over(
        self, platform: str, owner: str, known: Iterable[str] = ()
    ) -> list[tuple[str, datetime, str, bool]]:
        """Make the owner's what was begun and not answered by processes that are not there any more: id,
        when, what is needed, and whether an answer may stand there, oldest first. Of several processes that
        ask at the same time each gets others.

        What is the owner's already comes too, but for the `known`: of an earlier call that succeeded it may
        not have heard.
        """
        nobodys = _OF.owner.not_in(select(processes.c.id))
        unheard = and_(_OF.owner == owner, _OF.event.not_in(list(known)))
        left = (
            update(events)
            .values(owner=owner)
            .where(_OF.platform == platform, _OF.pending.is_not(None), or_(nobodys, unheard))
        )
        rows = self._database.rows(left.returning(_OF.event, _OF.at, _OF.pending, _OF.shown))
        found = [(event, parse_moment(at), pending, bool(shown)) for event, at, pending, shown in rows]
        return sorted(found, key=lambda one: one[1])


def _row(platform: str, event: str, owner: str, pending: str | None = None) -> dict[str, object]:
    at = format_moment(datetime.now(UTC))
    return {
        "platform": platform,
        "event": event,
        "at": at,
        "pending": pending,
        "owner": owner,
        "shown": 0,
    }


def _one(platform: str, event: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _OF.platform == platform, _OF.event == event
