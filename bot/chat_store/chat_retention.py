"""What is forgotten of chats: with time, with a community, with a question, and with an article."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.chat import answer_record
from bot.chat_store.standing.standing_table import TABLES as STANDING
from corpus.dates import format_moment
from corpus.storage.database import Database

EVENTS_KEPT = timedelta(days=1)
"""How long an event is known again. Slack sends one up to four times within six minutes, and Discord
replays what a connection missed; both are far below."""
STANDING_KEPT = timedelta(days=365)
"""How long a standing question is kept after it was set or resumed: who wants it for longer resumes it."""
POSTINGS_KEPT = timedelta(days=30)
"""How long it is known when something was posted; the limits are a day's."""
AUDIT_KEPT = timedelta(days=365)
"""How long an administrative act is on record."""
RENEWED = "(SELECT renewed FROM standing WHERE id = standing)"
"""When the standing question was renewed that a row belongs to."""


class ChatRetention:
    """Deletes rows from all tables together, so that nothing is left of what is forgotten."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened file of the chats."""
        self._database = database

    def purge(self, keep: timedelta) -> None:
        """Forget answers, their votes, threads and questions after `keep`; events, acts and standing
        questions after times of their own."""
        now = datetime.now(UTC)
        with self._database.transaction():
            for table, column, age in (
                ("votes", "(SELECT created FROM answers WHERE id = answer)", keep),
                ("answers", "created", keep),
                ("threads", "at", keep),
                ("questions", "at", keep),
                ("events", "at", EVENTS_KEPT),
                ("audit", "at", AUDIT_KEPT),
                (STANDING[0], RENEWED, STANDING_KEPT),
                (STANDING[1], RENEWED, STANDING_KEPT),
                ("standing", "renewed", STANDING_KEPT),
                ("standing_postings", "at", POSTINGS_KEPT),
            ):
                self._database.write(
                    f"DELETE FROM {table} WHERE {column} < ?",  # noqa: S608
                    (format_moment(now - age),),
                )
        self._database.empty_log()

    def forget_question(self, tenant: str, question: str) -> None:
        """Forget the answers to a message of the tenant's, and what was thought of them."""
        which = (tenant, question)
        with self._database.transaction():
            self._database.write(
                "DELETE FROM votes WHERE answer IN "
                "(SELECT id FROM answers WHERE tenant = ? AND question = ?)",
                which,
            )
            self._database.write("DELETE FROM answers WHERE tenant = ? AND question = ?", which)
            self._database.write(
                # There it has its channel before it.
                "DELETE FROM questions WHERE tenant = ? AND (message = ? OR message LIKE '%/' || ?)",
                (*which, question),
            )

    def forget_quoting(self, gone: Callable[[str, str], bool]) -> int:
        """Forget every answer, with its question and votes, that quotes an article of a collection and an id
        for which `gone` is true; how many."""
        with self._database.transaction():
            bodies = self._database.rows("SELECT body FROM answers")
            ids = [
                (one.id,)
                for one in (answer_record.decode(body) for (body,) in bodies)
                if any(gone(*article) for article in answer_record.articles_of(one))
            ]
            self._database.write_many("DELETE FROM votes WHERE answer = ?", ids)
            self._database.write_many("DELETE FROM answers WHERE id = ?", ids)
            found = self._database.rows("SELECT DISTINCT collection, article FROM standing_found")
            self._database.write_many(
                "DELETE FROM standing_found WHERE collection = ? AND article = ?",
                [article for article in found if gone(*article)],
            )
        return len(ids)

    def communities(self, platform: str) -> frozenset[str]:
        """The communities of a platform of which anything is kept that `forget_community` forgets."""
        begins = f"{platform}:"
        tenants = self._database.rows(
            "SELECT tenant FROM answers WHERE substr(tenant, 1, ?) = ? UNION "
            "SELECT tenant FROM threads WHERE substr(tenant, 1, ?) = ? UNION "
            "SELECT tenant FROM standing WHERE substr(tenant, 1, ?) = ?",
            (len(begins), begins) * 3,
        )
        chosen = self._database.rows(
            "SELECT community FROM settings WHERE platform = ? UNION "
            "SELECT community FROM audit WHERE platform = ?",
            (platform, platform),
        )
        found = {tenant.removeprefix(begins) for (tenant,) in tenants} | {name for (name,) in chosen}
        return frozenset(name for name in found if name and not name.startswith("@"))  # direct messages

    def forget_community(self, platform: str, community: str) -> None:
        """Forget everything of a community that the bot was taken out of, but its collections."""
        tenant = f"{platform}:{community}"
        with self._database.transaction():
            self._database.write(
                "DELETE FROM votes WHERE answer IN (SELECT id FROM answers WHERE tenant = ?)", (tenant,)
            )
            for table in STANDING:
                self._database.write(
                    f"DELETE FROM {table} WHERE standing IN (SELECT id FROM standing WHERE tenant = ?)",  # noqa: S608
                    (tenant,),
                )
            for table in ("answers", "threads", "questions", "standing"):
                self._database.write(f"DELETE FROM {table} WHERE tenant = ?", (tenant,))  # noqa: S608
            for table in ("settings", "audit"):
                self._database.write(
                    f"DELETE FROM {table} WHERE platform = ? AND community = ?",  # noqa: S608
                    (platform, community),
                )
        self._database.empty_log()
