"""How the Discord bot bears a crowd: 50 people who ask 200 questions at once in ten channels.

    python -m benchmarks.discord HOME

The bot runs as a process of its own on a copy of HOME, against the tests' local Discord. Printed as JSON, one
line for each of three bursts by command and one by mention: milliseconds until a question is acknowledged
and until it is answered (p50, p99), how many were answered, told to wait, and answered twice, and the bot's
megabytes afterwards. A last line has the same of 50 questions, one after the other, while a reload embeds.
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

from tests.bot.discord.crowd import (
    QUESTIONS,
    answers,
    ask_at_once,
    make_crowd,
    mention_at_once,
    variations,
    waits,
)
from tests.bot.platforms.process import Process
from tools.local_discord import Conversation, Exchange, LocalDiscord

BURSTS = 3
ARTICLES = 400
"""Of the reload: the model is busy with them for half a minute and more."""
ASKED_MEANWHILE = 50
PATIENCE = 600.0
"""Seconds for the reload, on however slow a machine."""


async def measure(home: Path) -> None:
    """Run the bot, and every burst with people of its own."""
    async with LocalDiscord() as discord:
        crowds = [make_crowd(discord) for _ in range(BURSTS + 1)]
        async with Process(home, discord) as bot:
            await bot.up()
            for people in crowds[:BURSTS]:
                began = time.perf_counter()
                asked = await ask_at_once(discord, people)
                show("commands", began, discord, asked, bot.memory())
            began = time.perf_counter()
            said = await mention_at_once(discord, crowds[BURSTS])
            show("mentions", began, discord, said, bot.memory())
            reload = await discord.command(
                discord.admin, discord.general, "corpus add", file=variations(ARTICLES)
            )
            await discord.until(lambda: "embedding" in reload.text.casefold(), PATIENCE)
            began = time.perf_counter()
            meanwhile = []
            for user in make_crowd(discord, people=ASKED_MEANWHILE, rooms=1).people:
                one = await discord.command(user, discord.random, "ask", question=QUESTIONS[0])
                meanwhile.append(await one.settled(PATIENCE))
            still = "embedding" in reload.text.casefold()
            show("while embedding" if still else "after embedding", began, discord, meanwhile, bot.memory())
        # An acknowledgement that is late is sent once more, and that Discord then refuses it is no fault.
        assert all("40060" in problem for problem in discord.problems), discord.problems


def show(
    what: str,
    began: float,
    discord: LocalDiscord,
    asked: Sequence[Exchange] | Sequence[Conversation],
    megabytes: float,
) -> None:
    """Print what came of a burst."""
    acknowledged = [one.acked_after for one in asked if isinstance(one, Exchange) and one.acked_after]
    texts = [one.text for one in asked]
    print(
        json.dumps(
            {
                "what": what,
                "questions": len(asked),
                "all_s": round(time.perf_counter() - began, 1),
                **(figures("ack", acknowledged) if acknowledged else {}),
                **figures("answer", delays(discord, asked)),
                "answered": sum(map(answers, texts)),
                "told_to_wait": sum(map(waits, texts)),
                "twice": sum(bool(one.followups) for one in asked),
                "megabytes": round(megabytes),
            }
        ),
        flush=True,
    )


def delays(discord: LocalDiscord, asked: Sequence[Exchange] | Sequence[Conversation]) -> list[float]:
    """Seconds from each question to its answer."""
    edits = {request.path: request.at for request in discord.requests if request.method == "PATCH"}
    found = []
    for one in asked:
        if isinstance(one, Conversation):
            assert one.message
            found.append((one.message.sent - one.said.sent).total_seconds())
        else:
            path = f"/webhooks/{discord.world.application_id}/{one.interaction.token}/messages/@original"
            found.append(edits[path] - one.interaction.created)
    return found


def figures(name: str, times: Sequence[float]) -> dict[str, float]:
    """p50 and p99 in milliseconds."""
    return {f"{name}_p{p}_ms": round(float(np.percentile(times, p)) * 1000, 1) for p in (50, 99)}


def main() -> None:
    """Measure on a copy, which goes away."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("home", type=Path)
    call = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(shutil.copytree(call.home, Path(folder) / "home"))))


if __name__ == "__main__":
    main()
