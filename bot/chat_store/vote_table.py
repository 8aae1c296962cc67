"""What people think of the answers that they got."""

from datetime import UTC, datetime

from bot.chat import answer_record
from bot.chat.answer_record import AnswerRecord
from bot.chat.vote import Vote
from corpus.dates import format_moment, parse_moment
from corpus.storage.database import Database


class VoteTable:
    """Reads and writes votes: one of each person on each answer."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened file of the chats."""
        self._database = database

    def cast(self, answer_id: str, person: str, *, helpful: bool, reason: str = "") -> None:
        """Keep what a person thinks of an answer, in the place of what they thought before."""
        self._database.write(
            "INSERT OR REPLACE INTO votes VALUES (?, ?, ?, ?, ?)",
            (answer_id, person, int(helpful), reason, format_moment(datetime.now(UTC))),
        )

    def of(self, answer_id: str) -> list[Vote]:
        """The votes on an answer, oldest first."""
        rows = self._database.rows(
            "SELECT person, helpful, reason, at FROM votes WHERE answer = ? ORDER BY at", (answer_id,)
        )
        return [Vote(person, bool(helpful), reason, parse_moment(at)) for person, helpful, reason, at in rows]

    def since(self, since: datetime) -> list[tuple[AnswerRecord, list[Vote]]]:
        """Every answer given since then that somebody voted on, oldest first, with the votes."""
        rows = self._database.rows(
            "SELECT id, body FROM answers WHERE created >= ? AND id IN (SELECT answer FROM votes) "
            "ORDER BY created, rowid",
            (format_moment(since),),
        )
        return [(answer_record.decode(body), self.of(answer_id)) for answer_id, body in rows]
