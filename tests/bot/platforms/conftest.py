"""Both platforms, one after the other: a test with `platform` is run on each that has what it needs."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from bot.cli.composition import LoadModel
from tests.bot.conftest import MakeHome
from tests.bot.platforms.discord_platform import DiscordPlatform
from tests.bot.platforms.platform import Platform
from tests.bot.platforms.slack_platform import SlackPlatform

PLATFORMS: dict[str, type[Platform]] = {one.name: one for one in (DiscordPlatform, SlackPlatform)}
SHARED = ("platform", "listening")
"""Fixtures of a bot that a module's tests share."""
ALONE = ("server",)
"""Fixtures of a server for one test."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "needs(*what): run on the platforms alone that have this, see Platform.can"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    wanted = {need for mark in metafunc.definition.iter_markers("needs") for need in mark.args}
    names = [name for name, kind in PLATFORMS.items() if wanted <= kind.can]
    for fixture in (*SHARED, *ALONE):
        if fixture in metafunc.fixturenames:
            assert names, wanted
            scope = "module" if fixture in SHARED else "function"
            metafunc.parametrize(fixture, names, indirect=True, scope=scope)  # type: ignore[arg-type]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def platform(
    request: pytest.FixtureRequest, load: LoadModel, make_home: MakeHome
) -> AsyncIterator[Platform]:
    """A platform on which a bot runs, with the sample corpus; its tests run in the module's loop."""
    async with PLATFORMS[request.param].serve() as made, made.bot(load, make_home()):
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def listening(
    request: pytest.FixtureRequest, load: LoadModel, make_home: MakeHome
) -> AsyncIterator[Platform]:
    """The same with a bot that reads all messages."""
    async with PLATFORMS[request.param].serve() as made, made.bot(load, make_home(), reads_all=True):
        yield made


@pytest_asyncio.fixture(loop_scope="module")
async def server(request: pytest.FixtureRequest) -> AsyncIterator[Platform]:
    """A platform on which no bot runs yet, for one test."""
    async with PLATFORMS[request.param].serve() as made:
        yield made


@pytest.fixture(autouse=True)
def rested(request: pytest.FixtureRequest) -> Iterator[None]:
    """A bot that tests share begins each as if nobody had done anything lately, and no trouble outlives a
    test: the limits are a minute's, and a fast machine does a whole module in one."""
    shared = [request.getfixturevalue(name) for name in SHARED if name in request.fixturenames]
    for one in shared:
        one.rest()
    yield
    for one in shared:
        one.end_trouble()
