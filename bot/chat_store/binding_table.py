"""Which collections belong to which communities."""

from sqlalchemy import delete, literal, select, union_all

from bot.chat_store.tables.chat_tables import bindings, reservations
from corpus.storage.database import Database
from corpus.storage.sql.upserting import insert_new

NOBODY = ("", "")
"""Is bound to every collection that is not for all, so that taking away the last one opens it to nobody."""
CHANGED = "settings"
"""What is told to all processes where bindings or settings were changed."""


class BindingTable:
    """Reads and writes bindings: a collection, and one community that sees it."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened one of the chats."""
        self._database = database

    def all(self) -> dict[str, frozenset[tuple[str, str]]]:
        """The collections that are not for all, each with the platforms and communities that see it.

        One whose name is reserved is seen by nobody yet.
        """
        nobody = select(literal(""), literal(""), reservations.c.collection)
        bound = select(bindings.c.platform, bindings.c.community, bindings.c.collection)
        found: dict[str, set[tuple[str, str]]] = {}
        for platform, community, collection in self._database.rows(union_all(bound, nobody)):
            found.setdefault(collection, set()).add((platform, community))
        return {collection: frozenset(bound) for collection, bound in found.items()}

    def bind(self, platform: str, community: str, collection: str) -> bool:
        """Give a collection to a community: from then on only those that it was given to see it.

        False, and nothing is done, where the name is reserved.
        """
        with self._database.transaction():
            reserved = select(reservations.c.collection).where(reservations.c.collection == collection)
            if self._database.rows(reserved):
                return False
            write_binding(self._database, platform, community, collection)
            return True

    def unbind(self, platform: str, community: str, collection: str) -> bool:
        """Take a collection from a community; False if it did not have it.

        It stays hidden from everybody else, also where nobody has it any more, until `share`.
        """
        whose = (bindings.c.platform == platform, bindings.c.community == community)
        with self._database.transaction():
            self._database.notify(CHANGED, "")
            return self._database.write(delete(bindings).where(*whose, bindings.c.collection == collection))

    def share(self, collection: str) -> bool:
        """Let every community see a collection; False if they did already."""
        with self._database.transaction():
            self._database.notify(CHANGED, "")
            return self._database.write(delete(bindings).where(bindings.c.collection == collection))


def write_binding(database: Database, platform: str, community: str, collection: str) -> None:
    """Bind a collection to a community, whatever is reserved; give it a transaction."""
    for its_platform, its_community in (NOBODY, (platform, community)):
        values = {"platform": its_platform, "community": its_community, "collection": collection}
        database.write(insert_new(bindings, values))
    database.notify(CHANGED, "")
