"""A process that adds under new names for ever, to be killed: `python -m tests.bot.service.squatter HOME`.

It says what it is about to do and what it has done: `begin NAME`, `done NAME`.
"""

import asyncio
import json
import os
import sys
from pathlib import Path

from bot.chat.venue import Caller, Person, Venue
from bot.community_admin.change_progress import ChangeProgress
from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from bot.service.service import make_service
from retrieval.models.model import hash_model
from tests.fault.newsroom import QuickDisk

NAME = "archive-{}"
TEXT = "The heron keeps the code."


def say(line: str) -> None:
    """One line in one write, so that a kill leaves it whole or out."""
    os.write(1, f"{line}\n".encode())


async def add_for_ever(home: Home) -> None:
    """Add an article under one new name after another."""
    desk = Desk(home, hash_model(), print)
    desk.open()
    data = json.dumps({"id": "a", "title": "A", "source": "S", "text": TEXT}).encode()
    number = 0
    async with make_service(home, desk) as service:
        while True:
            name = NAME.format(number)
            say(f"begin {name}")
            await service.corpus_editor.add_upload(
                Caller(Venue("discord", "100", "10"), Person("5", "Ada", manages=True)),
                name,
                "a.jsonl",
                data,
                ChangeProgress(),
            )
            say(f"done {name}")
            number += 1


if __name__ == "__main__":
    asyncio.run(add_for_ever(Home(Path(sys.argv[1]), QuickDisk())))
