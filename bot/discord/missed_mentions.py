"""Mentions that nobody heard: written while no process had a session, or told to one that ended before it had
claimed them. Discord tells a new session nothing of what was before it, so the newest messages are read."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any

import discord

from bot.discord.api.send import UNREACHABLE

WINDOW = timedelta(minutes=5)
"""How old a mention may be: a restart takes less, and who has waited for longer has asked again or gone."""
ROOMS = 100
"""Channels and threads that are read at the beginning of a session, with the newest messages: at most so
many requests, of the fifty a second that Discord takes from a bot."""
READ = 100
"""Messages that are read of each, the most that Discord gives at once."""
MENTIONS = 100
"""Mentions that are handed on; each takes a request for who wrote it."""

Room = discord.abc.GuildChannel | discord.Thread
_log = logging.getLogger(__name__)


async def hear_missed(
    client: discord.Client,
    guilds: Iterable[discord.Guild],
    window: timedelta,
    hear: Callable[[dict[str, Any]], None],
) -> None:
    """Have the messages of those servers that name the bot, and are no older than the window, heard as if
    Discord told of them now, the oldest first. One that was answered is known by its id, and is not answered
    again.

    Only rooms are read in which something was written lately, as Discord says at a session's beginning, and
    in which the bot may read what was.
    """
    since = discord.utils.time_snowflake(discord.utils.utcnow() - window)
    rooms = sorted(_rooms(guilds, since), key=_newest, reverse=True)
    if len(rooms) > ROOMS:
        _log.info("of %d channels with new messages only %d are looked through", len(rooms), ROOMS)
    missed: list[dict[str, Any]] = []
    for room in rooms[:ROOMS]:
        if client.is_closed():
            return  # the bot is being stopped, and the next session hears of them
        missed += await _mentions(client, room, since)
    for message in sorted(missed, key=_id)[-MENTIONS:]:
        hear(await _with_author(client, message))


def _rooms(guilds: Iterable[discord.Guild], since: int) -> Iterator[Room]:
    for guild in guilds:
        for room in (*guild.channels, *guild.threads):
            if _newest(room) > since and _may_read(room, guild.me):
                yield room


def _newest(room: Room) -> int:
    """The id of the last message there; 0 where there is none, or can be none."""
    return getattr(room, "last_message_id", None) or 0


def _may_read(room: Room, me: discord.Member) -> bool:
    try:
        rights = room.permissions_for(me)
    except discord.ClientException:  # a thread whose channel is not known
        return False
    return rights.view_channel and rights.read_message_history


async def _mentions(client: discord.Client, room: Room, since: int) -> list[dict[str, Any]]:
    """The messages there that name the bot, each with its server, as the gateway tells of them."""
    me = client.user
    try:
        read = await client.http.logs_from(room.id, READ, after=since)
    except (*UNREACHABLE, discord.HTTPException) as error:
        _log.warning("what a channel was told meanwhile can't be read (%s)", type(error).__name__)
        return []
    return [
        {**one, "guild_id": str(room.guild.id)}
        for one in read
        if me and any(_id(user) == me.id for user in one["mentions"])
    ]


async def _with_author(client: discord.Client, message: dict[str, Any]) -> dict[str, Any]:
    """The same with what its author is in the server, which stands in what the gateway tells alone."""
    try:
        member = await client.http.get_member(int(message["guild_id"]), _id(message["author"]))
    except (*UNREACHABLE, discord.HTTPException):
        return message  # who has left since, or a webhook
    return {**message, "member": {name: value for name, value in member.items() if name != "user"}}


def _id(one: Any) -> int:
    return int(one["id"])
