"""The bot as it runs, with its real desk, model and corpus: what is the same on each platform's server."""

import asyncio
from abc import ABC, abstractmethod
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from bot.cli.composition import LoadModel
from bot.dispatch.dispatcher import Dispatcher
from bot.service.service import Service
from bot.settings import Settings

PATIENCE = 20.0
"""Seconds to wait for the bot, on however busy a machine."""
RELOAD_PATIENCE = 90.0
"""The same where a reload may be under way."""
PASSING = "What did Lee and Takaichi agree about the remains at the Chosei coal mine?"
"""A question that the sample answers."""
FOREIGN = "Who won the women's football world cup in 2019?"
"""A question that it does not answer."""


class RunningBot(ABC):
    """One bot that can be stopped and started on the same home and the same server."""

    def __init__(self, load: LoadModel, settings: Settings) -> None:
        """Nothing runs yet."""
        self.settings = settings
        self._load = load
        self._running = AsyncExitStack()

    @property
    @abstractmethod
    def dispatcher(self) -> Dispatcher:
        """What has the platform's events carried out."""

    @property
    def service(self) -> Service:
        """What it works with."""
        return self.dispatcher.service

    @property
    def home(self) -> Path:
        """The folder with all of its state."""
        return self.settings.home

    @abstractmethod
    async def start(self) -> None:
        """Connect, and wait until events can come; whatever is opened is closed with `_running`."""

    async def stop(self) -> None:
        """Disconnect, as a stop by signal does: what is under way is finished first."""
        await self._running.aclose()

    async def restart(self, **options: Any) -> None:
        """Stop, and start anew on what was kept."""
        await self.stop()
        await self.start(**options)

    async def idle(self) -> None:
        """Until nothing is under way: an answer is then also remembered, and not only shown."""
        await asyncio.wait_for(self.dispatcher.gate._idle.wait(), RELOAD_PATIENCE)

    def rest(self) -> None:
        """As if nobody had asked anything in the last minute."""
        self.service.access._pace._taken.clear()

    @abstractmethod
    def assert_well_mannered(self) -> None:
        """No request broke a rule of the platform's, and nobody was pinged."""
