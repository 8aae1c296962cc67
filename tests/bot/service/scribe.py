"""A process that writes a ledger for ever, to be killed: `python -m tests.bot.service.scribe FILE NUMBER`.

It says each number once everything of it was written: `done N`.
"""

import os
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.service.ledger import Ledger
from bot.service.people import Venue
from bot.service.preferences import Changes
from bot.service.record import Record
from tests.bot.service.records import record

PLACE = Venue("discord", "100", "10")
LONG = "한국 " * 3000
"""Several pages of the file, so that a kill may fall between them."""


def written(number: int) -> Record:
    """The answer of that number."""
    moment = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(seconds=number)
    return replace(record(f"a{number}", PLACE, moment), asked=f"{number} {LONG}")


def write(ledger: Ledger, number: int) -> None:
    """Everything of that number."""
    ledger.claim("discord", str(number), f"pending {number}")
    ledger.keep(written(number))
    ledger.posted(f"a{number}", f"m{number}")
    ledger.vote(f"a{number}", "1", helpful=bool(number % 2), reason=f"reason {number}")
    ledger.choose("discord", "100", str(number % 5), Changes(passages=1 + number % 5))
    ledger.bind("discord", str(number), f"own-{number}")
    ledger.settle("discord", str(number))


def main(path: str, number: int) -> None:
    """Write on from that number."""
    with Ledger(Path(path)) as ledger:
        while True:
            write(ledger, number)
            os.write(1, f"done {number}\n".encode())
            number += 1


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
