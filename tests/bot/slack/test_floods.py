"""One person who opens App Home without end."""

import pytest

from bot.chat.venue import Person
from bot.permissions.venue_access import LOOKS
from tests.bot.slack.live import LiveBot
from tools.local_slack import User

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(autouse=True)
def rested(live: LiveBot) -> None:
    live.rest()


def has_looked(live: LiveBot, user: User, kind: str = "look") -> None:
    """As if they had looked at as much as is allowed in a minute."""
    for _ in range(LOOKS):
        live.service.access.admit_look(live.venue(live.slack.general), Person(user.id, user.name), kind)


async def test_who_opens_home_without_end_keeps_the_page_that_was_made_last(live: LiveBot) -> None:
    slack = live.slack
    has_looked(live, slack.ann, "home")
    published = len([call for call in slack.requests if call.method == "views.publish"])
    await slack.open_home(slack.ann)
    assert (await (await slack.open_home(slack.kim)).settled()).view
    assert len([call for call in slack.requests if call.method == "views.publish"]) == published + 1
