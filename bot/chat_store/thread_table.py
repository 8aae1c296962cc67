"""The threads that the bot opened."""

from datetime import UTC, datetime

from sqlalchemy import select

from bot.chat_store.tables.chat_tables import threads
from corpus.dates import format_moment
from corpus.storage.database import Database
from corpus.storage.sql.upserting import insert_new

_OF = threads.c


class ThreadTable:
    """Reads and writes the threads that the bot opened, by tenant and id."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened chat database."""
        self._database = database

    def add(self, tenant: str, thread: str) -> None:
        """Store a thread that the bot opened."""
        opened = {"tenant": tenant, "thread": thread, "at": format_moment(datetime.now(UTC))}
        self._database.write(insert_new(threads, opened))

    def has(self, tenant: str, thread: str) -> bool:
        """Whether the bot opened a thread."""
        return bool(self._database.rows(select(_OF.thread).where(_OF.tenant == tenant, _OF.thread == thread)))

    def tenants(self, thread: str) -> list[str]:
        """The tenants for whom the bot opened a thread of that id."""
        rows = self._database.rows(select(_OF.tenant).where(_OF.thread == thread).order_by(_OF.at))
        return [str(tenant) for (tenant,) in rows]

    def all(self) -> frozenset[tuple[str, str]]:
        """Every thread that the bot opened: its tenant and id."""
        return frozenset(
            (tenant, thread) for tenant, thread in self._database.rows(select(_OF.tenant, _OF.thread))
        )
