"""The store on a server, where the locations of uploads are the same for every machine."""

from bot.copies.local_home_files import LocalHomeFiles
from corpus.storage.sql.server_address import ServerAddress
from corpus.storage.store import Store


class DatabaseStore(Store):
    """A store whose sources lie on this machine, whichever they were registered on."""

    def __init__(self, address: ServerAddress, copies: LocalHomeFiles) -> None:
        """Connect. Raises what a store does."""
        super().__init__(address)
        self._copies = copies

    def here(self, location: str) -> str:
        return self._copies.here(location)

    def for_all(self, location: str) -> str:
        return self._copies.for_all(location)
