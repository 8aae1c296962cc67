"""The bots of the tests in this folder run on a local Slack."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.bot.conftest import RunBot
from tests.bot.slack.live import live_bot, local_slack
from tools.local_slack import LocalSlack


@pytest.fixture(scope="session")
def run_bot() -> RunBot:
    """A bot on a local Slack."""
    return live_bot


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    """A Slack as the manifest sets it up, with nobody in it but people, for one test."""
    async with local_slack() as place:
        yield place
