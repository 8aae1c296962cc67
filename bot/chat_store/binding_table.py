"""Which collections belong to which communities."""

from corpus.storage.database import Database

NOBODY = ("", "")
"""Is bound to every collection that is not for all, so that taking away the last one opens it to nobody."""


class BindingTable:
    """Reads and writes bindings: a collection, and one community that sees it."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened file of the chats."""
        self._database = database

    def all(self) -> dict[str, frozenset[tuple[str, str]]]:
        """The collections that are not for all, each with the platforms and communities that see it.

        One whose name is reserved is seen by nobody yet.
        """
        found: dict[str, set[tuple[str, str]]] = {}
        for platform, community, collection in self._database.rows(
            "SELECT platform, community, collection FROM bindings "
            "UNION ALL SELECT '', '', collection FROM reservations"
        ):
            found.setdefault(collection, set()).add((platform, community))
        return {collection: frozenset(bound) for collection, bound in found.items()}

    def bind(self, platform: str, community: str, collection: str) -> bool:
        """Give a collection to a community: from then on only those that it was given to see it.

        False, and nothing is done, where the name is reserved.
        """
        with self._database.transaction():
            if self._database.rows("SELECT 1 FROM reservations WHERE collection = ?", (collection,)):
                return False
            write_binding(self._database, platform, community, collection)
            return True

    def unbind(self, platform: str, community: str, collection: str) -> bool:
        """Take a collection from a community; False where it did not have it.

        It stays hidden from everybody else, also where nobody has it any more, until `share`.
        """
        return self._database.write(
            "DELETE FROM bindings WHERE platform = ? AND community = ? AND collection = ?",
            (platform, community, collection),
        )

    def share(self, collection: str) -> bool:
        """Let every community see a collection; False where they did already."""
        return self._database.write("DELETE FROM bindings WHERE collection = ?", (collection,))


def write_binding(database: Database, platform: str, community: str, collection: str) -> None:
    """Bind a collection to a community, whatever is reserved; give it a transaction."""
    for row in (NOBODY, (platform, community)):
        database.write("INSERT OR IGNORE INTO bindings VALUES (?, ?, ?)", (*row, collection))
