"""Which failing sources each channel was notified of, so that it is notified once."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import msgspec

from bot.chat.venue import Venue
from bot.chat_store.note_table import NoteTable
from corpus.storage.database import Database
from corpus.storage.store_records import Source

KEY = 24
"""Hexadecimal digits of a source's key: among a thousand sources two are the same once in 10^23 times."""


@dataclass(frozen=True, slots=True)
class SourceNotice:
    """A notice that is being sent: `id` is the mark by which its message can be found, and `failing` and
    `back` are the keys of its sources."""

    id: str
    at: datetime
    failing: frozenset[str]
    back: frozenset[str]


@dataclass(frozen=True, slots=True)
class NotifiedSources:
    """What one channel was notified of: the keys of failing sources, the time of the last notice, and the
    notice that is being sent."""

    failing: frozenset[str] = frozenset()
    last: datetime | None = None
    notice: SourceNotice | None = None

    def settled(self) -> "NotifiedSources":
        """The state after the current notice was sent, or may have been."""
        if self.notice is None:
            return self
        failing = (self.failing | self.notice.failing) - self.notice.back
        return NotifiedSources(failing, self.notice.at)


class SourceNoticeTable:
    """Stores the state of each channel, as a note."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened chat database."""
        self._notes = NoteTable(database)

    def get(self, channel: Venue) -> NotifiedSources:
        """The state of a channel. Raises msgspec.MsgspecError if the note is malformed."""
        body = self._notes.get(_name(channel))
        return msgspec.json.decode(body, type=NotifiedSources) if body else NotifiedSources()

    def put(self, channel: Venue, told: NotifiedSources) -> None:
        """Store the state of a channel."""
        self._notes.put(_name(channel), msgspec.json.encode(told).decode())

    def remove(self, channel: Venue) -> None:
        """Delete the state of a channel."""
        self._notes.remove(_name(channel))


def source_key(source: Source) -> str:
    """The key of a source, which does not contain its address, as that may have to be erased."""
    named = f"{source.collection}\n{source.location}"
    return hashlib.sha256(named.encode(errors="replace")).hexdigest()[:KEY]


def notes_of(platform: str, community: str) -> str:
    """The prefix of the names of the notes on a community's channels."""
    return f"source-notices {platform}/{community}/"


def _name(channel: Venue) -> str:
    return f"{notes_of(channel.platform, channel.community or '')}{channel.channel}"
