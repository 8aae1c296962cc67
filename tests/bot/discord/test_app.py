"""Commands in step, each event once, nothing kept, and nothing lost over a stop."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from bot.chat_store.chat_store import ChatStore
from bot.cli.composition import LoadModel
from bot.corpus_admin.home import Home
from bot.discord import app
from bot.discord.api import identify_turns
from bot.discord.requests import PLATFORM
from bot.dispatch import event_gate
from bot.runtime.clock import ManualClock
from tests.bot.discord.live import LiveBot, custom_id
from tests.bot.discord.trouble import answered_once, ask, mention, troubled_bot
from tests.bot.running_bot import PATIENCE
from tests.bot.searching import searching
from tools.local_discord import Conversation, Exchange, LocalDiscord

COMMANDS = "/applications/*/commands"
JSON = {"Content-Type": "application/json"}


@pytest_asyncio.fixture
async def bot(load: LoadModel, sample_home: Path) -> AsyncIterator[LiveBot]:
    """A bot for one test, which may be stopped and started."""
    async with LocalDiscord() as discord, troubled_bot(load, sample_home, discord) as bot:
        yield bot


def told(discord: LocalDiscord) -> int:
    """How often Discord was told the commands."""
    return len(discord.requests.of("bulk_set_application_commands"))


# Commands


async def test_commands_are_told_once_and_again_after_a_change_or_when_they_are_gone(bot: LiveBot) -> None:
    discord = bot.discord
    assert told(discord) == 1
    names = [command["name"] for command in discord.commands[""]]

    await bot.restart()
    assert told(discord) == 1

    note = f"{PLATFORM}-commands-{discord.world.application_id}"
    chat_store = bot.service.chat_store
    await bot.service.db_worker.run(chat_store.notes.put, note, "those of an older version")
    await bot.restart()
    assert told(discord) == 2

    discord.commands[""].pop()  # by somebody else who has the token
    await bot.restart()
    assert told(discord) == 3
    assert [command["name"] for command in discord.commands[""]] == names


@pytest.mark.parametrize("trouble", ["refused", "cut", "of an odd shape", "not to be noted"])
async def test_commands_that_cant_be_told_are_told_again_whatever_failed(
    load: LoadModel, sample_home: Path, caplog: pytest.LogCaptureFixture, trouble: str
) -> None:
    caplog.set_level(logging.INFO)
    async with LocalDiscord() as discord:
        clock = ManualClock()
        if trouble == "refused":
            fault = discord.faults.fail("PUT", COMMANDS, status=400, times=3)
        elif trouble == "cut":
            fault = discord.faults.cut("GET", COMMANDS, times=6)
        else:
            fault = discord.faults.answer(
                "GET", COMMANDS, status=200, body='[{"oops": 1}]', headers=JSON, times=3
            )
        if trouble == "not to be noted":
            fault.times = 0
            with ChatStore(Home(sample_home).chats()) as chat_store:
                chat_store.rows(
                    "CREATE TRIGGER full BEFORE INSERT ON notes WHEN NEW.name LIKE 'discord-commands-%' "
                    "BEGIN SELECT RAISE(ABORT, 'full'); END"
                )
        async with troubled_bot(load, sample_home, discord, clock=clock) as bot:
            if trouble == "not to be noted":
                await discord.until(lambda: len(clock.waited) > 2, PATIENCE)
                await bot.service.db_worker.run(bot.service.chat_store.rows, "DROP TRIGGER full")
            await discord.until(lambda: "Discord knows the 9 commands now" in caplog.text, PATIENCE)
            assert "while telling Discord the commands; trying again in 30 s" in caplog.text
            assert clock.waited[:3] == [30.0, 60.0, 120.0]
            assert answered_once(await (await ask(discord)).settled(PATIENCE))


async def test_a_limit_on_telling_commands_does_not_keep_the_bot_away(
    bot: LiveBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "SYNC_PATIENCE", 0.1)
    monkeypatch.setattr(identify_turns, "APART", 0.1)
    discord = bot.discord
    await bot.stop()
    before = len(discord.commands[""])
    discord.commands[""].pop()
    discord.faults.limit("PUT", COMMANDS, retry_after=1.5)
    await bot.start()
    assert told(discord) == 2  # once at first, and once refused
    assert answered_once(await (await ask(discord)).settled(PATIENCE))
    await discord.until(lambda: len(discord.commands[""]) == before, PATIENCE)


# Once


async def test_an_event_that_comes_again_is_answered_once(bot: LiveBot) -> None:
    discord = bot.discord
    asked = await ask(discord)
    discord.duplicate("INTERACTION_CREATE")
    said = await mention(discord)
    discord.duplicate("MESSAGE_CREATE")
    for one in (await asked.settled(PATIENCE), await said.settled(PATIENCE)):
        discord.duplicate("INTERACTION_CREATE")
        assert answered_once(one)
    assert answered_once(await (await ask(discord)).settled(PATIENCE))
    assert asked.interaction.edits == 1
    assert answered_once(said)
    discord.assert_valid()


# Nothing kept, nothing lost


async def test_nothing_of_twenty_answers_is_kept_by_the_library(bot: LiveBot) -> None:
    discord = bot.discord
    state = bot.client._connection
    asked = [await (await ask(discord)).settled(PATIENCE) for _ in range(10)]
    said = [await (await mention(discord)).settled(PATIENCE) for _ in range(10)]
    for one in asked:
        await bot.press(one.interaction.user, one.message, "why")
        unfolded = await bot.unfolded(one.interaction.user, one.message, "down")
        form = await discord.click(one.interaction.user, unfolded, custom_id(unfolded, "down"))
        await form.settled(PATIENCE)
    assert len(said) == 10
    views = state._view_store
    assert (views._views, views._synced_message_views, views._modals) == ({}, {}, {})
    assert state._messages is None
    assert all(len(guild.members) <= 1 for guild in bot.client.guilds)  # itself
    assert not bot.client.dispatcher.gate._under_way


async def test_an_answer_after_a_start_comes_through_trouble(
    bot: LiveBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_gate, "DRAIN", 0.1)
    discord = bot.discord
    async with searching(bot.service):
        asked, said = await ask(discord), await mention(discord)
        searched = 2 + bot.service.search_worker.threads
        await discord.until(lambda: bot.service.search_worker.waiting == searched, PATIENCE)
        await bot.client.dispatcher.gate.drain()
    discord.faults.cut("PATCH", "*/messages/@original")
    discord.faults.lose("POST", "/channels/*/messages")
    await bot.restart()
    await discord.until(lambda: answered_once(asked) and answered_once(said), PATIENCE)


async def test_whoever_asks_while_the_bot_stops_is_told(bot: LiveBot) -> None:
    discord = bot.discord
    async with searching(bot.service):
        asked = await ask(discord)
        searched = 1 + bot.service.search_worker.threads
        await discord.until(lambda: bot.service.search_worker.waiting == searched, PATIENCE)
        stopping = asyncio.create_task(bot.client.dispatcher.gate.drain())
        late: Exchange | Conversation
        for late in (await ask(discord), await mention(discord)):
            assert "I am being restarted" in (await late.settled(PATIENCE)).text
        assert not stopping.done()
    await stopping
    assert answered_once(asked)


async def test_a_command_that_is_not_known_is_an_incident_and_told(bot: LiveBot) -> None:
    discord = bot.discord
    discord.commands[""].append({**discord.commands[""][0], "id": discord.clock.new_id(), "name": "gone"})
    asked = await discord.command(discord.ann, discord.general, "gone", question="Who?")
    assert "Something went wrong on my side" in (await asked.settled(PATIENCE)).text


async def test_a_command_of_an_odd_shape_is_an_incident_and_told(bot: LiveBot) -> None:
    discord = bot.discord
    asked = await (await ask(discord)).settled(PATIENCE)
    _, frame = discord.sessions.last_dispatch("INTERACTION_CREATE")
    again = replace(
        asked.interaction,
        id=discord.clock.new_id(),
        token="again",
        acked=None,
        ack_type=None,
        original_id=None,
        created=discord.clock.seconds(),
    )
    discord.interactions[again.token] = again
    data = {key: value for key, value in frame["d"]["data"].items() if key != "name"}
    discord.dispatch_raw(
        "INTERACTION_CREATE", {**frame["d"], "id": again.id, "token": again.token, "data": data}
    )
    told = await Exchange(discord._state, again).settled(PATIENCE)
    assert "Something went wrong on my side" in told.text
    assert told.acked
