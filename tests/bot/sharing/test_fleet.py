"""Three real processes on one database and two platforms, of which some are killed while people ask."""

import asyncio
from pathlib import Path

import pytest

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
        await crew.processes[2].stopped()  # in order, while the others go on
        left = await ask(crew.platforms, 4, PAUSE)
        assert await answered(left) == {1: 4}
