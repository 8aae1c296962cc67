"""Which failing sources each channel was told of, so that it is told once."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import msgspec

from bot.chat.venue import Venue
from bot.chat_store.note_table import NoteTable
from corpus.storage.database import Database
from corpus.storage.registered import Source

KEY = 24
"""Hexadecimal digits that stand for a source: two of a thousand are taken for one once in 10^23 times."""


@dataclass(frozen=True, slots=True)
class SourceNotice:
    """A message that was begun: `id` is the mark by which it is found again on the platform, `failing` and
    `back` are the keys of the sources that it tells of."""

    id: str
    at: datetime
    failing: frozenset[str]
    back: frozenset[str]


@dataclass(frozen=True, slots=True)
class NotifiedSources:
    """What one channel knows: the keys of the sources that it was told of as failing, when it was last told
    anything, and the notice that is under way."""

    failing: frozenset[str] = frozenset()
    last: datetime | None = None
    notice: SourceNotice | None = None

    def settled(self) -> "NotifiedSources":
        """The notice under way was sent, or may have been: what it says is told."""
        if self.notice is None:
            return self
        failing = (self.failing | self.notice.failing) - self.notice.back
        return NotifiedSources(failing, self.notice.at)


class SourceNoticeTable:
    """Keeps that of each channel, as a note."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened one of the chats."""
        self._notes = NoteTable(database)

    def get(self, channel: Venue) -> NotifiedSources:
        """What the channel knows. Raises msgspec.MsgspecError where the note is damaged."""
        body = self._notes.get(_name(channel))
        return msgspec.json.decode(body, type=NotifiedSources) if body else NotifiedSources()

    def put(self, channel: Venue, told: NotifiedSources) -> None:
        """Keep what the channel knows."""
        self._notes.put(_name(channel), msgspec.json.encode(told).decode())

    def remove(self, channel: Venue) -> None:
        """Forget what the channel knows."""
        self._notes.remove(_name(channel))


def source_key(source: Source) -> str:
    """What stands for a source: not its address, which may have to be forgotten."""
    named = f"{source.collection}\n{source.location}"
    return hashlib.sha256(named.encode(errors="replace")).hexdigest()[:KEY]


def notes_of(platform: str, community: str) -> str:
    """What the names of the notes of a community's channels begin with."""
    return f"source-notices {platform}/{community}/"


def _name(channel: Venue) -> str:
    return f"{notes_of(channel.platform, channel.community or '')}{channel.channel}"
