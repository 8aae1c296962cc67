"""The operator of a home that communities share, in a process of his own: gives, takes, adds and opens."""

import json
import random
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bot.chat_store.chat_store import ChatStore
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import ReloadReport, reload
from bot.permissions.name_reservations import settle_abandoned
from bot.polling.adding import add
from corpus.errors import NewsdeskError, ReloadBusy
from corpus.plan import ReloadRequest
from corpus.storage.store_records import Source
from retrieval.models.embedder import Embedder
from tests.bot.service.rivals import NOTICE, Community, Holding
from tests.fault.newsroom import QuickDisk, no_progress

BOARD = "board"
"""A collection that is for all, is given to one, gets what is theirs, loses it, and is opened again."""
NEUTRAL = {
    "id": "minutes-0",
    "title": "Notice",
    "source": "Board",
    "text": f"The board keeps the code of conduct. The {NOTICE} is on it.",
}


@dataclass
class Operator:
    """Works from another `Home` on the same folder, with connections of his own; in one thread at a time."""

    root: Path
    sources: Path
    embedder: Embedder
    communities: list[Community]
    chance: random.Random
    stage: int = 0
    holding: Holding | None = None
    """Who has the board, from after they were given it to before it is opened."""
    done: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """The board is there, and for all; the names that others type are whose word is in them, and hold
        something from the start."""
        self.home = Home(self.root, QuickDisk())
        self.sources.mkdir()
        self.board = self.sources / "board.jsonl"
        self._write(NEUTRAL)
        add(self.home, [Source(BOARD, str(self.board))], partial(self.reload, BOARD))
        with ChatStore(self.home.chats()) as chat_store:
            for one in self.communities:
                chat_store.bindings.bind(one.venue.platform, str(one.venue.community), one.names[0])
        for one in self.communities:
            if one.administers:
                self._add_to(one.names[0], one)

    def act(self) -> None:
        """One act; where a change goes on, it is left."""
        name, work = self.chance.choice(
            (
                ("board", self._board),
                ("board, on and on", self._board_twice),
                ("give", self._give),
                ("take", self._take),
                ("give and add", self._give_and_add),
                ("reload", lambda: self.reload(*self.home.collections(), force=True)),
            )
        )
        try:
            work()
            self.done[name] += 1
        except ReloadBusy:
            self.done["busy"] += 1
        except NewsdeskError:
            self.done["failed"] += 1

    def reload(self, *names: str, force: bool = False) -> ReloadReport:
        """Publish what the sources hold."""
        return self._reload(ReloadRequest(frozenset(names), force=force))

    def _reload(self, request: ReloadRequest) -> ReloadReport:
        with self.home.locked():
            settle_abandoned(self.home)
            return reload(self.home, lambda: self.embedder, request, progress=no_progress)

    def _whose(self) -> Community:
        return self.chance.choice([one for one in self.communities if one.administers])

    def _give(self) -> None:
        whose = self._whose()
        with ChatStore(self.home.chats()) as chat_store:
            chat_store.bindings.bind(
                whose.venue.platform, str(whose.venue.community), self.chance.choice(whose.names)
            )

    def _take(self) -> None:
        whose = self._whose()
        with ChatStore(self.home.chats()) as chat_store:
            chat_store.bindings.unbind(
                whose.venue.platform, str(whose.venue.community), self.chance.choice(whose.names)
            )

    def _give_and_add(self) -> None:
        """As one who means that nobody else ever sees it."""
        whose = self._whose()
        name = self.chance.choice(whose.names)
        with ChatStore(self.home.chats()) as chat_store:
            if not chat_store.bindings.bind(whose.venue.platform, str(whose.venue.community), name):
                return
        self._add_to(name, whose)

    def _add_to(self, name: str, whose: Community) -> None:
        path = self.sources / f"{name}.jsonl"
        path.write_bytes(whose.file(self.chance, name))
        add(self.home, [Source(name, str(path))], partial(self.reload, name))

    def _board_twice(self) -> None:
        """With nothing but an act of others between, if that."""
        self._board()
        self._board()

    def _board(self) -> None:
        with ChatStore(self.home.chats()) as chat_store:
            if self.stage == 0:
                whose = self._whose()
                chat_store.bindings.bind(whose.venue.platform, str(whose.venue.community), BOARD)
                self.holding = Holding(whose)
            elif self.stage == 1 and self.holding:
                self._write(*(self.holding.by.article(number, BOARD) for number in range(3)))
                self.reload(BOARD, force=True)
            elif self.stage == 2:
                self._write(NEUTRAL)
                self.reload(BOARD, force=True)
            elif self.stage == 3:
                articles = self.home.generation_store(BOARD).served_articles()
                assert [article.id for article in articles] == ["minutes-0"]
                self.holding = None
                chat_store.bindings.share(BOARD)
        self.stage = (self.stage + 1) % 4

    def _write(self, *rows: dict[str, str]) -> None:
        self.board.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
