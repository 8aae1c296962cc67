"""Many at once: the bot as a process of its own, with its real model, on both platforms, asked by 50 people
in ten channels.

`python -m benchmarks.crowd` prints what is only bounded here, and has as many on one platform.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest
import pytest_asyncio

from bot.chat.preferences import Preferences
from tests.bot.conftest import MakeHome
from tests.bot.platforms import crowd
from tests.bot.platforms.conftest import PLATFORMS
from tests.bot.platforms.crowd import Crowd, answers, ask_at_once, make_crowd, strange, waits
from tests.bot.platforms.platform import Outcome, Platform
from tests.bot.platforms.process import Process

pytestmark = pytest.mark.asyncio(loop_scope="module")

GROWTH = 1.05
"""What the bot may have in memory after a further burst, of what it had after the first."""
PERSON_LIMIT = Preferences().person_limit
SHARE = len(PLATFORMS)
"""A burst is divided among the platforms: half of the people and channels are on each."""
ARTICLES = 120
"""Enough that the model is busy with them for longer than the questions take: 90 texts a second on an idle
machine, eight an article."""
ASKING = 10
"""People of each platform who ask meanwhile, one after the other."""


@dataclass(frozen=True, slots=True)
class Place:
    """A platform, and people enough there for a burst by each test."""

    platform: Platform
    crowds: tuple[Crowd, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A bot that runs on each platform."""

    bot: Process
    places: dict[str, Place]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def loaded(make_home: MakeHome) -> AsyncIterator[Loaded]:
    """One bot for the module."""
    people, rooms = crowd.PEOPLE // SHARE, crowd.ROOMS // SHARE
    async with AsyncExitStack() as stack:
        places = {}
        for name, kind in PLATFORMS.items():
            platform = await stack.enter_async_context(kind.serve())
            places[name] = Place(platform, tuple(make_crowd(platform, people, rooms) for _ in range(3)))
        async with Process(make_home(), *(place.platform for place in places.values())) as bot:
            await bot.up()
            yield Loaded(bot, places)
        for place in places.values():
            # An acknowledgement that is late on a busy machine is sent once more, and Discord refuses it.
            problems = place.platform.server.problems
            assert [problem for problem in problems if "40060" not in problem] == []
            assert not place.platform.server.pings
        assert "incident" not in bot.said, bot.said


async def test_each_of_200_commands_at_once_is_acknowledged_and_answered_once_and_memory_stays(
    loaded: Loaded,
) -> None:
    places, memory = loaded.places.values(), []
    for burst in range(2):
        asked = await asyncio.gather(*(ask_at_once(one.platform, one.crowds[burst]) for one in places))
        memory.append(loaded.bot.memory())
        assert sum(map(len, asked)) == 200
        for place, there in zip(places, asked, strict=True):
            said = crowd.said_in(place.platform, place.crowds[burst])
            assert len(said) == len(there)
            assert all(one.acknowledged for one in there)
            assert strange(said) == []
            assert not crowd.repeated(place.platform, place.crowds[burst])
    assert memory[1] <= GROWTH * memory[0], memory


async def test_each_of_200_mentions_at_once_is_answered_by_one_message(loaded: Loaded) -> None:
    places = loaded.places.values()
    bursts = await asyncio.gather(*(crowd.mention_at_once(one.platform, one.crowds[2]) for one in places))
    asked = [one for there, _ in bursts for one in there]
    assert all(one.acknowledged for one in asked)
    assert [len(one.messages) for one in asked] == [1] * 200
    for there, _ in bursts:
        assert strange([one.text for one in there]) == []


@pytest.mark.parametrize("name", PLATFORMS)
async def test_nobody_is_looked_up_more_than_once_a_minute(loaded: Loaded, name: str) -> None:
    looked_up = loaded.places[name].platform.looked_up
    assert len(looked_up) == len(set(looked_up)) <= 200


@pytest.mark.parametrize("name", PLATFORMS)
async def test_whoever_asks_faster_than_is_allowed_is_told_for_how_long_to_wait(
    loaded: Loaded, name: str
) -> None:
    platform = loaded.places[name].platform
    alone = make_crowd(platform, people=1, rooms=1)
    for _ in range(PERSON_LIMIT + 1):
        await platform.ask(alone.people[0], alone.rooms[0], crowd.QUESTIONS[0], wait=False)
    await platform.until(lambda: len(crowd.said_in(platform, alone)) > PERSON_LIMIT, crowd.PATIENCE)
    texts = crowd.said_in(platform, alone)
    assert strange(texts) == []
    assert [waits(text) for text in texts].count(True) == 1


async def test_questions_are_acknowledged_and_answered_while_a_reload_embeds(loaded: Loaded) -> None:
    platforms = [place.platform for place in loaded.places.values()]
    adding = platforms[0]

    async def ask(platform: Platform) -> list[Outcome]:
        asked = []
        for person in make_crowd(platform, people=ASKING, rooms=1).people:
            one = await platform.ask(person, platform.random, crowd.QUESTIONS[0], wait=False)
            asked.append(await one.settled(crowd.PATIENCE))
        return asked

    await adding.add(adding.admin, adding.general, crowd.variations(ARTICLES), wait=False)
    await adding.until(lambda: "indexing articles" in adding.change_shown.casefold(), crowd.PATIENCE)
    asked = [one for there in await asyncio.gather(*map(ask, platforms)) for one in there]
    assert "indexing articles" in adding.change_shown.casefold()
    assert len(asked) == ASKING * len(platforms)
    assert all(one.acknowledged for one in asked)
    assert all(answers(one.text) for one in asked)
    await adding.until(lambda: f"{ARTICLES} new" in adding.change_shown, crowd.PATIENCE)
