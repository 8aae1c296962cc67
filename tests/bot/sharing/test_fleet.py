"""Real processes on one database and two platforms: some are killed while people ask, or many ask at once."""

import asyncio
from pathlib import Path

import pytest

from tests.bot.platforms import crowd
from tests.bot.platforms.slack_platform import SlackPlatform
from tests.bot.sharing.fleet import answered, ask, fleet

QUESTIONS = 30
PAUSE = 0.3


@pytest.mark.asyncio
async def test_each_question_is_answered_once_while_processes_are_killed(
    tmp_path: Path, database_url: str
) -> None:
    async with fleet(tmp_path, database_url, 3) as crew:
        asking = asyncio.create_task(ask(crew.platforms, QUESTIONS, PAUSE))
        for number in range(2):
            await asyncio.sleep(QUESTIONS * PAUSE / 4)
            await crew.kill(number)
        assert await answered(await asking) == {1: QUESTIONS}
        for one in crew.processes:  # a command on Discord that nobody hears is lost
            await one.up()
        await crew.processes[2].stopped()  # in order, while the others go on
        left = await ask(crew.platforms, 4, PAUSE)
        assert await answered(left) == {1: 4}


@pytest.mark.asyncio
async def test_each_of_200_commands_at_once_has_a_reply_from_one_of_two(
    tmp_path: Path, database_url: str
) -> None:
    async with fleet(tmp_path, database_url, 2, NEWSDESK_READER="none") as crew:
        slack = next(one for one in crew.platforms if isinstance(one, SlackPlatform))
        people = crowd.make_crowd(slack)
        asked = await crowd.ask_at_once(slack, people)
        said = crowd.said_in(slack, people)
        assert len(said) == len(asked) == 200
        assert all(one.acknowledged for one in asked)
        assert crowd.strange(said) == []  # each is an answer, or tells how long to wait
        assert not crowd.repeated(slack, people)
