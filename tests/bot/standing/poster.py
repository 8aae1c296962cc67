"""What a process that is to be killed posts for ever for standing questions, and as notices on sources.

What a platform would have is a line of a file for each message.
"""

import asyncio
import json
import os
import random
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from bot.cards.card import Card
from bot.chat.standing_question import StandingQuestion
from bot.chat.venue import Venue
from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from bot.discord.drawing.render import CANVAS
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.platform_profile import PlatformProfile
from bot.service.service_factory import make_service
from bot.standing import posting_search, source_notices
from bot.standing.standing_rounds import StandingRounds
from retrieval.models.model import hash_model
from tests.bot.standing.recording_poster import presses, text_of
from tests.fault.newsroom import QuickDisk

SLOW = 0.03
"""Seconds before and after a message is written, at most: a kill falls into each part."""
STANDING_BUTTON = "nd:watch-manage:"
NOTICE_BUTTON = "nd:corpus-status:"


class FilePoster:
    """A platform that is a file."""

    repeatable = timedelta(0)

    def __init__(self, path: Path, chance: random.Random) -> None:
        self._path, self._chance = path, chance

    def serves(self, venue: Venue) -> bool:
        return True

    async def place(self, standing: StandingQuestion) -> Venue:
        return standing.venue

    async def post(self, place: Venue, card: Card, mark: str) -> str:
        await asyncio.sleep(self._chance.uniform(0, SLOW))
        (button,) = (
            str(one) for one in presses(card) if str(one).startswith((STANDING_BUTTON, NOTICE_BUTTON))
        )
        standing = button.split(":")[2] if button.startswith(STANDING_BUTTON) else ""
        row = {"mark": mark, "standing": standing, "text": text_of(card)}
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(file, f"{json.dumps(row)}\n".encode())
        os.close(file)
        await asyncio.sleep(self._chance.uniform(0, SLOW))
        return mark

    async def find(self, place: Venue, mark: str, since: datetime) -> str | None:
        rows = messages(self._path)
        return mark if any(row["mark"] == mark for row in rows) else None


def messages(path: Path) -> list[dict[str, str]]:
    """What stands on the platform."""
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def post(say: Connection, root: Path, path: Path, seed: int, once: bool) -> None:
    """Make rounds, for ever or until nothing is left to do, and say that they begin."""
    asyncio.run(_post(say, Home(root, QuickDisk()), path, seed, once))


async def _post(say: Connection, home: Home, path: Path, seed: int, once: bool) -> None:
    posting_search.LEAST_AGE = posting_search.LOOKED_AGAIN = timedelta(0)
    source_notices.APART = timedelta(0)
    source_notices.CHECK_INTERVAL = 0.0
    desk = Desk(home, hash_model(), lambda _line: None)
    desk.open()
    async with make_service(home, desk) as service:
        poster = FilePoster(path, random.Random(seed))
        dispatcher = Dispatcher(service, PlatformProfile("discord", CANVAS, 1, reads_messages=True))
        rounds = StandingRounds(dispatcher, poster)
        say.send("ready")
        chat_store = service.chat_store

        def is_left() -> bool:
            begun = chat_store.standing_postings.under_way("discord")
            return bool(begun or chat_store.standing.with_waiting("discord"))

        while True:
            desk.refresh()
            await rounds.round()
            if once and not await service.db_worker.run(is_left):
                return
