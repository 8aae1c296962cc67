"""Messages for the bot that no process received: written while none had a session, or sent to one that ended
before it had claimed them. Discord does not repeat them to a new session, so the newest messages are read."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

import discord

from bot.discord.api.send import UNREACHABLE
from bot.discord.requests import PLATFORM
from bot.service.service import Service

WINDOW = timedelta(minutes=5)
"""How old a message may be: a restart takes less, and who has waited for longer has asked again or gone."""
CHANNELS = 100
"""Channels and threads of servers that are read at the beginning of a session, those with the newest
messages: at most so many requests, of the fifty a second that Discord takes from a bot."""
DIRECT_CHANNELS = 50
"""Direct messages that are read then, those of the people who were answered there last. Discord lists a bot's
direct messages nowhere and does not say which have something new, so each takes a request."""
DIRECT_SINCE = timedelta(days=7)
"""How long ago somebody was answered in a direct message that is read."""
READ = 100
"""Messages that are read of each, the most that Discord gives at once."""
MESSAGES = 100
"""Messages that are handled; each of a server takes a request for its author."""

Channel = discord.abc.GuildChannel | discord.Thread
_log = logging.getLogger(__name__)


async def direct_channels(service: Service) -> list[int]:
    """The direct messages that are read, the latest first."""
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
    """Have the messages handled that mention the bot in those servers, or were written in those `direct`
    messages, and are no older than the window, as if Discord sent them now, the oldest first. One that was
    answered is known by its id, and is not answered again.

    Of the servers only channels are read in which something was written lately, as Discord says at a
    session's beginning, and in which the bot may read the message history.
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
            if _newest(channel) > since and _may_read(channel, guild.me):
                yield channel


def _newest(channel: Channel) -> int:
    """The id of the last message there; 0 if there is none, or can be none."""
    return getattr(channel, "last_message_id", None) or 0


def _may_read(channel: Channel, me: discord.Member) -> bool:
    try:
        rights = channel.permissions_for(me)
    except discord.ClientException:  # a thread whose channel is not known
        return False
    return rights.view_channel and rights.read_message_history


async def _read(client: discord.Client, channel: int, since: int) -> list[dict[str, Any]]:
    """The messages there that somebody else wrote since then."""
    if client.is_closed():
        return []  # the bot is being stopped, and the next session reads them
    try:
        read = await client.http.logs_from(channel, READ, after=since)
    except (*UNREACHABLE, discord.HTTPException) as error:
        _log.warning("messages that may have been missed can't be read (%s)", type(error).__name__)
        return []
    return [dict(one) for one in read if not one["author"].get("bot")]


def _mentions(message: dict[str, Any], me: discord.ClientUser | None) -> bool:
    return me is not None and any(_id(user) == me.id for user in message["mentions"])


async def _with_author(client: discord.Client, message: dict[str, Any]) -> dict[str, Any]:
    """The same with the author's roles in the server, which only the gateway sends with a message."""
    if "guild_id" not in message:
        return message
    try:
        member = await client.http.get_member(int(message["guild_id"]), _id(message["author"]))
    except (*UNREACHABLE, discord.HTTPException):
        return message  # the author has left since, or is a webhook
    return {**message, "member": {name: value for name, value in member.items() if name != "user"}}


def _id(one: Any) -> int:
    return int(one["id"])
