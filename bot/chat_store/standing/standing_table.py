"""Standing questions, what was found for each, what was posted of it, and how far was looked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from bot.chat import standing_question
from bot.chat.standing_question import Found, Posting, StandingQuestion
from corpus.dates import format_moment, parse_moment
from corpus.storage.database import Database

TABLES = ("standing_found", "standing_postings")
"""What belongs to a standing question and is deleted with it."""


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
        venue = standing.venue
        values = (venue.platform, venue.tenant, standing.person.id, format_moment(renewed))
        self._database.write(
            "INSERT OR REPLACE INTO standing VALUES (?, ?, ?, ?, ?, ?)",
            (standing.id, *values, standing_question.encode(standing)),
        )

    def add(self, standing: StandingQuestion, seen: Iterable[Found], per_person: int, per_tenant: int) -> str:
        """Keep a new one, with what counts as posted already; empty, or who has too many: `person` or
        `tenant`."""
        venue = standing.venue
        with self._database.transaction():
            if self._count("platform = ? AND person = ?", venue.platform, standing.person.id) >= per_person:
                return "person"
            if self._count("tenant = ?", venue.tenant) >= per_tenant:
                return "tenant"
            self.put(standing, standing.created)
            self._insert(standing.id, seen, "")
        return ""

    def _count(self, where: str, *values: object) -> int:
        return int(self._database.rows(f"SELECT count(*) FROM standing WHERE {where}", values)[0][0])  # noqa: S608

    def get(self, standing_id: str) -> StandingQuestion | None:
        """One, whosever it is."""
        rows = self._database.rows("SELECT body FROM standing WHERE id = ?", (standing_id,))
        return standing_question.decode(rows[0][0]) if rows else None

    def of_tenant(self, tenant: str) -> list[StandingQuestion]:
        """All of a tenant's, oldest first."""
        return self._all("tenant = ?", tenant)

    def of_person(self, platform: str, person: str) -> list[StandingQuestion]:
        """All that a person set, oldest first."""
        return self._all("platform = ? AND person = ?", platform, person)

    def of_platform(self, platform: str) -> list[StandingQuestion]:
        """All of a platform's, oldest first."""
        return self._all("platform = ?", platform)

    def _all(self, where: str, *values: str) -> list[StandingQuestion]:
        rows = self._database.rows(f"SELECT body FROM standing WHERE {where} ORDER BY rowid", values)  # noqa: S608
        found = [standing_question.decode(body) for (body,) in rows]
        return sorted(found, key=lambda one: one.created)

    def change(self, standing: StandingQuestion) -> bool:
        """Keep what was changed of one; False where it is not there any more."""
        return self._database.write(
            "UPDATE standing SET body = ? WHERE id = ?", (standing_question.encode(standing), standing.id)
        )

    def remove(self, standing_id: str) -> bool:
        """Forget one with all that was found for it; False where it is not there."""
        with self._database.transaction():
            for table in TABLES:
                self._database.write(f"DELETE FROM {table} WHERE standing = ?", (standing_id,))  # noqa: S608
            return self._database.write("DELETE FROM standing WHERE id = ?", (standing_id,))

    # What was found

    def looked(self, platform: str) -> dict[str, str]:
        """The generation of each collection that was looked at last for a platform's."""
        return dict(
            self._database.rows(
                "SELECT collection, generation FROM standing_looked WHERE platform = ?", (platform,)
            )
        )

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
                "INSERT OR REPLACE INTO standing_looked VALUES (?, ?, ?)",
                [(platform, collection, generation) for collection, generation in looked.items()],
            )

    def _insert(self, standing_id: str, found: Iterable[Found], posting: str | None) -> None:
        self._database.write_many(
            # Nothing is kept for one that was removed meanwhile.
            "INSERT INTO standing_found SELECT ?, ?, ?, ?, ?, ?, ? WHERE EXISTS "
            "(SELECT 1 FROM standing WHERE id = ?) ON CONFLICT DO UPDATE SET "
            "version = excluded.version, body = excluded.body WHERE posting IS NULL",
            [
                (
                    standing_id,
                    one.collection,
                    one.article_id,
                    one.version,
                    format_moment(one.at),
                    one.body,
                    posting,
                    standing_id,
                )
                for one in found
            ],
        )

    def known(self, standing_id: str) -> frozenset[tuple[str, str]]:
        """Collection and id of each article that was found for it, posted or not."""
        return frozenset(
            self._database.rows(
                "SELECT collection, article FROM standing_found WHERE standing = ?", (standing_id,)
            )
        )

    def last_found(self, standing_id: str, count: int) -> list[tuple[str, str]]:
        """Collection and id of the articles that were found last for it, posted or not, the last first."""
        return self._database.rows(
            "SELECT collection, article FROM standing_found WHERE standing = ? "
            "ORDER BY at DESC, rowid DESC LIMIT ?",
            (standing_id, count),
        )

    def pass_over(self, standing_id: str, found: Iterable[Found]) -> None:
        """Count what waits as posted: it is not to be seen there any more."""
        with self._database.transaction():
            self._database.write_many(
                "UPDATE standing_found SET posting = '' "
                "WHERE standing = ? AND collection = ? AND article = ? AND posting IS NULL",
                [(standing_id, one.collection, one.article_id) for one in found],
            )

    def waiting(self, standing_id: str) -> tuple[Found, ...]:
        """What was found and no posting has taken, in the order in which it was found."""
        return self._found("standing = ? AND posting IS NULL", standing_id)

    def with_waiting(self, platform: str) -> list[StandingQuestion]:
        """The platform's standing questions for which something waits, oldest first."""
        return self._all(
            "platform = ? AND id IN (SELECT standing FROM standing_found WHERE posting IS NULL)", platform
        )

    def _found(self, where: str, *values: object) -> tuple[Found, ...]:
        rows = self._database.rows(
            f"SELECT collection, article, version, at, body FROM standing_found WHERE {where} "  # noqa: S608
            "ORDER BY at, rowid",
            values,
        )
        return tuple(
            Found(collection, article, version, parse_moment(at), body)
            for collection, article, version, at, body in rows
        )

    # What was posted

    def begin(self, posting: Posting) -> bool:
        """Let a posting take what it is about, before it is sent; False where another one has taken any of
        it, or the standing question is gone."""
        with self._database.transaction():
            if not self._database.rows("SELECT 1 FROM standing WHERE id = ?", (posting.standing,)):
                return False
            waiting = {(one.collection, one.article_id) for one in self.waiting(posting.standing)}
            if any((one.collection, one.article_id) not in waiting for one in posting.found):
                return False
            self._database.write(
                "INSERT INTO standing_postings VALUES (?, ?, ?, NULL)",
                (posting.id, posting.standing, format_moment(posting.at)),
            )
            self._database.write_many(
                "UPDATE standing_found SET posting = ? WHERE standing = ? AND collection = ? AND article = ?",
                [(posting.id, posting.standing, one.collection, one.article_id) for one in posting.found],
            )
        return True

    def end(self, posting_id: str, message: str = "") -> None:
        """The posting was sent; `message` is where it stands, empty where the platform does not tell."""
        self._database.write("UPDATE standing_postings SET message = ? WHERE id = ?", (message, posting_id))

    def take_back(self, posting_id: str) -> None:
        """The posting was surely not sent: what it was about waits again."""
        with self._database.transaction():
            self._database.write("UPDATE standing_found SET posting = NULL WHERE posting = ?", (posting_id,))
            self._database.write("DELETE FROM standing_postings WHERE id = ?", (posting_id,))

    def under_way(self, platform: str) -> list[tuple[StandingQuestion, Posting]]:
        """The postings that were begun and of which it is not known whether they were sent."""
        rows = self._database.rows(
            "SELECT body, p.id, p.at FROM standing_postings p JOIN standing s ON s.id = p.standing "
            "WHERE platform = ? AND message IS NULL ORDER BY p.at, p.rowid",
            (platform,),
        )
        kept = [(standing_question.decode(body), key, parse_moment(at)) for body, key, at in rows]
        return [
            (standing, Posting(key, standing.id, at, self._found("posting = ?", key)))
            for standing, key, at in kept
        ]

    def posted(self, standing_id: str, since: datetime) -> tuple[datetime, ...]:
        """When something was posted for it since that moment."""
        rows = self._database.rows(
            "SELECT at FROM standing_postings WHERE standing = ? AND at >= ?",
            (standing_id, format_moment(since)),
        )
        return tuple(parse_moment(at) for (at,) in rows)
