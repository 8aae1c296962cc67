"""The threads that the bot opened, in which no mention is needed."""

from bot.chat.venue import Venue
from bot.dispatch.incidents import log_incident
from bot.service.service import Service
from corpus.errors import NewsdeskError


class OpenedThreads:
    """Caches the threads of one process; the chat store has those of all processes on this home."""

    def __init__(self, service: Service) -> None:
        """The service must be open; nothing is read before `load`."""
        self._service = service
        self._known: frozenset[tuple[str, str]] = frozenset()

    def has(self, tenant: str, thread: str) -> bool:
        """Whether a thread is one of them, as far as this process knows."""
        return (tenant, thread) in self._known

    async def load(self) -> None:
        """Read all threads from the chat store."""
        self._known = await self._service.db_worker.run(self._service.chat_store.threads.all)

    async def find(self, tenant: str, thread: str) -> None:
        """Look up a thread in the chat store, since another process on this home may have opened it."""
        if self.has(tenant, thread):
            return
        threads = self._service.chat_store.threads
        try:
            if await self._service.db_worker.run(threads.has, tenant, thread, tenant=tenant):
                self._known |= {(tenant, thread)}
        except NewsdeskError:
            log_incident("looking whether a thread is one of ours")

    async def tenants(self, thread: str) -> list[str]:
        """The tenants with a thread of that name; in a channel that communities share there may be several.
        Raises StoreUnusable or a subclass."""
        return await self._service.db_worker.run(self._service.chat_store.threads.tenants, thread)

    async def add(self, venue: Venue) -> None:
        """Add the venue's thread, in this process and in the chat store."""
        if self.has(venue.tenant, venue.room):
            return
        self._known |= {(venue.tenant, venue.room)}
        threads = self._service.chat_store.threads
        try:
            await self._service.db_worker.run(threads.add, venue.tenant, venue.room, tenant=venue.tenant)
        except NewsdeskError:
            log_incident("remembering a thread")
