"""Measure the bot under a burst: 50 people who ask 200 questions at once in ten channels.

    python -m benchmarks.crowd {discord,slack} HOME [--bursts N]

The bot runs as a separate process on a copy of HOME, against the tests' local platform. Printed as JSON, one
line for each of three bursts by command and one by mention: milliseconds until a question is acknowledged and
until it is answered (p50, p99; not for commands, because nothing tells which message answers which), how many
were answered, told to wait, and answered twice, and the bot's megabytes afterwards. Two last lines have the
same for 50 questions, one after the other, with an idle bot and during a reload that embeds.
"""

import argparse
import asyncio
import json
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tests.bot.platforms.conftest import PLATFORMS
from tests.bot.platforms.crowd import (
    QUESTIONS,
    answers,
    ask_at_once,
    make_crowd,
    mention_at_once,
    repeated,
    said_in,
    variations,
    waits,
)
from tests.bot.platforms.platform import Outcome, Platform
from tests.bot.platforms.process import Process

BURSTS = 3
ARTICLES = 400
"""The articles of the reload, which keep the model busy for half a minute or more."""
INDEXING = "indexing articles"
"""Part of the message about a reload while the model is busy."""
ASKED_IN_TURN = 50
TIMEOUT_SECONDS = 600.0
"""The most seconds for the reload, even on a slow machine."""


async def measure(kind: type[Platform], home: Path, bursts: int) -> None:
    """Run the bot, and every burst with other people."""
    async with kind.serve() as platform:
        crowds = [make_crowd(platform) for _ in range(bursts + 1)] if bursts else []
        async with Process(home, platform) as bot:
            await bot.up()
            for number, people in enumerate(crowds):
                began = time.perf_counter()
                if number == bursts:
                    asked, answered = await mention_at_once(platform, people)
                    texts = [one.text for one in asked]
                else:
                    asked, answered = await ask_at_once(platform, people), []
                    texts = said_in(platform, people)
                twice = max(0, len(texts) - len(asked)) + sum(repeated(platform, people).values())
                what = "commands" if number < bursts else "mentions"
                show(what, began, asked, texts, answered, twice, bot.memory())
            began = time.perf_counter()
            asked, answered = await ask_in_turn(platform)
            show("one by one", began, asked, [one.text for one in asked], answered, 0, bot.memory())
            await platform.add(platform.admin, platform.general, variations(ARTICLES), wait=False)
            await platform.until(lambda: INDEXING in platform.change_shown.casefold(), TIMEOUT_SECONDS)
            began = time.perf_counter()
            asked, answered = await ask_in_turn(platform)
            still = INDEXING in platform.change_shown.casefold()
            what = "while embedding" if still else "after embedding"
            show(what, began, asked, [one.text for one in asked], answered, 0, bot.memory())
        # A late acknowledgement is sent again; that Discord then refuses it is no fault.
        assert all("40060" in problem for problem in platform.server.problems), platform.server.problems


async def ask_in_turn(platform: Platform) -> tuple[list[Outcome], list[float]]:
    """Ask one question after the other, each by another person. Returns the outcomes, and the seconds until
    each answer."""
    asked, answered = [], []
    for person in make_crowd(platform, people=ASKED_IN_TURN, rooms=1).people:
        since = time.perf_counter()
        one = await platform.ask(person, platform.random, QUESTIONS[0], wait=False)
        asked.append(await one.settled(TIMEOUT_SECONDS))
        answered.append(time.perf_counter() - since)
    return asked, answered


def show(
    what: str,
    began: float,
    asked: Sequence[Outcome],
    texts: Sequence[str],
    answered: Sequence[float],
    twice: int,
    megabytes: float,
) -> None:
    """Print the result of a burst; `answered` is the seconds until each answer."""
    acknowledged = [after for one in asked if (after := one.acknowledged_after) is not None]
    print(
        json.dumps(
            {
                "what": what,
                "questions": len(asked),
                "all_s": round(time.perf_counter() - began, 1),
                **figures("ack", acknowledged),
                **(figures("answer", answered) if answered else {}),
                "answered": sum(map(answers, texts)),
                "told_to_wait": sum(map(waits, texts)),
                "twice": twice,
                "megabytes": round(megabytes),
            }
        ),
        flush=True,
    )


def figures(name: str, times: Sequence[float]) -> dict[str, float]:
    """p50 and p99 in milliseconds."""
    return {f"{name}_p{p}_ms": round(float(np.percentile(times, p)) * 1000, 1) for p in (50, 99)}


def main() -> None:
    """Measure on a temporary copy."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("platform", choices=PLATFORMS)
    parser.add_argument("home", type=Path)
    parser.add_argument("--bursts", type=int, default=BURSTS)
    call = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(shutil.copytree(call.home, Path(folder) / "home"))
        asyncio.run(measure(PLATFORMS[call.platform], home, call.bursts))


if __name__ == "__main__":
    main()
