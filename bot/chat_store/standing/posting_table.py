"""The postings of standing questions."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update

from bot.chat import standing_question
from bot.chat.standing_question import Posting, StandingQuestion
from bot.chat_store.standing.found_table import StandingFoundTable
from bot.chat_store.tables.chat_tables import standing, standing_postings
from corpus.dates import format_moment, parse_moment
from corpus.storage.database import Database

_OF = standing_postings.c


class StandingPostingTable:
    """Reads and writes the postings of standing questions.

    A posting is in progress until its message is known. So after a crash nothing is lost, and it is known
    which messages may have been sent.
    """

    def __init__(self, database: Database, found: StandingFoundTable) -> None:
        """`database` is the opened chat database, and `found` its table of found articles."""
        self._database = database
        self._found = found

    def begin(self, posting: Posting) -> bool:
        """Store a posting, which takes its articles, before it is sent; False if another posting has taken
        any of them, or the standing question is gone."""
        with self._database.transaction():
            if not self._database.rows(select(standing.c.id).where(standing.c.id == posting.standing)):
                return False
            if not self._found.take(posting):
                return False
            self._database.write(
                insert(standing_postings).values(
                    id=posting.id, standing=posting.standing, at=format_moment(posting.at)
                )
            )
        return True

    def end(self, posting_id: str, message: str = "") -> None:
        """Store that a posting was sent; `message` is its message, empty if the platform does not give it."""
        self._database.write(update(standing_postings).values(message=message).where(_OF.id == posting_id))

    def take_back(self, posting_id: str) -> None:
        """Remove a posting that was certainly not sent; its articles wait again."""
        with self._database.transaction():
            self._found.release(posting_id)
            self._database.write(delete(standing_postings).where(_OF.id == posting_id))

    def under_way(self, platform: str) -> list[tuple[StandingQuestion, Posting]]:
        """The postings of which it is not known whether they were sent."""
        begun = (
            select(standing.c.body, _OF.id, _OF.at)
            .join_from(standing_postings, standing, standing.c.id == _OF.standing)
            .where(standing.c.platform == platform, _OF.message.is_(None))
            .order_by(_OF.at, _OF.rowid)
        )
        rows = self._database.rows(begun)
        under_way = [(standing_question.decode(body), key, parse_moment(at)) for body, key, at in rows]
        return [(one, Posting(key, one.id, at, self._found.taken_by(key))) for one, key, at in under_way]

    def posted(self, standing_id: str, since: datetime) -> tuple[datetime, ...]:
        """The times of a standing question's postings since then."""
        posted = select(_OF.at).where(_OF.standing == standing_id, _OF.at >= format_moment(since))
        return tuple(parse_moment(at) for (at,) in self._database.rows(posted))
