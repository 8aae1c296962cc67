"""The stored answers, and the messages in which they are."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, insert, or_, select, update

from bot.chat import answer_record
from bot.chat.answer_record import AnswerRecord
from bot.chat.venue import Venue
from bot.chat_store.tables.chat_tables import answers
from corpus.dates import format_moment
from corpus.storage.database import Database

_OF = answers.c
_NEWEST = (_OF.created.desc(), _OF.rowid.desc())


class AnswerTable:
    """Reads and writes answers; each method returns those of one tenant only."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened chat database."""
        self._database = database

    def add(self, record: AnswerRecord) -> None:
        """Store an answer, before it is shown: a button must never be pressed before its answer is stored."""
        self._database.write(
            insert(answers).values(
                id=record.id,
                tenant=record.venue.tenant,
                room=record.venue.room,
                person=record.person,
                created=format_moment(record.created),
                body=answer_record.encode(record),
                question=record.question or None,
                private=int(record.private),
                answered=int(record.answered),
            )
        )

    def set_message(self, answer_id: str, message: str) -> None:
        """Store the message of an answer, so that a reply to it is recognised."""
        self._database.write(update(answers).values(message=message).where(_OF.id == answer_id))

    def get(self, answer_id: str, tenant: str) -> AnswerRecord | None:
        """The tenant's answer with that id."""
        return self._one(select(_OF.body).where(_OF.id == answer_id, _OF.tenant == tenant))

    def in_message(self, venue: Venue, message: str) -> AnswerRecord | None:
        """The answer in a message."""
        # The answer to an edited question replaces the earlier one in its message.
        return self._one(_in(venue, _OF.message == message).order_by(*_NEWEST).limit(1))

    def last(
        self, venue: Venue, since: datetime, person: str = "", *, refused_too: bool = False
    ) -> AnswerRecord | None:
        """The last answer in a channel or thread since then, or the last refused question if there is none,
        or, with `refused_too`, if it is newer; of private ones, only those of the person count."""
        theirs = or_(_OF.person == person, _OF.private == 0)
        recent = _in(venue, _OF.created >= format_moment(since), theirs)
        order = _NEWEST if refused_too else (_OF.answered.desc(), *_NEWEST)
        return self._one(recent.order_by(*order).limit(1))

    def by_person(self, tenant: str, person: str, limit: int) -> list[AnswerRecord]:
        """A person's last answers in a tenant, newest first, one for each question."""
        theirs = select(_OF.body).where(_OF.tenant == tenant, _OF.person == person)
        found: dict[str, AnswerRecord] = {}
        for (body,) in self._database.rows(theirs.order_by(*_NEWEST).limit(4 * limit)):
            record = answer_record.decode(body)
            found.setdefault(record.asked, record)
        return list(found.values())[:limit]

    def direct_channels(self, platform: str, since: datetime, limit: int) -> list[str]:
        """The channels of direct messages with answers since then, the latest first."""
        tenant = f"{platform}:@"  # direct messages; a prefix that an index supports
        recent = select(_OF.body).where(_OF.tenant.startswith(tenant), _OF.created >= format_moment(since))
        rows = self._database.rows(recent.order_by(*_NEWEST).limit(10 * limit))
        venues = [answer_record.decode(body).venue for (body,) in rows]
        return list(dict.fromkeys(one.channel for one in venues if one.alone))[:limit]

    def to_question(self, tenant: str, question: str) -> list[tuple[str, AnswerRecord]]:
        """The answers to a message of the tenant, oldest first, each with its own message (empty if that is
        not known)."""
        asked = select(_OF.message, _OF.body).where(_OF.tenant == tenant, _OF.question == question)
        rows = self._database.rows(asked.order_by(_OF.created, _OF.rowid))
        return [(message or "", answer_record.decode(body)) for message, body in rows]

    def _one(self, query: Select[str]) -> AnswerRecord | None:
        rows = self._database.rows(query)
        return answer_record.decode(rows[0][0]) if rows else None


def _in(venue: Venue, *where: ColumnElement[bool]) -> Select[str]:
    return select(_OF.body).where(_OF.tenant == venue.tenant, _OF.room == venue.room, *where)
