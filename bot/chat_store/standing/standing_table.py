"""Standing questions."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update

from bot.chat import standing_question
from bot.chat.standing_question import Found, StandingQuestion
from bot.chat_store.standing.found_table import WAITS, StandingFoundTable
from bot.chat_store.tables.chat_tables import standing as kept
from bot.chat_store.tables.chat_tables import standing_found, standing_postings
from corpus.dates import format_moment
from corpus.storage.database import Database
from corpus.storage.sql.upserting import put

_OF = kept.c


class StandingTable:
    """Reads and writes standing questions."""

    def __init__(self, database: Database, found: StandingFoundTable) -> None:
        """`database` is the opened chat database, and `found` its table of found articles."""
        self._database = database
        self._found = found

    def put(self, standing: StandingQuestion, renewed: datetime) -> None:
        """Store a standing question, in place of its earlier state; it is deleted a time after `renewed`."""
        self._database.write(
            put(
                kept,
                {
                    "id": standing.id,
                    "platform": standing.venue.platform,
                    "tenant": standing.venue.tenant,
                    "person": standing.person.id,
                    "renewed": format_moment(renewed),
                    "body": standing_question.encode(standing),
                },
            )
        )

    def add(self, standing: StandingQuestion, seen: Iterable[Found], per_person: int, per_tenant: int) -> str:
        """Store a new standing question, with the articles that count as already posted. Returns an empty
        text, or who has too many: `person` or `tenant`."""
        venue = standing.venue
        with self._database.transaction():
            if self._count(*_set_by(venue.platform, standing.person.id)) >= per_person:
                return "person"
            if self._count(_OF.tenant == venue.tenant) >= per_tenant:
                return "tenant"
            self.put(standing, standing.created)
            self._found.add_seen(standing.id, seen)
        return ""

    def _count(self, *where: ColumnElement[bool]) -> int:
        return int(self._database.rows(select(func.count()).select_from(kept).where(*where))[0][0])

    def get(self, standing_id: str) -> StandingQuestion | None:
        """A standing question of any person; None if it does not exist."""
        rows = self._database.rows(select(_OF.body).where(_OF.id == standing_id))
        return standing_question.decode(rows[0][0]) if rows else None

    def of_tenant(self, tenant: str) -> list[StandingQuestion]:
        """All standing questions of a tenant, oldest first."""
        return self._all(_OF.tenant == tenant)

    def of_person(self, platform: str, person: str) -> list[StandingQuestion]:
        """All standing questions that a person set, oldest first."""
        return self._all(*_set_by(platform, person))

    def of_platform(self, platform: str) -> list[StandingQuestion]:
        """All standing questions of a platform, oldest first."""
        return self._all(_OF.platform == platform)

    def with_waiting(self, platform: str) -> list[StandingQuestion]:
        """The platform's standing questions with waiting articles, oldest first."""
        return self._all(_OF.platform == platform, _OF.id.in_(select(standing_found.c.standing).where(WAITS)))

    def _all(self, *where: ColumnElement[bool]) -> list[StandingQuestion]:
        rows = self._database.rows(select(_OF.body).where(*where).order_by(_OF.rowid))
        found = [standing_question.decode(body) for (body,) in rows]
        return sorted(found, key=lambda one: one.created)

    def change(self, standing: StandingQuestion) -> bool:
        """Store a changed standing question; False if it does not exist any more."""
        changed = update(kept).values(body=standing_question.encode(standing))
        return self._database.write(changed.where(_OF.id == standing.id))

    def remove(self, standing_id: str) -> bool:
        """Delete a standing question with its articles and postings; False if it does not exist."""
        with self._database.transaction():
            for table in (standing_found, standing_postings):
                self._database.write(delete(table).where(table.c.standing == standing_id))
            return self._database.write(delete(kept).where(_OF.id == standing_id))


def _set_by(platform: str, person: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _OF.platform == platform, _OF.person == person
