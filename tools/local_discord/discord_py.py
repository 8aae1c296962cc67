"""Connects discord.py to the local server."""

from collections.abc import Iterator
from contextlib import contextmanager

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tools.local_discord.server import LocalDiscord


@contextmanager
def pointed_at(discord: LocalDiscord) -> Iterator[None]:
    """While the context is open, every new client of discord.py uses this server."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = discord.api, yarl.URL(discord.gateway)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
