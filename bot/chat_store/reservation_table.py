"""Names of collections that are reserved for a community during its first addition."""

from sqlalchemy import delete, literal, select

from bot.chat_store.binding_table import CHANGED, write_binding
from bot.chat_store.tables.chat_tables import bindings, reservations
from corpus.storage.database import Database
from corpus.storage.sql.upserting import insert_new

_OF = reservations.c


class ReservationTable:
    """Reads and writes reservations of a collection's name for a community."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened chat database."""
        self._database = database

    def all(self) -> dict[str, tuple[str, str]]:
        """The reserved names, each with the platform and community that it is for."""
        rows = self._database.rows(select(_OF.collection, _OF.platform, _OF.community))
        return {collection: (platform, community) for collection, platform, community in rows}

    def reserve(self, platform: str, community: str, collection: str) -> bool:
        """Reserve a name; False if it is bound or reserved. It gives no rights, and nobody sees the
        collection, until `settle`."""
        bound = select(bindings.c.collection).where(bindings.c.collection == collection).exists()
        row = select(literal(collection), literal(platform), literal(community)).where(~bound)
        with self._database.transaction():
            self._database.notify(CHANGED, "")
            return self._database.write(
                insert_new(reservations).from_select(["collection", "platform", "community"], row)
            )

    def settle(self, collection: str, *, keep: bool) -> None:
        """End a reservation: with `keep` the collection is bound to the community, otherwise the name is free
        again."""
        ended = delete(reservations).where(_OF.collection == collection)
        with self._database.transaction():
            self._database.notify(CHANGED, "")
            for platform, community in self._database.rows(ended.returning(_OF.platform, _OF.community)):
                if keep:
                    write_binding(self._database, platform, community, collection)
