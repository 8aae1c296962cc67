"""Keeps the commands registered at Discord up to date."""

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
"""Seconds to the next try where telling the commands failed, doubled each time up to an hour: Discord counts
the commands that are told, and takes 200 new ones a day."""

SYNC_ALONE = 25.0
"""Seconds for which one process alone tells the commands, where it ends in the middle of it; the others look
whether Discord has them then."""

_log = logging.getLogger(__name__)


async def sync_commands(
    tree: app_commands.CommandTree[discord.Client], service: Service, tried: asyncio.Event, clock: Clock
) -> None:
    """Tell Discord the commands, until it has them; `tried` is set after the first try."""
    pause = SYNC_AGAIN
    while True:
        try:
            done = await _sync(tree, service)
        except Exception:  # noqa: BLE001 - whatever it is, the commands that Discord has go on working
            log_incident(f"telling Discord the commands; trying again in {pause:.0f} s")
        else:
            if done:
                return
        finally:
            tried.set()
        await clock.sleep(pause)
        pause = min(2 * pause, SYNC_SELDOM)


async def _sync(tree: app_commands.CommandTree[discord.Client], service: Service) -> bool:
    """Tell Discord the commands, unless it has them already: there is a daily limit on that. False if
    another process tells them at this moment."""
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
