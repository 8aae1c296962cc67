"""Servers that the bot was taken out of while it was off are forgotten at the next start, and no others."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.chat.venue import Caller, Person, Venue
from bot.cli.composition import LoadModel
from tests.bot.discord.live import LiveBot
from tests.bot.discord.trouble import troubled_bot
from tests.bot.running_bot import PATIENCE
from tools.local_discord import LocalDiscord

GUILD = "/guilds/*"


@pytest_asyncio.fixture
async def bot(load: LoadModel, sample_home: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[LiveBot]:
    """A bot of which two servers and a person ask something."""
    caplog.set_level(logging.INFO)
    async with LocalDiscord() as discord, troubled_bot(load, sample_home, discord) as bot:
        for channel in (discord.general, discord.elsewhere, discord.world.dm(discord.ann)):
            assert (await bot.ask(discord.ann, channel)).text
        here = Venue("discord", discord.other_guild.id, discord.elsewhere.id)
        await bot.service.settings.choose(here, {"passages": 2}, whole=True)
        await bot.service.settings.bind(here, "harbour")
        chat_store = bot.service.chat_store
        await bot.service.db_worker.run(
            chat_store.audit.add, Caller(here, Person("1", "Ada")), "settings", {"passages": 2}, "done"
        )
        yield bot


async def known(bot: LiveBot) -> set[str]:
    """The servers of which anything is kept."""
    return set(await bot.service.db_worker.run(bot.service.chat_store.retention.communities, "discord"))


async def test_a_server_that_was_left_while_the_bot_was_off_is_forgotten_at_the_next_start(
    bot: LiveBot, caplog: pytest.LogCaptureFixture
) -> None:
    discord = bot.discord
    assert await known(bot) == {discord.guild.id, discord.other_guild.id}
    await bot.stop()
    discord.remove_bot(discord.other_guild)
    await bot.start()
    await discord.until(lambda: "its talk is forgotten" in caplog.text, PATIENCE)
    assert await known(bot) == {discord.guild.id}
    chat_store, run = bot.service.chat_store, bot.service.db_worker.run
    assert await run(chat_store.rows, "SELECT count(*) FROM answers") == [(2,)]
    assert await run(chat_store.bindings.all)  # its collections are the operator's


async def test_a_server_that_is_away_for_a_while_is_kept(
    bot: LiveBot, caplog: pytest.LogCaptureFixture
) -> None:
    discord = bot.discord
    await bot.stop()
    discord.sessions.unavailable.add(discord.other_guild.id)
    await bot.start()
    await bot.ask(discord.ann, discord.general)
    assert "GET /guilds/" not in str(discord.requests)
    assert len(await known(bot)) == 2
    assert "forgotten" not in caplog.text


@pytest.mark.parametrize("trouble", ["a list that is not whole", "an error", "a cut"])
async def test_nothing_is_forgotten_unless_discord_says_so_of_the_server(
    bot: LiveBot, caplog: pytest.LogCaptureFixture, trouble: str
) -> None:
    discord = bot.discord
    await bot.stop()
    discord.sessions.unlisted.add(discord.other_guild.id)
    if trouble == "an error":
        discord.faults.fail("GET", GUILD, status=403)
    elif trouble == "a cut":
        discord.faults.cut("GET", GUILD, times=2)
    await bot.start()
    await discord.until(lambda: "GET /guilds/" in str(discord.requests), PATIENCE)
    await bot.service.db_worker.run(lambda: None)  # it lets its store be
    await bot.ask(discord.ann, discord.general)
    assert len(await known(bot)) == 2
    assert "forgotten" not in caplog.text


async def test_another_process_with_the_same_token_is_warned_of(
    bot: LiveBot, load: LoadModel, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """On a home of its own, where no lock tells."""
    discord = bot.discord
    other = tmp_path / "other"
    other.mkdir()
    for path in bot.home.glob("*"):
        if path.name in ("collections", "store.sqlite3"):
            (other / path.name).symlink_to(path)
    async with troubled_bot(load, other, discord):
        await bot.ask(discord.kim, discord.general)
        await discord.until(lambda: "does another process use this token?" in caplog.text, PATIENCE)
