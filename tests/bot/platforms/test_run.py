"""`newsdesk run` as whoever operates it sees it: how it starts, waits, stops, and what it leaves."""

from pathlib import Path

import pytest

from bot.cli.composition import LoadModel
from bot.corpus_admin.corpus_json import status_row
from bot.corpus_admin.home import Home
from tests.bot.platforms.crowd import variations
from tests.bot.platforms.platform import Platform
from tests.bot.platforms.process import PATIENCE, QUICKLY, Process

pytestmark = pytest.mark.asyncio(loop_scope="module")

ARTICLES = 60
"""Enough that the model is busy with them for seconds."""


async def answers(platform: Platform) -> bool:
    """Whether a question gets an answer."""
    asked = await platform.call(platform.ann, platform.general, wait=False)
    return "these articles" in (await asked.settled(PATIENCE)).text


async def test_it_waits_for_a_platform_that_is_away_at_the_start_and_names_questions_in_the_log_if_told_to(
    server: Platform, quick_home: Path
) -> None:
    await server.server.down()
    async with Process(quick_home, server, module=QUICKLY, NEWSDESK_LOG_QUESTIONS="1") as bot:
        await bot.says("can't be reached (ClientConnectorError), trying again in")
        await server.server.up()
        await bot.up()
        assert await answers(server)
        await server.ask(server.ann, server.general, "Who met in Nara?")
        await bot.says("asked 'Who met in Nara?'")  # where the operator wants it in the log
        assert "Traceback" not in bot.said


async def test_it_can_be_stopped_while_it_waits(server: Platform, quick_home: Path) -> None:
    await server.server.down()
    async with Process(quick_home, server, module=QUICKLY) as bot:
        await bot.says("can't be reached")
        await bot.stopped()


async def test_a_signal_stops_a_reload_and_what_was_served_is_served_at_the_next_start(
    server: Platform, load: LoadModel, sample_home: Path
) -> None:
    before = status_row(Home(sample_home))["collections"]
    async with Process(sample_home, server) as bot:
        await bot.up()
        await server.add(server.admin, server.general, variations(ARTICLES), wait=False)
        await server.until(lambda: "indexing articles" in server.change_shown.casefold(), PATIENCE)
        await bot.stopped()
        assert "I am being restarted" in server.change_shown
        assert "Traceback" not in bot.said
    assert status_row(Home(sample_home))["collections"] == before
    async with server.bot(load, sample_home):
        asked = await server.ask(server.ann, server.general, wait=False)
        assert "Chosei" in (await asked.settled(PATIENCE)).text


async def test_a_second_process_on_one_home_is_refused_and_a_killed_one_leaves_nothing_in_the_way(
    server: Platform, quick_home: Path
) -> None:
    async with Process(quick_home, server, module=QUICKLY) as first:
        await first.up()
        async with Process(quick_home, server, module=QUICKLY) as second:
            assert await second.ended() == 1
            failure = second.failure()
            assert failure.startswith(f"another newsdesk (process {first.process.pid}, since ")
            assert failure.endswith(f"with this token and this home ({quick_home}): stop it first")
        assert await answers(server)
        first.process.kill()
        await first.ended()
        async with Process(quick_home, server, module=QUICKLY) as third:
            await third.up()
            assert await answers(server)
