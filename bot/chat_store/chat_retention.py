"""Deletes chat data: by age, community, question or article."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Table, bindparam, delete, or_, select, union

from bot.chat import answer_record
from bot.chat_store.source_notice_table import notes_of
from bot.chat_store.tables.chat_tables import (
    answers,
    audit,
    events,
    notes,
    questions,
    settings,
    standing,
    standing_found,
    standing_postings,
    threads,
    votes,
)
from corpus.dates import format_moment
from corpus.storage.database import Database
from corpus.storage.sql.columns import TEXT

EVENTS_KEPT = timedelta(days=1)
"""How long an event is remembered. Slack sends one up to four times within six minutes, and Discord replays
what a connection missed; both take far less."""
STANDING_KEPT = timedelta(days=365)
"""How long a standing question is kept after it was set or resumed; resuming it again prolongs that."""
POSTINGS_KEPT = timedelta(days=30)
"""How long the times of postings are kept; the limits are per day."""
AUDIT_KEPT = timedelta(days=365)
"""How long an administrative act is kept."""


class ChatRetention:
    """Deletes rows from all tables together, so that nothing of deleted data is left."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened chat database."""
        self._database = database

    def purge(self, keep: timedelta) -> None:
        """Delete answers, their votes, threads and questions after `keep`; events, acts and standing
        questions after their own times."""
        now = datetime.now(UTC)

        def before(age: timedelta) -> str:
            return format_moment(now - age)

        given = select(answers.c.created).where(answers.c.id == votes.c.answer).scalar_subquery()
        old = select(standing.c.id).where(standing.c.renewed < before(STANDING_KEPT))
        with self._database.transaction():
            self._database.write(delete(votes).where(given < before(keep)))
            for table, column, age in (
                (answers, answers.c.created, keep),
                (threads, threads.c.at, keep),
                (questions, questions.c.at, keep),
                (events, events.c.at, EVENTS_KEPT),
                (audit, audit.c.at, AUDIT_KEPT),
            ):
                self._database.write(delete(table).where(column < before(age)))
            for table in (standing_found, standing_postings):
                self._database.write(delete(table).where(table.c.standing.in_(old)))
            self._database.write(delete(standing).where(standing.c.renewed < before(STANDING_KEPT)))
            posted = standing_postings.c.at < before(POSTINGS_KEPT)
            self._database.write(delete(standing_postings).where(posted))
        self._database.truncate_log()

    def forget_question(self, tenant: str, question: str) -> None:
        """Delete the answers to a message of the tenant, and their votes."""
        given = (answers.c.tenant == tenant, answers.c.question == question)
        # In that table the id has its channel before it.
        named = or_(
            questions.c.message == question, questions.c.message.endswith(f"/{question}", autoescape=True)
        )
        with self._database.transaction():
            self._database.write(delete(votes).where(votes.c.answer.in_(select(answers.c.id).where(*given))))
            self._database.write(delete(answers).where(*given))
            self._database.write(delete(questions).where(questions.c.tenant == tenant, named))

    def forget_quoting(self, gone: Callable[[str, str], bool]) -> int:
        """Delete every answer, with its question and votes, that quotes an article for whose collection and
        id `gone` is true; returns how many."""
        with self._database.transaction():
            bodies = self._database.rows(select(answers.c.body))
            ids = [
                {"gone": one.id}
                for one in (answer_record.decode(body) for (body,) in bodies)
                if any(gone(*article) for article in answer_record.articles_of(one))
            ]
            one = bindparam("gone", type_=TEXT)
            self._database.write_many(delete(votes).where(votes.c.answer == one), ids)
            self._database.write_many(delete(answers).where(answers.c.id == one), ids)
            where = standing_found.c
            found = self._database.rows(select(where.collection, where.article).distinct())
            named = (where.collection == bindparam("of"), where.article == one)
            self._database.write_many(
                delete(standing_found).where(*named),
                [
                    {"of": collection, "gone": article}
                    for collection, article in found
                    if gone(collection, article)
                ],
            )
        return len(ids)

    def communities(self, platform: str) -> frozenset[str]:
        """The communities of a platform with data that `forget_community` deletes."""
        begins = f"{platform}:"

        tenants = self._database.rows(
            union(
                *(
                    select(table.c.tenant).where(table.c.tenant.startswith(begins, autoescape=True))
                    for table in (answers, threads, standing)
                )
            )
        )
        chosen = self._database.rows(
            union(
                *(
                    select(table.c.community).where(table.c.platform == platform)
                    for table in (settings, audit)
                )
            )
        )
        found = {tenant.removeprefix(begins) for (tenant,) in tenants} | {name for (name,) in chosen}
        return frozenset(name for name in found if name and not name.startswith("@"))  # direct messages

    def forget_community(self, platform: str, community: str) -> None:
        """Delete everything of a community that removed the bot, except its collections."""
        tenant = f"{platform}:{community}"
        with self._database.transaction():
            self._forget_with(votes, "answer", answers, tenant)
            for table in (standing_found, standing_postings):
                self._forget_with(table, "standing", standing, tenant)
            for table in (answers, threads, questions, standing):
                self._database.write(delete(table).where(table.c.tenant == tenant))
            for table in (settings, audit):
                whose = (table.c.platform == platform, table.c.community == community)
                self._database.write(delete(table).where(*whose))
            told = notes.c.name.startswith(notes_of(platform, community), autoescape=True)
            self._database.write(delete(notes).where(told))
        self._database.truncate_log()

    def _forget_with(self, table: Table, column: str, of: Table, tenant: str) -> None:
        """Delete the rows that belong to rows of the tenant."""
        theirs = select(of.c.id).where(of.c.tenant == tenant)
        self._database.write(delete(table).where(table.c[column].in_(theirs)))
