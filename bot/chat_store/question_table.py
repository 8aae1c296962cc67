"""What was answered last of each message that asks something, as a message may be edited."""

from datetime import UTC, datetime

from bot.chat.question_message import AnsweredState, QuestionMessage
from bot.chat.venue import Venue
from corpus.dates import format_moment
from corpus.storage.database import Database


class QuestionTable:
    """Reads and writes, for each message that asks something, its state that was answered last."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened file of the chats."""
        self._database = database

    def answered(self, venue: Venue, message: str) -> AnsweredState | None:
        """What was answered last of a message that asks something."""
        rows = self._database.rows(
            "SELECT edited, words, answer FROM questions WHERE tenant = ? AND message = ?",
            (venue.tenant, f"{venue.channel}/{message}"),
        )
        return AnsweredState(*rows[0]) if rows else None

    def set_answered(self, asked: QuestionMessage, answer: str) -> None:
        """Remember in which message the answer to this state of a question stands; empty where none does."""
        self._database.write(
            "INSERT OR REPLACE INTO questions VALUES (?, ?, ?, ?, ?, ?)",
            (
                asked.venue.tenant,
                f"{asked.venue.channel}/{asked.message}",
                asked.edited,
                asked.words,
                answer,
                format_moment(datetime.now(UTC)),
            ),
        )
