"""Many people who ask at once, and what came of it."""

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from corpus.article import DEFAULT_COLLECTION, Article
from corpus.sources.files import SAMPLE, read
from tools.local_discord import Channel, Conversation, Exchange, LocalDiscord, Upload, User

PEOPLE = 50
ROOMS = 10
EACH = 4
"""Questions of one person: with 50 people 200, twenty in each of ten channels."""
PATIENCE = 60.0
"""Seconds for all to be answered, on however busy a machine."""
QUESTIONS = (
    "What did Lee and Takaichi agree about the remains at the Chosei coal mine?",
    "Where did the two leaders meet in January 2026?",
    "What does the treaty of 1965 say?",
    "Why was Japanese seafood banned?",
    "Who won the women's football world cup in 2019?",
)
"""Of the sample; the last one has no answer there."""

T = TypeVar("T")
_WAIT = re.compile(r"Please (?:wait|ask again in) (?:a|\d+) second|This took too long")


@dataclass(frozen=True, slots=True)
class Crowd:
    """People, and the channels that they ask in."""

    people: Sequence[User]
    channels: Sequence[Channel]


def make_crowd(discord: LocalDiscord, people: int = PEOPLE, rooms: int = ROOMS) -> Crowd:
    """People and channels that are new to the bot, so that no limit is used up."""
    made = [discord.world.add_user(f"Reader {number}") for number in range(people)]
    for user in made:
        discord.world.join(discord.guild, user)
    channels = [discord.world.add_channel(discord.guild, f"room-{number}") for number in range(rooms)]
    return Crowd(made, channels)


async def ask_at_once(discord: LocalDiscord, crowd: Crowd) -> list[Exchange]:
    """Everybody asks by command, EACH times, and waits until all have an answer."""
    asked = [
        await discord.command(user, channel, "ask", question=question)
        for user, channel, question in _asked(crowd)
    ]
    await _all(discord, asked, lambda one: one.message is not None and not one.message.loading)
    return asked


async def mention_at_once(discord: LocalDiscord, crowd: Crowd) -> list[Conversation]:
    """The same by mention."""
    said = [
        await discord.say(user, channel, f"{discord.mention()} {question}")
        for user, channel, question in _asked(crowd)
    ]
    await _all(discord, said, lambda one: one.message is not None)
    return said


def waits(text: str) -> bool:
    """Whether the words tell somebody to wait, and for how long, or to ask again because they have waited
    for as long as the bot lets anybody wait."""
    return _WAIT.search(text) is not None


def answers(text: str) -> bool:
    """Whether the words are an answer, or say that there is none with what was searched."""
    return "\n> " in f"\n{text}" or "No answer" in text


def variations(count: int) -> Upload:
    """A file of that many articles whose sentences are the sample's in another order, so that no model has
    seen their passages."""
    drawn = random.Random(1)
    texts = [one.text for one in read(SAMPLE, DEFAULT_COLLECTION) if isinstance(one, Article)]
    rows = []
    for number in range(count):
        sentences = re.split(r"(?<=[.!?。])\s+", drawn.choice(texts))
        drawn.shuffle(sentences)
        words = f"Edition {number} of the archive begins here. {' '.join(sentences)}"
        rows.append({"id": f"variation-{number}", "source": "Archive", "text": words})
    lines = "".join(f"{json.dumps(row)}\n" for row in rows)
    return Upload("archive.jsonl", lines.encode(), "application/jsonl")


def _asked(crowd: Crowd) -> Iterator[tuple[User, Channel, str]]:
    """Who asks what where: every channel gets as many questions."""
    for turn in range(EACH):
        for number, user in enumerate(crowd.people):
            channel = crowd.channels[(number + turn) % len(crowd.channels)]
            yield user, channel, QUESTIONS[(number + turn) % len(QUESTIONS)]


async def _all(discord: LocalDiscord, asked: Sequence[T], is_answered: Callable[[T], bool]) -> None:
    left = list(asked)

    def done() -> bool:
        left[:] = [one for one in left if not is_answered(one)]
        return not left

    await discord.until(done, PATIENCE)
