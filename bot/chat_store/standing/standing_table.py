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
"""The article that a row for `write_many` names."""


class StandingTable:
    """An article is found once for a standing question. What is found waits until a posting takes it, and a
    posting is under way until it is known where its message stands: whatever crashes in between, nothing is
    forgotten, and what may have been sent is known to be that."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened file of the chats."""
        self._database = database

    # The standing questions

    def put(self, standing: StandingQuestion, renewed: datetime) -> None:
        """Keep one, in the place of what was kept of it; it is forgotten a time after it was renewed."""
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
        """Keep a new one, with what counts as posted already; empty, or who has too many: `person` or
        `tenant`."""
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
        """One, whosever it is."""
        rows = self._database.rows(select(_OF.body).where(_OF.id == standing_id))
        return standing_question.decode(rows[0][0]) if rows else None

    def of_tenant(self, tenant: str) -> list[StandingQuestion]:
        """All of a tenant's, oldest first."""
        return self._all(_OF.tenant == tenant)

    def of_person(self, platform: str, person: str) -> list[StandingQuestion]:
        """All that a person set, oldest first."""
        return self._all(*_set_by(platform, person))

    def of_platform(self, platform: str) -> list[StandingQuestion]:
        """All of a platform's, oldest first."""
        return self._all(_OF.platform == platform)

    def _all(self, *where: ColumnElement[bool]) -> list[StandingQuestion]:
        rows = self._database.rows(select(_OF.body).where(*where).order_by(_OF.rowid))
        found = [standing_question.decode(body) for (body,) in rows]
        return sorted(found, key=lambda one: one.created)

    def change(self, standing: StandingQuestion) -> bool:
        """Keep what was changed of one; False if it is not there any more."""
        changed = update(kept).values(body=standing_question.encode(standing))
        return self._database.write(changed.where(_OF.id == standing.id))

    def remove(self, standing_id: str) -> bool:
        """Forget one with all that was found for it; False if it is not there."""
        with self._database.transaction():
            for table in (standing_found, standing_postings):
                self._database.write(delete(table).where(table.c.standing == standing_id))
            return self._database.write(delete(kept).where(_OF.id == standing_id))

    # What was found

    def looked(self, platform: str) -> dict[str, str]:
        """The generation of each collection that was looked at last for a platform's."""
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
        """Keep what was found for standing questions, by their ids, what is to count as posted because it
        says the same, and that these generations were looked at: all or nothing. What was found before, and
        waits, is found anew; what was posted is not."""
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
        # Nothing is kept for one that was removed meanwhile.
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
        """Collection and id of each article that was found for it, posted or not."""
        found = select(_FOUND.collection, _FOUND.article).where(_FOUND.standing == standing_id)
        return frozenset((collection, article) for collection, article in self._database.rows(found))

    def last_found(self, standing_id: str, count: int) -> list[tuple[str, str]]:
        """Collection and id of the articles that were found last for it, posted or not, the last first."""
        found = select(_FOUND.collection, _FOUND.article).where(_FOUND.standing == standing_id)
        newest = found.order_by(_FOUND.at.desc(), _FOUND.rowid.desc()).limit(count)
        return [(collection, article) for collection, article in self._database.rows(newest)]

    def pass_over(self, standing_id: str, found: Iterable[Found]) -> None:
        """Count what waits as posted: it is not to be seen there any more."""
        with self._database.transaction():
            self._database.write_many(
                update(standing_found).values(posting="").where(*_ARTICLE, _WAITS), _named(standing_id, found)
            )

    def waiting(self, standing_id: str) -> tuple[Found, ...]:
        """What was found and no posting has taken, in the order in which it was found."""
        return self._found(_FOUND.standing == standing_id, _WAITS)

    def with_waiting(self, platform: str) -> list[StandingQuestion]:
        """The platform's standing questions for which something waits, oldest first."""
        return self._all(_OF.platform == platform, _OF.id.in_(select(_FOUND.standing).where(_WAITS)))

    def _found(self, *where: ColumnElement[bool]) -> tuple[Found, ...]:
        found = select(_FOUND.collection, _FOUND.article, _FOUND.version, _FOUND.at, _FOUND.body)
        rows = self._database.rows(found.where(*where).order_by(_FOUND.at, _FOUND.rowid))
        return tuple(
            Found(collection, article, version, parse_moment(at), body)
            for collection, article, version, at, body in rows
        )

    # What was posted

    def begin(self, posting: Posting) -> bool:
        """Let a posting take what it is about, before it is sent; False if another one has taken any of
        it, or the standing question is gone."""
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
        """The posting was sent; `message` is where it stands, empty if the platform does not tell."""
        self._database.write(
            update(standing_postings).values(message=message).where(_POSTED.id == posting_id)
        )

    def take_back(self, posting_id: str) -> None:
        """The posting was surely not sent: what it was about waits again."""
        with self._database.transaction():
            self._database.write(
                update(standing_found).values(posting=None).where(_FOUND.posting == posting_id)
            )
            self._database.write(delete(standing_postings).where(_POSTED.id == posting_id))

    def under_way(self, platform: str) -> list[tuple[StandingQuestion, Posting]]:
        """The postings that were begun and of which it is not known whether they were sent."""
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
        """When something was posted for it since that moment."""
        posted = select(_POSTED.at).where(_POSTED.standing == standing_id, _POSTED.at >= format_moment(since))
        return tuple(parse_moment(at) for (at,) in self._database.rows(posted))


def _set_by(platform: str, person: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _OF.platform == platform, _OF.person == person


def _named(standing_id: str, found: Iterable[Found]) -> list[dict[str, str]]:
    return [
        {"its_standing": standing_id, "its_collection": one.collection, "its_article": one.article_id}
        for one in found
    ]
