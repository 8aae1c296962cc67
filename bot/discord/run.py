"""Runs the Discord bot, and restarts it after failures."""

import asyncio
import logging
from contextlib import suppress
from http import HTTPStatus

import discord
from discord.http import Route

from bot.discord.api.send import UNREACHABLE
from bot.discord.api.shards import ShardRange
from bot.discord.app import NewsdeskClient, connect_to, make_dispatcher
from bot.dispatch.dispatcher import Dispatcher
from bot.runtime.backoff import LONGEST_PAUSE
from bot.runtime.tasks import run_until_one_ends
from bot.service.service import Service
from bot.settings import Settings
from corpus.errors import PlatformRefused
from corpus.lazy_pattern import lazy_pattern

TOO_FEW_SHARDS = 4011
"""Discord's close code for a shard with more than 2,500 servers."""
MAKE_ONE = "make a new one under Bot in the developer portal, and start again"

_TOKEN = lazy_pattern(r"[\x21-\x7e]+")
"""The characters that are allowed in the header of a request."""
_log = logging.getLogger(__name__)


async def run_discord(settings: Settings, service: Service, stop: asyncio.Event) -> None:
    """Answer on Discord until `stop`. Raises PlatformRefused if Discord rejects the bot."""
    if not _TOKEN.fullmatch(settings.discord_token):
        raise PlatformRefused(f"what is in DISCORD_TOKEN is no token: copy it whole, or {MAKE_ONE}")
    connect_to(settings.discord_api, settings.discord_gateway)
    shards = ShardRange(*settings.discord_shards) if settings.discord_shards else None
    dispatcher = make_dispatcher(service, reads_messages=settings.discord_message_content)
    serving = asyncio.create_task(_serve(settings.discord_token, dispatcher, shards), name="discord")
    stopping = asyncio.create_task(stop.wait(), name="stop")
    try:
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            await dispatcher.gate.drain()
    finally:
        stopping.cancel()
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving


async def _serve(token: str, dispatcher: Dispatcher, shards: ShardRange | None) -> None:
    """Stay connected, with a new client after each failure, until cancelled."""
    pause = 1.0
    while True:
        void = asyncio.Event()
        async with NewsdeskClient(dispatcher, unauthorized=void.set, shards=shards) as client:
            try:
                await client.login(token)
                await run_until_one_ends(_watch(client, void), client.connect())
            except discord.LoginFailure as error:
                raise PlatformRefused(f"Discord refuses the token in DISCORD_TOKEN: {MAKE_ONE}") from error
            except discord.PrivilegedIntentsRequired as error:
                raise PlatformRefused(
                    "Discord refuses the message content intent: switch it on under Bot in the developer "
                    "portal, or set NEWSDESK_DISCORD_MESSAGE_CONTENT=0"
                ) from error
            except discord.ConnectionClosed as error:
                if error.code != TOO_FEW_SHARDS or shards is not None:
                    await dispatcher.gate.drain(alone=True)  # commands need no bot token
                    raise PlatformRefused(_closed(error.code)) from error
                _log.warning("Discord wants more shards than there are: beginning anew with as many")
            except (*UNREACHABLE, discord.HTTPException) as error:
                _log.warning(
                    "Discord can't be reached (%s), trying again in %.0f s", type(error).__name__, pause
                )
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


async def _watch(client: NewsdeskClient, void: asyncio.Event) -> None:
    """Raise PlatformRefused when two calls in a row show that Discord rejects the bot's token. The first may
    have been for an interaction's token, which expires."""
    while True:
        await void.wait()
        void.clear()
        try:
            await client.http.request(Route("GET", "/users/@me"))
        except discord.HTTPException as error:
            if error.status == HTTPStatus.UNAUTHORIZED:
                await client.dispatcher.gate.drain(alone=True)
                raise PlatformRefused(_closed(error.status)) from error
        except UNREACHABLE:
            pass  # the next call that is rejected repeats this check


def _closed(code: int) -> str:
    if code == TOO_FEW_SHARDS:
        return (
            f"Discord refuses so few shards ({code}): name more in NEWSDESK_DISCORD_SHARDS, in every "
            "process, or leave it empty"
        )
    if code in (4004, HTTPStatus.UNAUTHORIZED):
        return f"Discord does not take the token in DISCORD_TOKEN any more ({code}): {MAKE_ONE}"
    return f"Discord closed the connection for good ({code}): see its list of gateway close codes"
