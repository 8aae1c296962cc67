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
    """Reads and writes the events that a process, their `owner`, has claimed."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened chat database."""
        self._database = database

    def claim(self, platform: str, event: str, pending: str | None = None, owner: str = "") -> bool:
        """Claim an event for the owner; False if it is already claimed.

        `pending` is what is needed to answer it after a crash, until it is settled.
        """
        return self._database.write(insert_new(events, _row(platform, event, owner, pending)))

    def begin_showing(self, platform: str, event: str, owner: str) -> bool:
        """Whether the event is still the owner's, who may answer it now; its answer then counts as possibly
        sent. An event without a claim becomes the owner's."""
        row = {**_row(platform, event, owner), "shown": 1}
        return self._database.write(put(events, row, change=("shown",), only=_OF.owner == owner))

    def unclaim(self, platform: str, event: str) -> None:
        """Remove the claim of an event that was not handled after all."""
        self._database.write(delete(events).where(*_one(platform, event)))

    def settle(self, platform: str, event: str, owner: str = "") -> None:
        """Settle an event that its owner has answered; one that was taken over by another process is not
        changed."""
        theirs = (*_one(platform, event), _OF.owner == owner)
        self._database.write(update(events).values(pending=None).where(*theirs))

    def take_over(
        self, platform: str, owner: str, known: Iterable[str] = ()
    ) -> list[tuple[str, datetime, str, bool]]:
        """Take over the unanswered events of processes that have ended: id, time, `pending`, and whether an
        answer may have been sent, oldest first. Of several processes that do so at the same time, each gets
        different ones.

        Events that are already the owner's are returned too, except the `known` ones, since the result of an
        earlier call may have been lost.
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
