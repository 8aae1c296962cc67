"""Checks the Discord setup: token, intents, permissions, and the invitation link."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import discord

from bot.discord.api.send import UNREACHABLE
from bot.discord.app import connect_to, intents
from bot.runtime.finding import Finding
from bot.settings import Settings
from corpus.text import counted

NEEDED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    read_message_history=True,
    attach_files=True,
)
"""The permissions that the bot requests when it is invited: to read where it is asked, to answer there and in
threads, to open threads, to read the message that a reply refers to, and to attach lists of problems as
files."""
SERVERS = 200
"""The most servers that are checked: one page of Discord's list."""
FULL = 2500
"""The most servers of a shard: Discord closes the connection of a shard with more."""
CROWDED = 2000
"""Servers per shard from which more shards are recommended, since servers are not distributed evenly and
their number grows."""
SCOPES = ("bot", "applications.commands")


def diagnose_discord(settings: Settings) -> list[Finding]:
    """Check the settings against Discord, without connecting to its gateway; nothing is changed there."""
    if not settings.discord_token:
        return [
            Finding(
                "token", False, "DISCORD_TOKEN is not set: make a bot at discord.com/developers, and copy it"
            )
        ]
    connect_to(settings.discord_api, settings.discord_gateway)

    async def collect() -> list[Finding]:
        return [finding async for finding in _findings(settings)]

    return asyncio.run(collect())


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    async with discord.Client(intents=intents(reads_messages=settings.discord_message_content)) as client:
        try:
            await client.login(settings.discord_token)
            application = await client.application_info()
            # Not `fetch_guilds`, which leaves out the bot's permissions.
            guilds = await client.http.get_guilds(SERVERS)
            recommended, _, _ = await client.http.get_bot_gateway()
        except discord.LoginFailure:
            yield Finding(
                "token", False, "Discord refuses DISCORD_TOKEN: make a new one under Bot in the portal"
            )
            return
        except (*UNREACHABLE, discord.HTTPException) as error:
            yield Finding(
                "connection", False, f"Discord can't be reached ({type(error).__name__}): try again"
            )
            return
        yield Finding("token", True, f"is {client.user}'s")
        yield _message_content(settings, application.flags)
        yield _shards(settings, application.approximate_guild_count, recommended)
        if application.interactions_endpoint_url:
            yield Finding(
                "commands",
                False,
                "the portal sends them to an Interactions Endpoint URL, and so not to the bot: clear it",
            )
        for guild in guilds:
            yield _permissions(guild)
        yield _keepers(settings, guilds)
        address = discord.utils.oauth_url(application.id, permissions=NEEDED, scopes=SCOPES)
        yield Finding("invite", True, address)


def _message_content(settings: Settings, flags: discord.ApplicationFlags) -> Finding:
    allowed = flags.gateway_message_content or flags.gateway_message_content_limited
    if not settings.discord_message_content:
        return Finding(
            "message content",
            True,
            "not asked for: commands, mentions, replies and direct messages work without it; answering every "
            "question in a channel, and threads without a mention, need NEWSDESK_DISCORD_MESSAGE_CONTENT=1",
        )
    if allowed:
        return Finding("message content", True, "asked for, because NEWSDESK_DISCORD_MESSAGE_CONTENT is 1")
    return Finding(
        "message content",
        False,
        "NEWSDESK_DISCORD_MESSAGE_CONTENT is 1, but Discord does not allow it yet: switch the message "
        "content intent on under Bot in the portal, or Discord will refuse the connection",
    )


def _shards(settings: Settings, servers: int, recommended: int) -> Finding:
    count = settings.discord_shards[1] if settings.discord_shards else recommended
    a_shard = -(-servers // count)
    words = f"{counted(servers, 'server')} on {counted(count, 'shard')}, {a_shard} a shard"
    if a_shard < CROWDED:
        return Finding("shards", True, words)
    if settings.discord_shards:
        what = f"name at least {max(recommended, -(-servers // CROWDED))} in all in NEWSDESK_DISCORD_SHARDS"
    else:
        what = "start the bot again, so that it has as many as Discord recommends"
    return Finding("shards", False, f"{words}, and Discord takes {FULL} at most: {what}")


def _permissions(guild: Mapping[str, Any]) -> Finding:
    has = discord.Permissions(int(guild.get("permissions", 0)))
    missing = (
        [] if has.administrator else [name for name, wanted in NEEDED if wanted and not getattr(has, name)]
    )
    if not missing:
        return Finding(f"server {guild['name']}", True, f"all permissions are there ({guild['id']})")
    listed = ", ".join(name.replace("_", " ") for name in missing)
    return Finding(
        f"server {guild['name']}",
        False,
        f"missing: {listed}; invite the bot again with the address below ({guild['id']})",
    )


def _keepers(settings: Settings, guilds: Sequence[Mapping[str, Any]]) -> Finding:
    if settings.discord_servers or len(guilds) < 2:
        return Finding("servers", True, f"the bot is in {counted(len(guilds), 'server')}")
    return Finding(
        "servers",
        True,
        f"the bot is in {len(guilds)} servers; `newsdesk doctor` says whose administrators may change the "
        "corpus that all see, and NEWSDESK_DISCORD_SERVERS names them",
    )
