"""The answers that were given, each with the message in which it stands."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat import answer_record
from bot.chat.answer_record import AnswerRecord
from bot.chat.venue import Venue
from corpus.dates import format_moment
from corpus.storage.database import Database


class AnswerTable:
    """Reads and writes the answers of every tenant; each method gives those of one tenant alone."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened file of the chats."""
        self._database = database

    def add(self, record: AnswerRecord) -> None:
        """Keep an answer, before it is shown: a button must never come before its answer."""
        self._database.write(
            "INSERT INTO answers VALUES (?, ?, ?, ?, ?, NULL, ?, ?)",
            (
                record.id,
                record.venue.tenant,
                record.venue.room,
                record.person,
                format_moment(record.created),
                answer_record.encode(record),
                record.question or None,
            ),
        )

    def set_message(self, answer_id: str, message: str) -> None:
        """Remember in which message an answer stands, so that a reply to it can be understood."""
        self._database.write("UPDATE answers SET message = ? WHERE id = ?", (message, answer_id))

    def get(self, answer_id: str, tenant: str) -> AnswerRecord | None:
        """The tenant's answer of that id; nobody else's."""
        return self._one("SELECT body FROM answers WHERE id = ? AND tenant = ?", (answer_id, tenant))

    def in_message(self, venue: Venue, message: str) -> AnswerRecord | None:
        """The answer that stands in a message."""
        return self._one(
            "SELECT body FROM answers WHERE tenant = ? AND room = ? AND message = ? "
            "ORDER BY created DESC, rowid DESC LIMIT 1",  # an edited question is answered in its place
            (venue.tenant, venue.room, message),
        )

    def last(self, venue: Venue, since: datetime, person: str = "") -> AnswerRecord | None:
        """The last answer in a room, if it was given since then, or the last refusal where there is none; of
        private ones only that person's count."""
        return self._one(
            "SELECT body FROM answers WHERE tenant = ? AND room = ? AND created >= ? "
            "AND (person = ? OR NOT json_extract(body, '$.private')) "
            "ORDER BY json_extract(body, '$.answered') DESC, created DESC, rowid DESC LIMIT 1",
            (venue.tenant, venue.room, format_moment(since), person),
        )

    def by_person(self, tenant: str, person: str, limit: int) -> list[AnswerRecord]:
        """A person's last answers of a tenant, newest first, one for each question."""
        rows = self._database.rows(
            "SELECT body FROM answers WHERE tenant = ? AND person = ? "
            "ORDER BY created DESC, rowid DESC LIMIT ?",
            (tenant, person, 4 * limit),
        )
        found: dict[str, AnswerRecord] = {}
        for (body,) in rows:
            record = answer_record.decode(body)
            found.setdefault(record.asked, record)
        return list(found.values())[:limit]

    def to_question(self, tenant: str, question: str) -> list[tuple[str, AnswerRecord]]:
        """The answers to a message of the tenant's, oldest first, each with the message that it stands in
        (empty where that is not known)."""
        rows = self._database.rows(
            "SELECT message, body FROM answers WHERE tenant = ? AND question = ? ORDER BY created, rowid",
            (tenant, question),
        )
        return [(message or "", answer_record.decode(body)) for message, body in rows]

    def _one(self, query: str, values: Sequence[object]) -> AnswerRecord | None:
        rows = self._database.rows(query, values)
        return answer_record.decode(rows[0][0]) if rows else None
