"""Many at once: the bot as a process of its own, with its real model, asked by 50 people in ten channels.

`python -m benchmarks.slack` prints what is only bounded here.
"""

import shutil
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from tests.bot.platforms.process import Process
from tests.bot.slack.crowd import (
    Asked,
    Crowd,
    answered_more_than_asked,
    ask_at_once,
    make_crowd,
    mention_at_once,
    said_in,
    strange,
)
from tests.bot.slack.live import local_slack
from tools.local_slack import LocalSlack, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

ACKNOWLEDGED = 3.0
"""Seconds until Slack takes a command for failed, and sends an event again."""
GROWTH = 1.05
"""What the bot may have in memory after a further burst, of what it had after the first."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A running bot, and people enough for a burst by each test."""

    slack: LocalSlack
    bot: Process
    crowds: Sequence[Crowd]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def loaded(loaded_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Loaded]:
    """One bot for the module."""
    home = Path(shutil.copytree(loaded_sample, tmp_path_factory.mktemp("load") / "home"))
    async with local_slack() as slack:
        crowds = [make_crowd(slack) for _ in range(3)]
        async with Process(home, slack) as bot:
            await bot.up()
            yield Loaded(slack, bot, crowds)
        slack.assert_valid()
        assert not slack.pings
        assert "incident" not in bot.said, bot.said


def acknowledged_in_time(asked: Sequence[Asked]) -> bool:
    """Whether all were, each time that they came, within what Slack waits for."""
    times = [one.acked_after for each in asked for one in each.exchange.deliveries]
    return all(time is not None and time < ACKNOWLEDGED for time in times)


async def test_each_of_200_commands_at_once_is_acknowledged_and_answered_once_and_memory_stays(
    loaded: Loaded,
) -> None:
    slack, memory = loaded.slack, []
    for people in loaded.crowds[:2]:
        asked = await ask_at_once(slack, people)
        memory.append(loaded.bot.memory())
        assert len(asked) == 200
        assert acknowledged_in_time(asked)
        said = [message for channel in people.channels for message in said_in(slack, channel)]
        assert len(said) == len(asked)
        assert strange([text_of(message) for message in said]) == []
        assert not answered_more_than_asked(slack, asked)
    assert memory[1] <= GROWTH * memory[0], memory


async def test_each_of_200_mentions_at_once_is_acknowledged_and_answered_by_one_message(
    loaded: Loaded,
) -> None:
    asked = await mention_at_once(loaded.slack, loaded.crowds[2])
    assert acknowledged_in_time(asked)
    assert [len(one.exchange.messages) for one in asked] == [1] * 200
    assert strange([one.exchange.text for one in asked]) == []


async def test_nobody_is_asked_about_more_than_once_a_minute(loaded: Loaded) -> None:
    asked = [request.arguments["user"] for request in loaded.slack.requests.of("users.info")]
    assert len(asked) == len(set(asked)) <= 200
