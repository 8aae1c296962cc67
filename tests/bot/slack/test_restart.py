"""The question's form and App Home work after a restart."""

from collections.abc import Awaitable, Callable

import pytest

from tests.bot.slack.live import PASSING, LiveBot, action_id
from tools.local_slack import text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

Press = Callable[[], Awaitable[object]]
"""Done after the restart; raises where it does not work."""


async def _asked(live: LiveBot) -> Press:
    slack = live.slack
    form = (await live.ask(slack.ann, slack.general, "")).view

    async def press() -> None:
        offered = await (await slack.suggest(slack.ann, form, "source", "news")).settled()
        assert offered.options
        sent = await live.submit(slack.ann, form, {"question": PASSING, "source": "Newsdesk sample"})
        assert "Only from Newsdesk sample" in text_of(sent)

    return press


async def _home(live: LiveBot) -> Press:
    slack = live.slack
    home = (await (await slack.open_home(slack.admin)).settled()).view

    async def press() -> None:
        offered = await slack.suggest(slack.admin, home, action_id(home, "set", "admin_groups"), "edit")
        assert (await offered.settled()).options
        await live.choose(slack.admin, home, "admin_groups", [slack.editors.id])
        chosen = live.service.settings.preferences(live.venue(slack.general)).admin_roles
        assert chosen == (slack.editors.id,)
        await live.choose(slack.admin, home, "admin_groups", [])

    return press


@pytest.mark.parametrize("prepare", [_asked, _home], ids=["the question's form", "App Home"])
async def test_what_slack_alone_has_works_after_a_restart(
    live: LiveBot, prepare: Callable[[LiveBot], Awaitable[Press]]
) -> None:
    press = await prepare(live)
    await live.restart()
    await press()
