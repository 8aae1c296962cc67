"""Many at once: the bot as a process of its own, with its real model, asked by 50 people in ten channels.

`python -m benchmarks.discord` prints what is only bounded here.
"""

import shutil
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.chat.preferences import Preferences
from tests.bot.discord import crowd
from tests.bot.discord.crowd import Crowd, answers, ask_at_once, make_crowd, mention_at_once, waits
from tests.bot.platforms.process import Process
from tools.local_discord import Exchange, LocalDiscord

pytestmark = pytest.mark.asyncio(loop_scope="module")

ACKNOWLEDGED = 3.0
"""Seconds until an interaction is void."""
GROWTH = 1.05
"""What the bot may have in memory after a further burst, of what it had after the first."""
PERSON_LIMIT = Preferences().person_limit
ARTICLES = 60
"""Enough that the model is busy with them for seconds."""
ASKING = 10
"""People who ask meanwhile."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A running bot, and people enough for a burst by each test."""

    discord: LocalDiscord
    bot: Process
    crowds: Sequence[Crowd]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def loaded(loaded_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Loaded]:
    """One bot for the module."""
    home = Path(shutil.copytree(loaded_sample, tmp_path_factory.mktemp("load") / "home"))
    async with LocalDiscord() as discord:
        crowds = [make_crowd(discord) for _ in range(3)]
        async with Process(home, discord) as bot:
            await bot.up()
            yield Loaded(discord, bot, crowds)
        # An acknowledgement that is late on a busy machine is sent once more, and refused.
        assert [problem for problem in discord.problems if "40060" not in problem] == []
        assert not discord.pings
        assert "incident" not in bot.said, bot.said


def acknowledged_in_time(exchanges: Sequence[Exchange]) -> bool:
    """Whether all were, within what Discord allows."""
    return all(one.acked_after is not None and one.acked_after < ACKNOWLEDGED for one in exchanges)


def strange(texts: Sequence[str]) -> list[str]:
    """What is neither an answer nor a word on waiting. How many are answers is the machine's to say."""
    assert any(map(answers, texts))
    return [text for text in texts if not (answers(text) or waits(text))]


async def test_each_of_200_questions_at_once_is_acknowledged_and_answered_once_and_memory_stays(
    loaded: Loaded,
) -> None:
    memory = []
    for people in loaded.crowds[:2]:
        asked = await ask_at_once(loaded.discord, people)
        memory.append(loaded.bot.memory())
        assert len(asked) == 200
        assert acknowledged_in_time(asked)
        assert strange([one.text for one in asked]) == []
        assert all(one.interaction.edits == 1 and not one.followups for one in asked)
    assert memory[1] <= GROWTH * memory[0], memory


async def test_each_of_200_mentions_at_once_is_answered_by_one_reply(loaded: Loaded) -> None:
    said = await mention_at_once(loaded.discord, loaded.crowds[2])
    assert strange([one.text for one in said]) == []
    assert [one.followups for one in said if one.followups] == []


async def test_whoever_asks_faster_than_is_allowed_is_told_for_how_long_to_wait(loaded: Loaded) -> None:
    discord = loaded.discord
    asked = [
        await discord.command(discord.ann, discord.general, "ask", question=crowd.QUESTIONS[0])
        for _ in range(PERSON_LIMIT + 1)
    ]
    for one in asked:
        await one.settled(crowd.PATIENCE)
    assert strange([one.text for one in asked]) == []
    assert [waits(one.text) for one in asked].count(True) == 1


async def test_questions_are_acknowledged_and_answered_while_a_reload_embeds(loaded: Loaded) -> None:
    discord = loaded.discord
    file = crowd.variations(ARTICLES)
    reload = await discord.command(discord.admin, discord.general, "corpus add", file=file)
    people = make_crowd(discord, people=ASKING, rooms=1).people
    await discord.until(lambda: "embedding" in reload.text.casefold(), crowd.PATIENCE)
    asked = []
    for user in people:
        question = await discord.command(user, discord.random, "ask", question=crowd.QUESTIONS[0])
        asked.append(await question.settled(crowd.PATIENCE))
    assert "embedding" in reload.text.casefold()
    assert acknowledged_in_time(asked)
    assert all(answers(one.text) for one in asked)
    await discord.until(lambda: f"{ARTICLES} new" in reload.text, crowd.PATIENCE)
