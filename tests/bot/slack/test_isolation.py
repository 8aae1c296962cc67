"""A collection of another workspace, and of a Discord server: nothing of it shows in what Slack alone has."""

import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.cli.composition import LoadModel
from tests.bot.conftest import MakeHome
from tests.bot.platforms.slack_platform import SlackPlatform
from tests.bot.platforms.test_isolation import check, give_each_a_collection
from tests.bot.samples.committees import QUESTION
from tests.bot.slack.live import LiveBot, action_id

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def live(load: LoadModel, make_home: MakeHome) -> AsyncIterator[LiveBot]:
    """A bot on whose desk three communities have a collection each, and the sample is for all."""
    async with SlackPlatform.serve() as made, made.bot(load, make_home()):
        await give_each_a_collection(made)
        yield made.running


async def test_people_of_the_other_workspace_see_in_a_shared_channel_what_is_this_ones(live: LiveBot) -> None:
    slack = live.slack
    for asked in (
        await live.say(slack.stranger, slack.shared, f"{slack.mention()} {QUESTION}"),
        await live.ask(slack.stranger, slack.shared, QUESTION),
    ):
        assert asked.message
        check(f"{asked.text}\n{json.dumps(asked.message.blocks)}")


async def test_nothing_of_the_others_is_offered_in_menus_prompts_or_home(live: LiveBot) -> None:
    slack = live.slack
    for text in ("settings", "settings channel"):
        panel = (await live.command(slack.admin, slack.general, "/newsdesk", text)).message
        for setting in ("collections", "sources"):
            name = action_id(panel, "set", setting)
            offered = await (await slack.suggest(slack.admin, panel, name, "")).settled()
            check(json.dumps(offered.options))
    opened = await (await slack.open_assistant(slack.ann)).settled()
    await slack.until(lambda: opened.pane and opened.pane.prompts)
    assert opened.pane
    check(json.dumps(opened.pane.prompts))
    for user in (slack.ann, slack.admin):
        home = (await (await slack.open_home(user)).settled()).view
        assert home
        check(json.dumps(home.payload))
