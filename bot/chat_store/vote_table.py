"""People's votes on answers."""

from datetime import UTC, datetime

from sqlalchemy import select

from bot.chat import answer_record
from bot.chat.answer_record import AnswerRecord
from bot.chat.vote import Vote
from bot.chat_store.tables.chat_tables import answers, votes
from corpus.dates import format_moment, parse_moment
from corpus.storage.database import Database
from corpus.storage.sql.upserting import put

_OF = votes.c


class VoteTable:
    """Reads and writes votes: one by each person on each answer."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened chat database."""
        self._database = database

    def cast(self, answer_id: str, person: str, *, helpful: bool, reason: str = "") -> None:
        """Store a person's vote on an answer, in place of an earlier one."""
        self._database.write(
            put(
                votes,
                {
                    "answer": answer_id,
                    "person": person,
                    "helpful": int(helpful),
                    "reason": reason,
                    "at": format_moment(datetime.now(UTC)),
                },
            )
        )

    def of(self, answer_id: str) -> list[Vote]:
        """The votes on an answer, oldest first."""
        cast = select(_OF.person, _OF.helpful, _OF.reason, _OF.at).where(_OF.answer == answer_id)
        return [
            Vote(person, bool(helpful), reason, parse_moment(at))
            for person, helpful, reason, at in self._database.rows(cast.order_by(_OF.at))
        ]

    def since(self, since: datetime) -> list[tuple[AnswerRecord, list[Vote]]]:
        """Every answer since then with votes, oldest first, with its votes."""
        voted = (answers.c.created >= format_moment(since), answers.c.id.in_(select(_OF.answer)))
        rows = self._database.rows(
            select(answers.c.id, answers.c.body).where(*voted).order_by(answers.c.created, answers.c.rowid)
        )
        return [(answer_record.decode(body), self.of(answer_id)) for answer_id, body in rows]
