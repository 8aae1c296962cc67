"""What a process that is to be killed writes to a store for ever."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
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


def write_for_ever(say: Connection, path: Path, number: int) -> None:
    """Write on from that number, and say each number once everything of it was written."""
    with ChatStore(path) as chat_store:
        while True:
            write(chat_store, number)
            say.send(number)
            number += 1
