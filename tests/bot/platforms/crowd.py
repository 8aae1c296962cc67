"""Many people who ask at once, and what came of it."""

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.article import DEFAULT_COLLECTION, Article
from corpus.sources.files import SAMPLE, read
from tests.bot.platforms.platform import Outcome, Person, Platform, Room
from tests.bot.samples.articles import File, jsonl

PEOPLE = 50
ROOMS = 10
EACH = 4
"""Questions of one person: with 50 people 200, twenty in each of ten channels."""
AGAIN = 3
"""Every so manieth event comes twice, where the platform sends an event again."""
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

_WAIT = re.compile(r"Please (?:wait|ask again in) (?:a|\d+) second|This took too long")


@dataclass(frozen=True, slots=True)
class Crowd:
    """People, and the channels that they ask in."""

    people: Sequence[Person]
    rooms: Sequence[Room]

    def questions(self) -> Iterator[tuple[Person, Room, str]]:
        """Who asks what where: every channel gets as many questions."""
        for turn in range(EACH):
            for number, person in enumerate(self.people):
                room = self.rooms[(number + turn) % len(self.rooms)]
                yield person, room, QUESTIONS[(number + turn) % len(QUESTIONS)]


def make_crowd(platform: Platform, people: int = PEOPLE, rooms: int = ROOMS) -> Crowd:
    """People and channels that are new to the bot, so that no limit is used up."""
    made = [platform.somebody("Reader") for _ in range(people)]
    return Crowd(made, [platform.new_room() for _ in range(rooms)])


async def ask_at_once(platform: Platform, crowd: Crowd) -> list[Outcome]:
    """Everybody asks by command, EACH times, and each channel has as many messages as questions.

    Which message answers which question is not told: twenty are asked at once in a channel.
    """
    asked = await _all(platform, crowd, platform.ask)
    await platform.until(lambda: len(said_in(platform, crowd)) >= len(asked), PATIENCE)
    await platform.until(lambda: all(one.acknowledged_after is not None for one in asked), PATIENCE)
    return asked


async def mention_at_once(platform: Platform, crowd: Crowd) -> tuple[list[Outcome], list[float]]:
    """The same by mention; every question has its answer, after so many seconds."""

    async def answered(one: Outcome, since: float) -> float:
        await one.settled(PATIENCE)
        return time.perf_counter() - since

    asked = await _all(platform, crowd, platform.call)
    since = time.perf_counter()
    return asked, list(await asyncio.gather(*(answered(one, since) for one in asked)))


async def _all(platform: Platform, crowd: Crowd, ask: Callable[..., Awaitable[Outcome]]) -> list[Outcome]:
    asked = []
    for number, (person, room, question) in enumerate(crowd.questions()):
        one = await ask(person, room, question, wait=False)
        if number % AGAIN == 0:
            platform.send_again(one)
        asked.append(one)
    return asked


def said_in(platform: Platform, crowd: Crowd) -> list[str]:
    """What the bot has said in the crowd's channels, to all or to one of them alone."""
    public = [one for room in crowd.rooms for one in platform.shown_in(room)]
    alone = [one for person in crowd.people for one in platform.asides(person)]
    return [one.text for one in (*public, *alone) if one.text]


def repeated(platform: Platform, crowd: Crowd) -> Counter[tuple[str, str]]:
    """The questions that the bot has answered in a channel more often than they were asked there."""
    wanted = Counter((room.id, question) for _, room, question in crowd.questions())
    given = Counter(
        (room.id, question)
        for room in crowd.rooms
        for shown in platform.shown_in(room)
        for question in QUESTIONS
        if shown.text.startswith(question)
    )
    return given - wanted


def waits(text: str) -> bool:
    """Whether the words tell somebody to wait, and for how long, or to ask again because they have waited
    for as long as the bot lets anybody wait."""
    return _WAIT.search(text) is not None


def answers(text: str) -> bool:
    """Whether the words are an answer, or say that there is none with what was searched."""
    return "Newsdesk sample" in text or "I found no answer" in text


def strange(texts: Sequence[str]) -> list[str]:
    """What is neither an answer nor a word on waiting. How many are answers is the machine's to say."""
    assert any(map(answers, texts))
    return [text for text in texts if not (answers(text) or waits(text))]


def variations(count: int) -> File:
    """A file of that many articles whose sentences are the sample's in another order, so that no model has
    seen their passages."""
    drawn = random.Random("archive")
    texts = [one.text for one in read(SAMPLE, DEFAULT_COLLECTION) if isinstance(one, Article)]
    rows = []
    for number in range(count):
        sentences = re.split(r"(?<=[.!?。])\s+", drawn.choice(texts))
        drawn.shuffle(sentences)
        words = f"Edition {number} of the archive begins here. {' '.join(sentences)}"
        rows.append({"id": f"archive-{number}", "source": "Archive", "text": words})
    return jsonl("archive.jsonl", *rows)
