"""Keeps the commands that are registered at Discord up to date."""

import asyncio
import hashlib
import json
import logging
import time

import discord
from discord import app_commands

from bot.dispatch.incidents import log_incident
from bot.runtime.clock import Clock
from bot.service.service import Service

SYNC_AGAIN = 30.0
SYNC_SELDOM = 3600.0
"""Seconds to the next attempt after a failed sync, doubled each time up to an hour: Discord limits these
calls, and allows 200 new commands a day."""

SYNC_ALONE = 25.0
"""Seconds for which one process has the sole right to sync, in case it ends before it is done; then the
others check whether Discord has the commands."""

_log = logging.getLogger(__name__)


async def sync_commands(
    tree: app_commands.CommandTree[discord.Client], service: Service, tried: asyncio.Event, clock: Clock
) -> None:
    """Register the commands at Discord, with retries until it has them; `tried` is set after the first
    attempt."""
    pause = SYNC_AGAIN
    while True:
        try:
            done = await _sync(tree, service)
        except Exception:  # noqa: BLE001 - the registered commands continue to work
            log_incident(f"telling Discord the commands; trying again in {pause:.0f} s")
        else:
            if done:
                return
        finally:
            tried.set()
        await clock.sleep(pause)
        pause = min(2 * pause, SYNC_SELDOM)


async def _sync(tree: app_commands.CommandTree[discord.Client], service: Service) -> bool:
    """Register the commands at Discord unless it has them already, since there is a daily limit. False if
    another process is doing so."""
    translator = tree.translator
    made = [
        await command.get_translated_payload(tree, translator) if translator else command.to_dict(tree)
        for command in tree.get_commands()
    ]
    digest = hashlib.sha256(json.dumps(made, sort_keys=True, default=str).encode()).hexdigest()
    note, notes = f"discord-commands-{tree.client.application_id}", service.chat_store.notes
    there = {command.name for command in await tree.fetch_commands()}
    if await service.db_worker.run(notes.get, note) == digest and there == {one["name"] for one in made}:
        return True
    turn = f"{note}-{digest}"
    if not await service.db_worker.run(notes.take_turn, turn, time.time(), SYNC_ALONE):
        return False
    try:
        await tree.sync()
        await service.db_worker.run(notes.put, note, digest)
    finally:
        await service.db_worker.run(notes.remove, turn)
    _log.info("Discord knows the %d commands now", len(made))
    return True
