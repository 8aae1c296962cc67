"""The communities that may administer the collections for all, as settled at the bot's first start."""

from collections.abc import Iterable

import msgspec

from bot.chat_store.note_table import NoteTable

_NOTE = "custodians"


class Custodians:
    """Settled once, in a note."""

    def __init__(self, notes: NoteTable) -> None:
        """`notes` are those of the opened file of the chats."""
        self._notes = notes

    def get(self) -> frozenset[tuple[str, str]] | None:
        """The platforms and communities, None if that was not settled."""
        found = self._notes.get(_NOTE)
        return None if found is None else frozenset(msgspec.json.decode(found, type=list[tuple[str, str]]))

    def settle(self, communities: Iterable[tuple[str, str]]) -> bool:
        """Settle them for good; False if they were settled before."""
        return self._notes.add(_NOTE, msgspec.json.encode(sorted(communities)).decode())
