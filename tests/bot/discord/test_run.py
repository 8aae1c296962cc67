"""`newsdesk run` as whoever operates it sees it: what it says, how it ends, and what is left of it."""

import asyncio
import secrets
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from bot.cli.composition import LoadModel, Parts
from bot.discord.run import run_discord
from bot.settings import Settings
from corpus.errors import PlatformRefused
from tests.bot.discord.trouble import ask, mention
from tests.bot.platforms.process import PATIENCE, QUICKLY, Process
from tools.local_discord import Close, Intent, LocalDiscord, pointed_at

SECRET = "MTA5NTI3ODg4NTMxNDk2NzYyMg.GxYzAb.kFh3vXq0s8Tn1wZpLr5uJc2eDm9aQyB6oHi4tE"
"""A token of the shape that Discord gives."""


# Not let in


async def test_a_wrong_token_ends_it_with_one_line(sample_home: Path) -> None:
    async with LocalDiscord() as discord, Process(sample_home, discord, DISCORD_TOKEN=SECRET) as bot:
        assert await bot.ended() == 1
        assert len(bot.lines) == 1
        assert SECRET not in bot.said
        assert bot.failure() == (
            "Discord refuses the token in DISCORD_TOKEN: make a new one under Bot in the developer portal, "
            "and start again"
        )


async def test_a_token_that_is_revoked_ends_it_after_what_is_under_way(quick_home: Path) -> None:
    async with (
        LocalDiscord(token=SECRET) as discord,
        Process(quick_home, discord, module=QUICKLY) as bot,
    ):
        await bot.up()
        discord.faults.slow("PATCH", "*", 0.5, times=None)
        asked = await ask(discord)
        await discord.until(lambda: asked.acked)
        discord.revoke_token()
        assert await bot.ended() == 1
        assert SECRET not in bot.said
        assert bot.failure().startswith("Discord does not take the token in DISCORD_TOKEN any more (4004)")
        assert asked.message
        assert not asked.message.loading


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("token", "refuses the token"),
        ("odd token", "what is in DISCORD_TOKEN is no token"),
        ("broken token", "what is in DISCORD_TOKEN is no token"),
        ("intent", "refuses the message content intent.*: switch it on under Bot in the developer portal"),
        (Close.AUTHENTICATION_FAILED, "any more \\(4004\\)"),
        (Close.INVALID_INTENTS, "for good \\(4013\\)"),
    ],
)
async def test_whatever_ends_it_for_good_is_refused_in_words(
    load: LoadModel, sample_home: Path, trouble: str | Close, words: str
) -> None:
    async with LocalDiscord(token=SECRET) as discord:
        wrong = {"token": "MTA5.Gx.kF", "odd token": "токен", "broken token": "MTA5\nGx"}
        token = wrong.get(str(trouble), SECRET)
        settings = Settings(
            home=sample_home, discord_token=token, discord_message_content=trouble == "intent"
        )
        if trouble == "intent":
            discord.sessions.allowed_intents &= ~Intent.MESSAGE_CONTENT
        with pointed_at(discord):
            async with Parts(settings, load).service() as service:
                running = asyncio.create_task(run_discord(settings, service, asyncio.Event()))
                if isinstance(trouble, Close):
                    await discord.until(lambda: discord.sessions.identifies)
                    discord.drop(trouble)
                with pytest.raises(PlatformRefused, match=words):
                    await asyncio.wait_for(running, PATIENCE)
        await discord.until(lambda: not discord.sessions.connections)
        assert bool(discord.requests) == (trouble not in ("odd token", "broken token"))


# Not there yet


async def test_it_waits_for_a_gateway_that_is_away_at_the_start(quick_home: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        address = f"ws://127.0.0.1:{listening.getsockname()[1]}/gateway"
    async with (
        LocalDiscord() as discord,
        Process(quick_home, discord, module=QUICKLY, NEWSDESK_DISCORD_GATEWAY=address) as bot,
    ):
        await bot.says("Discord's gateway can't be reached")
        async with forwarded(address, discord.gateway):
            await bot.up()
            assert "these articles" in (await (await ask(discord)).settled(PATIENCE)).text
            assert "Traceback" not in bot.said


@asynccontextmanager
async def forwarded(address: str, target: str) -> AsyncIterator[None]:
    """What connects to the one address speaks with the other."""

    def port(url: str) -> int:
        return int(url.rpartition(":")[2].partition("/")[0])

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer):
            while data := await reader.read(65536):
                writer.write(data)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", port(target))
        await asyncio.gather(pump(reader, back), pump(there, writer), return_exceptions=True)

    server = await asyncio.start_server(serve, "127.0.0.1", port(address))
    try:
        yield
    finally:
        server.close()
        await server.wait_closed()


# Stopped


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_lets_what_is_under_way_be_finished(quick_home: Path, number: signal.Signals) -> None:
    async with LocalDiscord() as discord, Process(quick_home, discord, module=QUICKLY) as bot:
        await bot.up()
        discord.faults.slow("PATCH", "*", 0.5, times=None)
        discord.faults.slow("POST", "/channels/*/messages", 0.5, times=None)
        asked = [await ask(discord) for _ in range(10)]
        said = [await mention(discord) for _ in range(5)]
        await discord.until(lambda: all(one.acked for one in asked))
        assert not any(one.interaction.edits for one in asked)
        bot.send(number)
        assert await bot.ended() == 0
        assert all(one.interaction.edits == 1 for one in asked)
        assert all(one.message and not one.followups for one in said)
        assert "stopping: answers under way are finished first" in bot.said
        # It said goodbye: the session is closed for good, and Discord shows the bot as offline.
        await discord.until(lambda: not discord.sessions.connections)
        assert not discord.sessions.sessions


async def test_it_says_goodbye_to_a_discord_that_goes_on_talking(quick_home: Path) -> None:
    """A socket that is shut with frames unread is reset, and the last that was sent goes down with it."""
    async with LocalDiscord() as discord, Process(quick_home, discord, module=QUICKLY) as bot:
        await bot.up()
        bot.send(signal.SIGTERM)
        while discord.sessions.connections:
            discord.sessions.dispatch(
                "CHANNEL_PINS_UPDATE", {"last_pin_timestamp": secrets.token_hex(50_000)}
            )
            await asyncio.sleep(0)
        assert await bot.ended() == 0
        assert not discord.sessions.sessions
