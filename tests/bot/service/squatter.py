"""What a process that is to be killed adds for ever, under new names."""

import asyncio
import json
from multiprocessing.connection import Connection
from pathlib import Path

from bot.chat.venue import Caller, Person, Venue
from bot.community_admin.change_progress import ChangeProgress
from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from bot.service.service_factory import make_service
from retrieval.models.model import hash_model
from tests.fault.newsroom import QuickDisk

NAME = "archive-{}"
TEXT = "The heron keeps the code."


def add_for_ever(say: Connection, root: Path) -> None:
    """Add an article under one new name after another, and say what is about to be done and what is done:
    `begin NAME`, `done NAME`."""
    asyncio.run(_add_for_ever(say, Home(root, QuickDisk())))


async def _add_for_ever(say: Connection, home: Home) -> None:
    desk = Desk(home, hash_model(), print)
    desk.open()
    data = json.dumps({"id": "a", "title": "A", "source": "S", "text": TEXT}).encode()
    number = 0
    async with make_service(home, desk) as service:
        while True:
            name = NAME.format(number)
            say.send(f"begin {name}")
            await service.corpus_editor.add_upload(
                Caller(Venue("discord", "100", "10"), Person("5", "Ada", manages=True)),
                name,
                "a.jsonl",
                data,
                ChangeProgress(),
            )
            say.send(f"done {name}")
            number += 1
