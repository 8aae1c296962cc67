"""A bot that runs on a local Slack: one for each module, with the sample corpus."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.cli.composition import LoadModel
from tests.bot.slack.live import LiveBot, live_bot, local_slack
from tools.local_slack import LocalSlack


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def live(
    load: LoadModel, loaded_sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[LiveBot]:
    """A running bot that a module shares; the module's tests run in the module's loop."""
    home = tmp_path_factory.mktemp("live") / "home"
    shutil.copytree(loaded_sample, home)
    async with live_bot(load, home) as bot:
        yield bot


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    """A Slack as the manifest sets it up, with nobody in it but people, for one test."""
    async with local_slack() as place:
        yield place


@pytest_asyncio.fixture
async def fresh(load: LoadModel, sample_home: Path) -> AsyncIterator[LiveBot]:
    """A running bot for one test alone."""
    async with live_bot(load, sample_home) as bot:
        yield bot


@pytest.fixture(autouse=True)
def rested(request: pytest.FixtureRequest) -> None:
    """A bot that tests share begins each as if nobody had done anything lately: the limits are a minute's,
    and a fast machine does a whole module in one."""
    bot = request.getfixturevalue("live") if "live" in request.fixturenames else None
    if isinstance(bot, LiveBot):
        bot.rest()
