"""The bots of the tests in this folder run on a local Discord."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.cli.composition import LoadModel
from tests.bot.conftest import MakeHome, RunBot
from tests.bot.discord.live import LiveBot, live_bot


@pytest.fixture(scope="session")
def run_bot() -> RunBot:
    """A bot on a local Discord."""
    return live_bot


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def listening(load: LoadModel, make_home: MakeHome) -> AsyncIterator[LiveBot]:
    """A bot that reads all messages."""
    async with live_bot(load, make_home(), discord_message_content=True) as bot:
        yield bot
