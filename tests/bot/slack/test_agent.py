"""Slack's newer messaging experience for agents, and commands that are named otherwise."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.cli.composition import LoadModel
from bot.slack.app_manifest import manifest
from tests.bot.conftest import MakeHome
from tests.bot.running_bot import PASSING, PATIENCE
from tests.bot.slack.live import LiveBot, live_bot
from tools.local_slack import App, LocalSlack

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def agent(load: LoadModel, make_home: MakeHome) -> AsyncIterator[LiveBot]:
    """A bot whose app has the newer experience alone, and whose commands begin with news-."""
    async with (
        LocalSlack(App.of_manifest(manifest(prefix="news-"))) as slack,
        live_bot(load, make_home(), slack, slack_commands="news-") as bot,
    ):
        yield bot


async def test_who_opens_the_messages_is_offered_the_newest_titles_as_questions(agent: LiveBot) -> None:
    slack = agent.slack
    opened = await slack.open_home(slack.ann, tab="messages")
    direct = slack.world.dm(slack.ann)
    await slack.until(lambda: slack._state.panes.get((direct.id, "")), PATIENCE)
    await agent.idle()
    pane = slack._state.panes[direct.id, ""]
    assert 1 <= len(pane.prompts) <= 4
    assert pane.prompts_title
    (prompted,) = slack.requests.of("assistant.threads.setSuggestedPrompts")
    assert "thread_ts" not in prompted.arguments  # with one, Slack lets the call fail in silence
    assert not opened.messages  # nothing is said to who only looks
    asked = await agent.say(slack.ann, direct, pane.prompts[0]["message"])
    assert asked.text


async def test_what_somebody_looks_at_is_acknowledged_and_no_more(agent: LiveBot) -> None:
    slack = agent.slack
    calls = len(slack.requests)
    entity = {"type": "slack#/types/channel_id", "value": slack.general.id, "team_id": slack.team.id}
    for context in ({"entities": [entity]}, {}):
        looked = slack.dispatch({"type": "app_context_changed", "context": context})
        await slack.until(lambda: looked.acked is not None, PATIENCE)  # noqa: B023 - awaited here
    await agent.idle()
    assert [one.method for one in slack.requests[calls:] if one.method != "ack"] == []


async def test_commands_are_called_as_they_were_named_also_where_help_names_them(agent: LiveBot) -> None:
    slack = agent.slack
    asked = await agent.command(slack.ann, slack.general, "/news-ask", PASSING)
    assert asked.message
    helped = await agent.command(slack.admin, slack.general, "/news-newsdesk")
    for name in ("ask", "latest", "sources", "article", "corpus", "newsdesk settings"):
        assert f"/news-{name}" in helped.text
        assert f"/{name}" not in helped.text
    usage = await agent.command(slack.admin, slack.general, "/news-corpus", "nonsense")
    assert usage.text.startswith("Write /news-corpus status")
    home = await agent.done(await slack.open_home(slack.editor))
    assert home.view
    assert "/news-ask" in home.view.text
    assert "/ask" not in home.view.text
