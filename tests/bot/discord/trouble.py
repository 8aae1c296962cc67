"""A bot that trouble is made for: what it sends may be refused, and it must go on."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.cli.composition import LoadModel
from bot.runtime.clock import Clock
from bot.settings import Settings
from tests.bot.discord.live import LiveBot
from tests.bot.running_bot import PASSING
from tools.local_discord import Channel, Conversation, Exchange, LocalDiscord, Message, User, pointed_at

PASSED = "Chosei"
"""Stands in every answer to PASSING."""


@asynccontextmanager
async def troubled_bot(
    load: LoadModel,
    home: Path,
    discord: LocalDiscord,
    *,
    heartbeat_timeout: float = 60.0,
    clock: Clock | None = None,
    **settings: Any,
) -> AsyncIterator[LiveBot]:
    """A bot that runs for the time of the block; no request of it need be in order."""
    with pointed_at(discord):
        bot = LiveBot(discord, load, Settings(home=home, **settings), clock)
        await bot.start()
        # It holds from the next connection on. The library waits for a minute.
        bot.client._connection.heartbeat_timeout = heartbeat_timeout
        try:
            yield bot
        finally:
            discord.faults.clear()
            await discord.up()
            await bot.stop()


async def ask(discord: LocalDiscord, channel: Channel | None = None) -> Exchange:
    """A question that no limit counts against, of somebody new in a new channel; not waited for."""
    place = channel or discord.world.add_channel(discord.guild, "room")
    return await discord.command(somebody(discord), place, "ask", question=PASSING)


async def mention(discord: LocalDiscord, channel: Channel | None = None) -> Conversation:
    """The same by mention."""
    place = channel or discord.world.add_channel(discord.guild, "room")
    return await discord.say(somebody(discord), place, f"{discord.mention()} {PASSING}")


def somebody(discord: LocalDiscord) -> User:
    """Somebody new, who has asked nothing yet."""
    user = discord.world.add_user("Somebody")
    discord.world.join(discord.guild, user)
    return user


def answered_once(one: Exchange | Conversation) -> bool:
    """Whether there is one answer, and nothing besides."""
    return PASSED in one.text and not one.followups


def direct_messages(discord: LocalDiscord, user: User) -> list[Message]:
    """What the bot has written to a person alone."""
    messages = discord.world.messages_in(discord.world.dm(user).id)
    return [message for message in messages if message.author == discord.bot]


def mangled(data: Any) -> Iterator[tuple[str, Any]]:
    """The data with each of its keys, on every level, once missing, once null and once of another kind; with
    what was done."""
    for path in _paths(data):
        for what, change in (("without", None), ("null", None), ("odd", [{}])):
            copy, name = _with(data, path, change, missing=what == "without"), ".".join(map(str, path))
            yield f"{what} {name}", copy


def _paths(data: Any, before: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        yield (*before, key)
        yield from _paths(value, (*before, key))


def _with(data: Any, path: tuple[str | int, ...], value: Any, *, missing: bool) -> Any:
    key, *rest = path
    copy: Any = dict(data) if isinstance(data, dict) else list(data)
    if rest:
        copy[key] = _with(data[key], tuple(rest), value, missing=missing)
    elif missing:
        del copy[key]
    else:
        copy[key] = value
    return copy
