"""Standing questions, the articles found for each, their postings, and the last generation that was
processed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, select, update

from bot.chat import standing_question
from bot.chat.standing_question import Found, Posting, StandingQuestion
from bot.chat_store.tables.chat_tables import standing as kept
from bot.chat_store.tables.chat_tables import standing_found, standing_looked, standing_postings
from corpus.dates import format_moment, parse_moment
from corpus.storage.database import Database
from corpus.storage.sql.upserting import put

_OF = kept.c
_FOUND = standing_found.c
_POSTED = standing_postings.c
_WAITS = _FOUND.posting.is_(None)
_ARTICLE = tuple(_FOUND[name] == bindparam(f"its_{name}") for name in ("standing", "collection", "article"))
"""The article of a row for `write_many`."""


class StandingTable:
    """Reads and writes standing questions and their postings.

    An article is found once for a standing question. It waits until a posting takes it, and a posting is in
    progress until its message is known. So after a crash nothing is lost, and it is known which messages may
    have been sent.
    """

    def __init__(self, database: Database) -> None:
        """`database` is the opened chat database."""
        self._database = database

    # The standing questions

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
            self._insert(standing.id, seen, "")
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

    # Found articles

    def looked(self, platform: str) -> dict[str, str]:
        """The generation of each collection that was last searched for a platform."""
        looked = select(standing_looked.c.collection, standing_looked.c.generation)
        rows = self._database.rows(looked.where(standing_looked.c.platform == platform))
        return {collection: generation for collection, generation in rows}  # noqa: C416 - they are no tuples

    def found(
        self,
        platform: str,
        found: Mapping[str, Sequence[Found]],
        looked: Mapping[str, str],
        seen: Mapping[str, Sequence[Found]] | None = None,
    ) -> None:
        """Store, in one transaction, the articles found for standing questions (by their ids), the articles
        that count as posted because they say the same (`seen`), and the generations that were searched. An
        article that is found again replaces a waiting one, but not a posted one."""
        with self._database.transaction():
            for standing_id, articles in found.items():
                self._insert(standing_id, articles, None)
            for standing_id, articles in (seen or {}).items():
                self._insert(standing_id, articles, "")
            self._database.write_many(
                put(standing_looked),
                [
                    {"platform": platform, "collection": collection, "generation": generation}
                    for collection, generation in looked.items()
                ],
            )

    def _insert(self, standing_id: str, found: Iterable[Found], posting: str | None) -> None:
        # Nothing is stored for one that was removed meanwhile.
        there = select(_OF.id).where(_OF.id == standing_id)
        found = list(found)
        if not found or not self._database.rows(there.with_for_update(read=True)):
            return
        self._database.write_many(
            put(standing_found, change=("version", "body"), only=_WAITS),
            [
                {
                    "standing": standing_id,
                    "collection": one.collection,
                    "article": one.article_id,
                    "version": one.version,
                    "at": format_moment(one.at),
                    "body": one.body,
                    "posting": posting,
                }
                for one in found
            ],
        )

    def known(self, standing_id: str) -> frozenset[tuple[str, str]]:
        """The collection and id of each article that was found for a standing question, posted or not."""
        found = select(_FOUND.collection, _FOUND.article).where(_FOUND.standing == standing_id)
        return frozenset((collection, article) for collection, article in self._database.rows(found))

    def last_found(self, standing_id: str, count: int) -> list[tuple[str, str]]:
        """The collection and id of the articles that were found last for a standing question, posted or not,
        the last first."""
        found = select(_FOUND.collection, _FOUND.article).where(_FOUND.standing == standing_id)
        newest = found.order_by(_FOUND.at.desc(), _FOUND.rowid.desc()).limit(count)
        return [(collection, article) for collection, article in self._database.rows(newest)]

    def pass_over(self, standing_id: str, found: Iterable[Found]) -> None:
        """Count waiting articles as posted, as they may not be posted any more."""
        with self._database.transaction():
            self._database.write_many(
                update(standing_found).values(posting="").where(*_ARTICLE, _WAITS), _named(standing_id, found)
            )

    def waiting(self, standing_id: str) -> tuple[Found, ...]:
        """The articles that wait for a posting, in the order in which they were found."""
        return self._found(_FOUND.standing == standing_id, _WAITS)

    def with_waiting(self, platform: str) -> list[StandingQuestion]:
        """The platform's standing questions with waiting articles, oldest first."""
        return self._all(_OF.platform == platform, _OF.id.in_(select(_FOUND.standing).where(_WAITS)))

    def _found(self, *where: ColumnElement[bool]) -> tuple[Found, ...]:
        found = select(_FOUND.collection, _FOUND.article, _FOUND.version, _FOUND.at, _FOUND.body)
        rows = self._database.rows(found.where(*where).order_by(_FOUND.at, _FOUND.rowid))
        return tuple(
            Found(collection, article, version, parse_moment(at), body)
            for collection, article, version, at, body in rows
        )

    # Postings

    def begin(self, posting: Posting) -> bool:
        """Store a posting, which takes its articles, before it is sent; False if another posting has taken
        any of them, or the standing question is gone."""
        with self._database.transaction():
            if not self._database.rows(select(_OF.id).where(_OF.id == posting.standing)):
                return False
            waiting = {(one.collection, one.article_id) for one in self.waiting(posting.standing)}
            if any((one.collection, one.article_id) not in waiting for one in posting.found):
                return False
            self._database.write(
                insert(standing_postings).values(
                    id=posting.id, standing=posting.standing, at=format_moment(posting.at)
                )
            )
            self._database.write_many(
                update(standing_found).values(posting=posting.id).where(*_ARTICLE),
                _named(posting.standing, posting.found),
            )
        return True

    def end(self, posting_id: str, message: str = "") -> None:
        """Store that a posting was sent; `message` is its message, empty if the platform does not give it."""
        self._database.write(
            update(standing_postings).values(message=message).where(_POSTED.id == posting_id)
        )

    def take_back(self, posting_id: str) -> None:
        """Remove a posting that was certainly not sent; its articles wait again."""
        with self._database.transaction():
            self._database.write(
                update(standing_found).values(posting=None).where(_FOUND.posting == posting_id)
            )
            self._database.write(delete(standing_postings).where(_POSTED.id == posting_id))

    def under_way(self, platform: str) -> list[tuple[StandingQuestion, Posting]]:
        """The postings of which it is not known whether they were sent."""
        begun = (
            select(_OF.body, _POSTED.id, _POSTED.at)
            .join_from(standing_postings, kept, _OF.id == _POSTED.standing)
            .where(_OF.platform == platform, _POSTED.message.is_(None))
            .order_by(_POSTED.at, _POSTED.rowid)
        )
        rows = self._database.rows(begun)
        under_way = [(standing_question.decode(body), key, parse_moment(at)) for body, key, at in rows]
        return [
            (standing, Posting(key, standing.id, at, self._found(_FOUND.posting == key)))
            for standing, key, at in under_way
        ]

    def posted(self, standing_id: str, since: datetime) -> tuple[datetime, ...]:
        """The times of a standing question's postings since then."""
        posted = select(_POSTED.at).where(_POSTED.standing == standing_id, _POSTED.at >= format_moment(since))
        return tuple(parse_moment(at) for (at,) in self._database.rows(posted))


def _set_by(platform: str, person: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _OF.platform == platform, _OF.person == person


def _named(standing_id: str, found: Iterable[Found]) -> list[dict[str, str]]:
    return [
        {"its_standing": standing_id, "its_collection": one.collection, "its_article": one.article_id}
        for one in found
    ]
