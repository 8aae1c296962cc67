"""The question's form and App Home work after a restart."""

import pytest

from tests.bot.slack.live import PASSING, LiveBot, action_id
from tools.local_slack import text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_slack_alone_has_works_after_a_restart(live: LiveBot) -> None:
    slack = live.slack
    form = (await live.ask(slack.ann, slack.general, "")).view
    home = (await (await slack.open_home(slack.admin)).settled()).view
    await live.restart()
    offered = await (await slack.suggest(slack.ann, form, "source", "news")).settled()
    assert offered.options
    sent = await live.submit(slack.ann, form, {"question": PASSING, "source": "Newsdesk sample"})
    assert "Only from Newsdesk sample" in text_of(sent)
    groups = action_id(home, "set", "admin_groups")
    assert (await (await slack.suggest(slack.admin, home, groups, "edit")).settled()).options
    await live.choose(slack.admin, home, "admin_groups", [slack.editors.id])
    chosen = live.service.settings.preferences(live.venue(slack.general)).admin_roles
    assert chosen == (slack.editors.id,)
