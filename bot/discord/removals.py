"""Finds servers that the bot was removed from while it was off."""

import logging
from collections.abc import Callable

import discord

from bot.discord.api.send import UNREACHABLE
from bot.discord.requests import PLATFORM
from bot.service.service import Service

UNKNOWN = 10004
NO_ACCESS = 50001
"""Discord's codes for a server that is gone, and for one in which the bot is not."""

_log = logging.getLogger(__name__)


async def forget_removed(client: discord.Client, service: Service, ours: Callable[[int], bool]) -> None:
    """Forget the talk of servers that are not the bot's any more, as where it is told that it was taken out:
    of those that are `ours` by their id, as others are another shard's.

    A server counts as left where the list of servers that Discord begins a session with lacks it, and Discord
    says of that very server that the bot is not in it: one that is unavailable stays, and so do all where a
    list is not whole or Discord can't be asked; they are looked at again when the next session begins.
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
