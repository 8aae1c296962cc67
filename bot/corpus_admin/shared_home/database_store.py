"""The store on a server, in which the locations of uploads have a form that is the same on every machine."""

from bot.copies.local_home_files import LocalHomeFiles
from corpus.storage.sql.server_address import ServerAddress
from corpus.storage.store import Store


class DatabaseStore(Store):
    """A store that converts the locations of uploads to paths on this machine and back."""

    def __init__(self, address: ServerAddress, copies: LocalHomeFiles) -> None:
        """Connect. Raises the errors of `Store`."""
        super().__init__(address)
        self._copies = copies

    def to_local(self, location: str) -> str:
        return self._copies.to_local(location)

    def to_stored(self, location: str) -> str:
        return self._copies.to_stored(location)
