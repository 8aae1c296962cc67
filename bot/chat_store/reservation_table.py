"""Names of collections that are reserved for a community while it adds to one for the first time."""

from bot.chat_store.binding_table import write_binding
from corpus.storage.database import Database


class ReservationTable:
    """Reads and writes reservations: a collection's name, and the one community that it is for."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened file of the chats."""
        self._database = database

    def all(self) -> dict[str, tuple[str, str]]:
        """The names that are reserved, each with the platform and community that it is for."""
        rows = self._database.rows("SELECT collection, platform, community FROM reservations")
        return {collection: (platform, community) for collection, platform, community in rows}

    def reserve(self, platform: str, community: str, collection: str) -> bool:
        """Reserve a name; False where it is somebody's or reserved. It gives no right, and nobody sees the
        collection, until `settle`."""
        with self._database.transaction():
            return self._database.write(
                "INSERT OR IGNORE INTO reservations SELECT ?, ?, ? "
                "WHERE NOT EXISTS (SELECT 1 FROM bindings WHERE collection = ?)",
                (collection, platform, community, collection),
            )

    def settle(self, collection: str, *, keep: bool) -> None:
        """End a reservation: the collection is the community's from now on, or the name is free again."""
        with self._database.transaction():
            for platform, community in self._database.rows(
                "DELETE FROM reservations WHERE collection = ? RETURNING platform, community", (collection,)
            ):
                if keep:
                    write_binding(self._database, platform, community, collection)
