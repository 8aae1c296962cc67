"""The communities that may administer the shared collections, as stored at the bot's first start."""

from collections.abc import Iterable

import msgspec

from bot.chat_store.note_table import NoteTable

_NOTE = "custodians"


class Custodians:
    """Stores the custodians once, in a note."""

    def __init__(self, notes: NoteTable) -> None:
        """`notes` are those of the opened chat database."""
        self._notes = notes

    def get(self) -> frozenset[tuple[str, str]] | None:
        """The platforms and communities; None if they were not stored yet."""
        found = self._notes.get(_NOTE)
        return None if found is None else frozenset(msgspec.json.decode(found, type=list[tuple[str, str]]))

    def settle(self, communities: Iterable[tuple[str, str]]) -> bool:
        """Store the custodians permanently; False if they were already stored."""
        return self._notes.add(_NOTE, msgspec.json.encode(sorted(communities)).decode())
