"""Handles messages that no process received: sent while none had a session, or to one that ended before it
claimed them. Discord does not resend them to a new session, so the newest messages are read."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

import discord

from bot.discord.api.permissions import may_read
from bot.discord.api.send import UNREACHABLE
from bot.discord.requests import PLATFORM
from bot.service.service import Service

WINDOW = timedelta(minutes=5)
"""The greatest age of a message: a restart takes less, and people who waited longer have asked again or
left."""
CHANNELS = 100
"""The most server channels and threads that are read at the start of a session, those with the newest
messages first. Each takes a request, of the fifty a second that Discord allows."""
DIRECT_CHANNELS = 50
"""The most direct message channels that are read, those that were answered last first. Discord does not list
a bot's direct messages or say which are new, so each takes a request."""
DIRECT_SINCE = timedelta(days=7)
"""Direct message channels are read if an answer was sent there within this time."""
READ_AT_ONCE = 100
"""Messages that are read in each channel, the most that Discord returns at once."""
MESSAGES = 100
"""The most messages that are handled; each in a server takes a request for its author."""

Channel = discord.abc.GuildChannel | discord.Thread
_log = logging.getLogger(__name__)


async def direct_channels(service: Service) -> list[int]:
    """The ids of the direct message channels that are read, the latest first."""
    since = discord.utils.utcnow() - DIRECT_SINCE
    return [
        int(one) for one in await service.stored_answers.direct_channels(PLATFORM, since, DIRECT_CHANNELS)
    ]


async def handle_missed(
    client: discord.Client,
    guilds: Iterable[discord.Guild],
    direct: Sequence[int],
    window: timedelta,
    handle: Callable[[dict[str, Any]], None],
) -> None:
    """Handle missed messages as if Discord had just sent them, the oldest first: those that mention the bot
    in the servers, and all in the `direct` channels, if they are no older than `window`. A message that was
    answered is recognised by its id.

    Only channels with recent messages are read, as Discord lists them at the start of a session, and only
    where the bot may read the history.
    """
    since = discord.utils.time_snowflake(discord.utils.utcnow() - window)
    channels = sorted(_channels(guilds, since), key=_newest, reverse=True)
    if len(channels) > CHANNELS:
        _log.info("of %d channels with new messages only %d are read", len(channels), CHANNELS)
    missed: list[dict[str, Any]] = []
    for channel in channels[:CHANNELS]:
        found = await _read(client, channel.id, since)
        missed += [{**one, "guild_id": str(channel.guild.id)} for one in found if _mentions(one, client.user)]
    for number in direct:
        missed += await _read(client, number, since)
    for message in sorted(missed, key=_id)[-MESSAGES:]:
        handle(await _with_author(client, message))


def _channels(guilds: Iterable[discord.Guild], since: int) -> Iterator[Channel]:
    for guild in guilds:
        for channel in (*guild.channels, *guild.threads):
            if _newest(channel) > since and may_read(channel, guild.me):
                yield channel


def _newest(channel: Channel) -> int:
    """The id of the channel's last message; 0 if there is none."""
    return getattr(channel, "last_message_id", None) or 0


async def _read(client: discord.Client, channel: int, since: int) -> list[dict[str, Any]]:
    """The messages in a channel since then that no bot wrote."""
    if client.is_closed():
        return []  # the bot is stopping, and the next session reads them
    try:
        read = await client.http.logs_from(channel, READ_AT_ONCE, after=since)
    except (*UNREACHABLE, discord.HTTPException) as error:
        _log.warning("messages that may have been missed can't be read (%s)", type(error).__name__)
        return []
    return [dict(one) for one in read if not one["author"].get("bot")]


def _mentions(message: dict[str, Any], me: discord.ClientUser | None) -> bool:
    return me is not None and any(_id(user) == me.id for user in message["mentions"])


async def _with_author(client: discord.Client, message: dict[str, Any]) -> dict[str, Any]:
    """The message with the author's roles in the server, which only the gateway sends with a message."""
    if "guild_id" not in message:
        return message
    try:
        member = await client.http.get_member(int(message["guild_id"]), _id(message["author"]))
    except (*UNREACHABLE, discord.HTTPException):
        return message  # the author has left since, or is a webhook
    return {**message, "member": {name: value for name, value in member.items() if name != "user"}}


def _id(one: Any) -> int:
    return int(one["id"])
