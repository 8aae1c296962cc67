"""Finds servers that removed the bot while it was not running."""

import logging
from collections.abc import Callable

import discord

from bot.discord.api.send import UNREACHABLE
from bot.discord.requests import PLATFORM
from bot.service.service import Service

UNKNOWN = 10004
NO_ACCESS = 50001
"""Discord's error codes for a server that does not exist, and for one that the bot is not in."""

_log = logging.getLogger(__name__)


async def forget_removed(client: discord.Client, service: Service, ours: Callable[[int], bool]) -> None:
    """Delete everything stored for servers that the bot has left, except their collections, as when it
    receives the event for it. Only servers for which `ours` is true are checked; others belong to other
    shards.

    A server counts as left if it is missing from the list at the start of a session, and Discord confirms for
    that server that the bot is not in it. An unavailable server is kept, and so are all if Discord can't be
    asked; they are checked again at the next session.
    """
    chat_store = service.chat_store
    known = await service.db_worker.run(chat_store.retention.communities, PLATFORM)
    for server in sorted(known - {str(guild.id) for guild in client.guilds}):
        if server.isdecimal() and ours(int(server)) and await _is_left(client, int(server)):
            await service.settings.forget(PLATFORM, server)
            _log.info("the bot was taken out of server %s while it was away: its talk is forgotten", server)


async def _is_left(client: discord.Client, server: int) -> bool:
    try:
        await client.http.get_guild(server, with_counts=False)
    except discord.HTTPException as error:
        return error.code in (UNKNOWN, NO_ACCESS)
    except UNREACHABLE as error:
        _log.warning("Discord does not say whether the bot is in a server (%s)", type(error).__name__)
    return False
