"""Stores why a platform has stopped, for people who ask on it."""

import asyncio
import logging
from datetime import UTC, datetime

from bot.chat_store.chat_store import ChatStore
from bot.runtime.supervisor import Platform
from bot.service.service import Service
from corpus.errors import PlatformRefused

_log = logging.getLogger(__name__)


def noting_refusal(name: str, platform: Platform, service: Service) -> Platform:
    """The platform, with a note stored when it rejects the bot; the note is removed at the next start."""

    async def write(value: str) -> None:
        try:
            await service.db_worker.run(service.chat_store.notes.put, _key(name), value)
        except Exception:  # noqa: BLE001 - it is in the log in any case
            _log.exception("could not note how %s is", name)

    async def run(stop: asyncio.Event) -> None:
        await write("")
        try:
            await platform(stop)
        except PlatformRefused as error:
            await write(f"over since {datetime.now(UTC):%Y-%m-%d %H:%M} UTC: {error}")
            raise

    return run


def why_stopped(chat_store: ChatStore, name: str) -> str:
    """Why a platform has stopped; empty if it has not."""
    return chat_store.notes.get(_key(name)) or ""


def _key(name: str) -> str:
    return f"{name.lower()}-ending"
