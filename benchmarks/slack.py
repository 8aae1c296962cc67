"""How the Slack bot bears a crowd: 50 people who ask 200 questions at once in ten channels.

    python -m benchmarks.slack HOME

The bot runs as a process of its own on a copy of HOME, against the tests' local Slack, which sends a third of
it twice. Printed as JSON, one line for each of three bursts by command and one by mention: milliseconds until
what was sent is acknowledged and until a question is answered (p50, p99), how many were answered, told to
wait, and answered twice, and the bot's megabytes afterwards.
"""

import argparse
import asyncio
import json
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tests.bot.discord.crowd import waits
from tests.bot.platforms.process import Process
from tests.bot.slack.crowd import (
    Asked,
    answered_more_than_asked,
    answers,
    ask_at_once,
    make_crowd,
    mention_at_once,
    said_in,
)
from tools.local_slack import LocalSlack, Message, text_of

BURSTS = 3


async def measure(home: Path) -> None:
    """Run the bot, and every burst with people of its own."""
    async with LocalSlack() as slack:
        crowds = [make_crowd(slack) for _ in range(BURSTS + 1)]
        async with Process(home, slack) as bot:
            await bot.up()
            for people in crowds[:BURSTS]:
                began = time.perf_counter()
                show("commands", began, slack, await ask_at_once(slack, people), bot.memory())
            began = time.perf_counter()
            show("mentions", began, slack, await mention_at_once(slack, crowds[BURSTS]), bot.memory())
        slack.assert_valid()


def show(what: str, began: float, slack: LocalSlack, asked: Sequence[Asked], megabytes: float) -> None:
    """Print what came of a burst."""
    told = [delivery for one in asked for delivery in one.exchange.deliveries]
    pairs = answered(slack, asked)
    texts = [text_of(message) for _, message in pairs]
    twice = sum(answered_more_than_asked(slack, asked).values()) if what == "commands" else 0
    twice += sum(len(one.exchange.messages) > 1 for one in asked) if what == "mentions" else 0
    print(
        json.dumps(
            {
                "what": what,
                "questions": len(asked),
                "sent": len(told),
                "all_s": round(time.perf_counter() - began, 1),
                **figures("ack", [one.acked_after for one in told if one.acked_after is not None]),
                **figures("answer", [float(message.ts) - float(ts) for ts, message in pairs]),
                "answered": sum(map(answers, texts)),
                "told_to_wait": sum(map(waits, texts)),
                "twice": twice,
                "megabytes": round(megabytes),
            }
        ),
        flush=True,
    )


def answered(slack: LocalSlack, asked: Sequence[Asked]) -> list[tuple[str, Message]]:
    """Each answer with the time of its question: in a channel, the first is to the first."""
    times: dict[str, list[str]] = defaultdict(list)
    for one in asked:
        times[one.channel.id].append(one.exchange.action.ts)
    return [
        pair
        for channel, began in times.items()
        for pair in zip(
            sorted(began), said_in(slack, slack.world.channels[channel])[-len(began) :], strict=False
        )
    ]


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
