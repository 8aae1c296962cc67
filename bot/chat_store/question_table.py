"""The last answer to each message with a question, since a message may be edited."""

from datetime import UTC, datetime

from sqlalchemy import select

from bot.chat.question_message import AnsweredState, QuestionMessage
from bot.chat.venue import Venue
from bot.chat_store.tables.chat_tables import questions
from corpus.dates import format_moment
from corpus.storage.database import Database
from corpus.storage.sql.upserting import put

_OF = questions.c


class QuestionTable:
    """Reads and writes, for each message with a question, its state that was answered last."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened chat database."""
        self._database = database

    def answered(self, venue: Venue, message: str) -> AnsweredState | None:
        """The state of a message that was answered last; None if none was."""
        asked = select(_OF.edited, _OF.words, _OF.answer).where(
            _OF.tenant == venue.tenant, _OF.message == f"{venue.channel}/{message}"
        )
        rows = self._database.rows(asked)
        return AnsweredState(*rows[0]) if rows else None

    def set_answered(self, asked: QuestionMessage, answer: str) -> None:
        """Store the message with the answer to this state of a question; empty if there is none."""
        self._database.write(
            put(
                questions,
                {
                    "tenant": asked.venue.tenant,
                    "message": f"{asked.venue.channel}/{asked.message}",
                    "edited": asked.edited,
                    "words": asked.words,
                    "answer": answer,
                    "at": format_moment(datetime.now(UTC)),
                },
            )
        )
