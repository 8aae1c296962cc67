"""Messages for the bot that were written while it had no connection are answered at the next start, once."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.cli.composition import LoadModel
from bot.discord import missed_messages
from tests.bot.discord.live import LiveBot
from tests.bot.discord.trouble import PASSED, direct_messages, mention, somebody, troubled_bot
from tests.bot.running_bot import PASSING, PATIENCE
from tools.local_discord import Channel, Conversation, LocalDiscord, Permission

HISTORY = "list_messages"


@pytest_asyncio.fixture
async def bot(load: LoadModel, sample_home: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[LiveBot]:
    """A bot that has answered a mention, and was stopped."""
    caplog.set_level(logging.INFO)
    async with LocalDiscord() as discord, troubled_bot(load, sample_home, discord, reader="none") as bot:
        assert PASSED in (await bot.say(discord.ann, discord.general, f"{discord.mention()} {PASSING}")).text
        await bot.stop()
        bot.missed = missed_messages.WINDOW
        yield bot


def answers(channel: Channel, discord: LocalDiscord) -> int:
    """How many messages the bot has written there."""
    return sum(one.author == discord.bot for one in discord.world.messages_in(channel.id))


async def heard(bot: LiveBot) -> None:
    """Until the bot has looked, and answered what it found."""
    beacon = await mention(bot.discord)
    await beacon.settled(PATIENCE)
    await bot.idle()


async def test_a_mention_is_answered_once_and_what_names_nobody_is_let_be(bot: LiveBot) -> None:
    discord = bot.discord
    room = discord.world.add_channel(discord.guild, "room")
    missed = await mention(discord, room)
    await discord.say(discord.ann, room, PASSING)
    before = answers(discord.general, discord)
    await bot.start()
    assert PASSED in (await missed.settled(PATIENCE)).text
    await heard(bot)
    for _ in range(2):
        assert answers(room, discord) == 1
        assert answers(discord.general, discord) == before  # it was answered before
        await bot.restart()
        await heard(bot)


async def test_only_rooms_with_something_new_are_read_where_the_bot_may_and_so_many(
    bot: LiveBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    discord = bot.discord
    hidden = discord.world.bot_denied(Permission.READ_HISTORY)
    rooms = [
        discord.world.add_channel(discord.guild, "hidden", hidden),
        discord.world.add_channel(discord.guild, "older"),
        discord.world.add_channel(discord.guild, "newer"),
    ]
    missed: list[Conversation] = [await mention(discord, room) for room in rooms]
    monkeypatch.setattr(missed_messages, "CHANNELS", 1)
    read = len(discord.requests.of(HISTORY))
    await bot.start()
    assert (await missed[2].settled(PATIENCE)).text
    await heard(bot)
    assert len(discord.requests.of(HISTORY)) == read + 1
    assert [answers(room, discord) for room in rooms] == [0, 0, 1]


async def test_what_is_too_old_is_not_answered(bot: LiveBot) -> None:
    discord = bot.discord
    missed = await mention(discord)
    await asyncio.sleep(0.01)
    bot.missed = timedelta(milliseconds=1)
    await bot.start()
    await heard(bot)
    assert missed.message is None


async def test_where_discord_does_not_say_the_bot_answers_what_comes(
    bot: LiveBot, caplog: pytest.LogCaptureFixture
) -> None:
    discord = bot.discord
    left = somebody(discord)
    room = discord.world.add_channel(discord.guild, "room")
    missed = await discord.say(left, room, f"{discord.mention()} {PASSING}")
    discord.faults.refuse("GET", "/guilds/*/members/*", status=404, code=10007)
    await bot.start()
    assert (await missed.settled(PATIENCE)).text  # who has left since
    await bot.stop()
    discord.faults.refuse("GET", "/channels/*/messages", status=403, code=50001, times=None)
    await bot.start()
    await heard(bot)
    assert "messages that may have been missed can't be read" in caplog.text


async def test_a_direct_message_is_answered_where_the_bot_knows_its_channel(bot: LiveBot) -> None:
    discord = bot.discord
    known, stranger = somebody(discord), somebody(discord)
    await bot.start()
    early = await discord.say(known, discord.world.dm(known), PASSING)
    assert PASSED in (await early.settled(PATIENCE)).text
    await bot.idle()
    await bot.stop()
    missed = await discord.say(known, discord.world.dm(known), PASSING)
    unknown = await discord.say(stranger, discord.world.dm(stranger), PASSING)
    for _ in range(2):
        await bot.start()
        assert PASSED in (await missed.settled(PATIENCE)).text
        await heard(bot)
        assert len(direct_messages(discord, known)) == 2
        assert unknown.message is None
        await bot.stop()
