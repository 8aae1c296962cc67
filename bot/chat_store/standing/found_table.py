"""The articles found for standing questions, and the last generation that was processed."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, bindparam, select, update

from bot.chat.standing_question import Found, Posting
from bot.chat_store.tables.chat_tables import standing, standing_found, standing_looked
from corpus.article import ArticleKey
from corpus.dates import format_moment, parse_moment
from corpus.storage.database import Database
from corpus.storage.sql.upserting import put

_OF = standing_found.c
WAITS = _OF.posting.is_(None)
_ARTICLE = tuple(_OF[name] == bindparam(f"its_{name}") for name in ("standing", "collection", "article"))
"""The article of a row for `write_many`."""


class StandingFoundTable:
    """Reads and writes the articles that were found for standing questions.

    An article is found once for a standing question, and waits until a posting takes it.
    """

    def __init__(self, database: Database) -> None:
        """`database` is the opened chat database."""
        self._database = database

    def looked(self, platform: str) -> dict[str, str]:
        """The generation of each collection that was last searched for a platform."""
        looked = select(standing_looked.c.collection, standing_looked.c.generation)
        rows = self._database.rows(looked.where(standing_looked.c.platform == platform))
        return {collection: generation for collection, generation in rows}  # noqa: C416 - they are no tuples

    def record(
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
                self.add_seen(standing_id, articles)
            self._database.write_many(
                put(standing_looked),
                [
                    {"platform": platform, "collection": collection, "generation": generation}
                    for collection, generation in looked.items()
                ],
            )

    def add_seen(self, standing_id: str, articles: Iterable[Found]) -> None:
        """Store articles that count as already posted."""
        self._insert(standing_id, articles, "")

    def _insert(self, standing_id: str, found: Iterable[Found], posting: str | None) -> None:
        # Nothing is stored for one that was removed meanwhile.
        there = select(standing.c.id).where(standing.c.id == standing_id)
        found = list(found)
        if not found or not self._database.rows(there.with_for_update(read=True)):
            return
        self._database.write_many(
            put(standing_found, change=("version", "body"), only=WAITS),
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

    def known(self, standing_id: str) -> frozenset[ArticleKey]:
        """The collection and id of each article that was found for a standing question, posted or not."""
        found = select(_OF.collection, _OF.article).where(_OF.standing == standing_id)
        return frozenset((collection, article) for collection, article in self._database.rows(found))

    def last_found(self, standing_id: str, count: int) -> list[ArticleKey]:
        """The collection and id of the articles that were found last for a standing question, posted or not,
        the last first."""
        found = select(_OF.collection, _OF.article).where(_OF.standing == standing_id)
        newest = found.order_by(_OF.at.desc(), _OF.rowid.desc()).limit(count)
        return [(collection, article) for collection, article in self._database.rows(newest)]

    def pass_over(self, standing_id: str, found: Iterable[Found]) -> None:
        """Count waiting articles as posted, as they may not be posted any more."""
        with self._database.transaction():
            self._database.write_many(
                update(standing_found).values(posting="").where(*_ARTICLE, WAITS), _named(standing_id, found)
            )

    def waiting(self, standing_id: str) -> tuple[Found, ...]:
        """The articles that wait for a posting, in the order in which they were found."""
        return self._all(_OF.standing == standing_id, WAITS)

    def take(self, posting: Posting) -> bool:
        """Let a posting take its articles; False if one of them does not wait any more. Hold a
        transaction."""
        waiting = {(one.collection, one.article_id) for one in self.waiting(posting.standing)}
        if any((one.collection, one.article_id) not in waiting for one in posting.found):
            return False
        self._database.write_many(
            update(standing_found).values(posting=posting.id).where(*_ARTICLE),
            _named(posting.standing, posting.found),
        )
        return True

    def release(self, posting_id: str) -> None:
        """Let the articles of a posting wait again."""
        self._database.write(update(standing_found).values(posting=None).where(_OF.posting == posting_id))

    def taken_by(self, posting_id: str) -> tuple[Found, ...]:
        """The articles that a posting has taken, in the order in which they were found."""
        return self._all(_OF.posting == posting_id)

    def _all(self, *where: ColumnElement[bool]) -> tuple[Found, ...]:
        found = select(_OF.collection, _OF.article, _OF.version, _OF.at, _OF.body)
        rows = self._database.rows(found.where(*where).order_by(_OF.at, _OF.rowid))
        return tuple(
            Found(collection, article, version, parse_moment(at), body)
            for collection, article, version, at, body in rows
        )


def _named(standing_id: str, found: Iterable[Found]) -> list[dict[str, str]]:
    return [
        {"its_standing": standing_id, "its_collection": one.collection, "its_article": one.article_id}
        for one in found
    ]
