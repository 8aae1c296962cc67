"""Which collections belong to which communities."""

from sqlalchemy import delete, literal, select, union_all

from bot.chat_store.tables.chat_tables import bindings, reservations
from corpus.storage.database import Database
from corpus.storage.sql.upserting import insert_new

NOBODY = ("", "")
"""Bound to every collection that is not shared, so that it stays hidden after its last community was
unbound."""
CHANGED = "settings"
"""The notification to all processes after a change of bindings or settings."""


class BindingTable:
    """Reads and writes bindings of a collection to a community that sees it."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened chat database."""
        self._database = database

    def all(self) -> dict[str, frozenset[tuple[str, str]]]:
        """The collections that are not shared, each with the platforms and communities that see it. A
        collection with a reserved name is seen by nobody yet."""
        nobody = select(literal(""), literal(""), reservations.c.collection)
        bound = select(bindings.c.platform, bindings.c.community, bindings.c.collection)
        found: dict[str, set[tuple[str, str]]] = {}
        for platform, community, collection in self._database.rows(union_all(bound, nobody)):
            found.setdefault(collection, set()).add((platform, community))
        return {collection: frozenset(bound) for collection, bound in found.items()}

    def bind(self, platform: str, community: str, collection: str) -> bool:
        """Bind a collection to a community: from then on only the communities that it is bound to see it.

        False, without a change, if the name is reserved.
        """
        with self._database.transaction():
            reserved = select(reservations.c.collection).where(reservations.c.collection == collection)
            if self._database.rows(reserved):
                return False
            write_binding(self._database, platform, community, collection)
            return True

    def unbind(self, platform: str, community: str, collection: str) -> bool:
        """Unbind a collection from a community; False if it was not bound.

        It stays hidden from everybody else, even if nobody has it any more, until `share`.
        """
        whose = (bindings.c.platform == platform, bindings.c.community == community)
        with self._database.transaction():
            self._database.notify(CHANGED, "")
            return self._database.write(delete(bindings).where(*whose, bindings.c.collection == collection))

    def share(self, collection: str) -> bool:
        """Let every community see a collection; False if they already did."""
        with self._database.transaction():
            self._database.notify(CHANGED, "")
            return self._database.write(delete(bindings).where(bindings.c.collection == collection))


def write_binding(database: Database, platform: str, community: str, collection: str) -> None:
    """Bind a collection to a community, even if the name is reserved; call it in a transaction."""
    for its_platform, its_community in (NOBODY, (platform, community)):
        values = {"platform": its_platform, "community": its_community, "collection": collection}
        database.write(insert_new(bindings, values))
    database.notify(CHANGED, "")
