"""A process that writes a store for ever, to be killed: `python -m tests.bot.chat_store.scribe FILE NUMBER`.

It says each number once everything of it was written: `done N`.
"""

import os
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.chat.answer_record import AnswerRecord
from bot.chat.preferences import PreferenceChanges
from bot.chat.venue import Venue
from bot.chat_store.chat_store import ChatStore
from tests.bot.service.records import record

PLACE = Venue("discord", "100", "10")
LONG = "한국 " * 3000
"""Several pages of the file, so that a kill may fall between them."""


def written(number: int) -> AnswerRecord:
    """The answer of that number."""
    moment = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(seconds=number)
    return replace(record(f"a{number}", PLACE, moment), asked=f"{number} {LONG}")


def write(chat_store: ChatStore, number: int) -> None:
    """Everything of that number."""
    chat_store.events.claim("discord", str(number), f"pending {number}")
    chat_store.answers.add(written(number))
    chat_store.answers.set_message(f"a{number}", f"m{number}")
    chat_store.votes.cast(f"a{number}", "1", helpful=bool(number % 2), reason=f"reason {number}")
    chat_store.settings.put("discord", "100", str(number % 5), PreferenceChanges(passages=1 + number % 5))
    chat_store.bindings.bind("discord", str(number), f"own-{number}")
    chat_store.events.settle("discord", str(number))


def main(path: str, number: int) -> None:
    """Write on from that number."""
    with ChatStore(Path(path)) as chat_store:
        while True:
            write(chat_store, number)
            os.write(1, f"done {number}\n".encode())
            number += 1


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
