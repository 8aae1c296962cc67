"""Many at once: the bot as a process of its own, with its real model, asked by 50 people in ten channels.

`python -m benchmarks.crowd` prints what is only bounded here.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from bot.chat.preferences import Preferences
from tests.bot.conftest import MakeHome
from tests.bot.platforms import crowd
from tests.bot.platforms.conftest import PLATFORMS
from tests.bot.platforms.crowd import Crowd, answers, ask_at_once, make_crowd, strange, waits
from tests.bot.platforms.platform import Platform
from tests.bot.platforms.process import Process

pytestmark = pytest.mark.asyncio(loop_scope="module")

GROWTH = 1.05
"""What the bot may have in memory after a further burst, of what it had after the first."""
PERSON_LIMIT = Preferences().person_limit
ARTICLES = 200
"""Enough that the model is busy with them for longer than the questions take: 90 texts a second on an idle
machine, eight an article."""
ASKING = 10
"""People who ask meanwhile."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A running bot, and people enough for a burst by each test."""

    platform: Platform
    bot: Process
    crowds: tuple[Crowd, ...]


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=PLATFORMS)
async def loaded(request: pytest.FixtureRequest, make_home: MakeHome) -> AsyncIterator[Loaded]:
    """One bot for the module."""
    async with PLATFORMS[request.param].serve() as platform:
        crowds = tuple(make_crowd(platform) for _ in range(3))
        async with Process(make_home(), platform) as bot:
            await bot.up()
            yield Loaded(platform, bot, crowds)
        # An acknowledgement that is late on a busy machine is sent once more, and Discord refuses it (40060).
        assert [problem for problem in platform.server.problems if "40060" not in problem] == []
        assert not platform.server.pings
        assert "incident" not in bot.said, bot.said


async def test_each_of_200_commands_at_once_is_acknowledged_and_answered_once_and_memory_stays(
    loaded: Loaded,
) -> None:
    memory = []
    for people in loaded.crowds[:2]:
        asked = await ask_at_once(loaded.platform, people)
        memory.append(loaded.bot.memory())
        said = crowd.said_in(loaded.platform, people)
        assert len(said) == len(asked) == 200
        assert all(one.acknowledged for one in asked)
        assert strange(said) == []
        assert not crowd.repeated(loaded.platform, people)
    assert memory[1] <= GROWTH * memory[0], memory


async def test_each_of_200_mentions_at_once_is_answered_by_one_message(loaded: Loaded) -> None:
    asked, _ = await crowd.mention_at_once(loaded.platform, loaded.crowds[2])
    assert all(one.acknowledged for one in asked)
    assert [len(one.messages) for one in asked] == [1] * 200
    assert strange([one.text for one in asked]) == []


async def test_nobody_is_looked_up_more_than_once_a_minute(loaded: Loaded) -> None:
    looked_up = loaded.platform.looked_up
    assert len(looked_up) == len(set(looked_up)) <= 200


async def test_whoever_asks_faster_than_is_allowed_is_told_for_how_long_to_wait(loaded: Loaded) -> None:
    platform = loaded.platform
    alone = make_crowd(platform, people=1, rooms=1)
    for _ in range(PERSON_LIMIT + 1):
        await platform.ask(alone.people[0], alone.rooms[0], crowd.QUESTIONS[0], wait=False)
    await platform.until(lambda: len(crowd.said_in(platform, alone)) > PERSON_LIMIT, crowd.PATIENCE)
    texts = crowd.said_in(platform, alone)
    assert strange(texts) == []
    assert [waits(text) for text in texts].count(True) == 1


async def test_questions_are_acknowledged_and_answered_while_a_reload_embeds(loaded: Loaded) -> None:
    platform = loaded.platform
    people = make_crowd(platform, people=ASKING, rooms=1).people
    await platform.add(platform.admin, platform.general, crowd.variations(ARTICLES), wait=False)
    await platform.until(lambda: "indexing articles" in platform.change_shown.casefold(), crowd.PATIENCE)
    asked = []
    for person in people:
        one = await platform.ask(person, platform.random, crowd.QUESTIONS[0], wait=False)
        asked.append(await one.settled(crowd.PATIENCE))
    assert "indexing articles" in platform.change_shown.casefold()
    assert all(one.acknowledged for one in asked)
    assert all(answers(one.text) for one in asked)
    await platform.until(lambda: f"{ARTICLES} new" in platform.change_shown, crowd.PATIENCE)
