"""One person who asks for what costs work without end: it ends for them, and for nobody else."""

import pytest

from bot.chat.refusal import Refusal
from bot.chat.venue import Person
from bot.community_admin.audit_log import ACTS, AdminAction
from bot.permissions.venue_access import LOOKS
from tests.bot.slack.live import PASSING, LiveBot
from tools.local_slack import User, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOO_FAST = "You ask faster than is allowed here."


@pytest.fixture(autouse=True)
def rested(live: LiveBot) -> None:
    live.rest()


def has_looked(live: LiveBot, user: User, kind: str = "look") -> None:
    """As if they had looked at as much as is allowed in a minute."""
    for _ in range(LOOKS):
        live.service.access.admit_look(live.venue(live.slack.general), Person(user.id, user.name), kind)


async def test_who_asks_for_completions_without_end_is_offered_nothing_at_once(live: LiveBot) -> None:
    slack = live.slack
    form = (await (await slack.command(slack.ann, slack.general, "/ask")).settled()).view
    offered = await (await slack.suggest(slack.ann, form, "source", "")).acknowledged()
    assert offered.options
    while live.service.access.offers(live.venue(slack.general), Person(slack.ann.id, "")):
        pass
    offered = await (await slack.suggest(slack.ann, form, "source", "")).acknowledged()
    assert offered.options == []
    assert PASSING in text_of((await live.ask(slack.ann, slack.general)).messages[0])


@pytest.mark.parametrize("command", ["/sources", "/article nara"])
async def test_who_reads_without_end_is_told_to_wait_and_others_are_not(live: LiveBot, command: str) -> None:
    slack = live.slack
    name, _, text = command.partition(" ")
    has_looked(live, slack.ann)
    assert TOO_FAST in (await live.command(slack.ann, slack.general, name, text)).text
    assert TOO_FAST not in (await live.command(slack.admin, slack.general, name, text)).text


@pytest.mark.parametrize("act", ["context", "why", "read", "up"])
async def test_who_presses_without_end_is_told_to_wait_and_others_are_not(live: LiveBot, act: str) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.general)
    has_looked(live, slack.ann)
    assert TOO_FAST in (await live.press(slack.ann, asked.messages[0], act)).text
    assert TOO_FAST not in (await live.press(slack.admin, asked.messages[0], act)).text


@pytest.mark.parametrize(
    "command", ["/corpus status", "/corpus history", "/corpus audit", "/newsdesk settings"]
)
async def test_who_administers_without_end_is_told_to_wait(live: LiveBot, command: str) -> None:
    slack = live.slack
    has_looked(live, slack.admin, "administer")
    name, _, text = command.partition(" ")
    assert TOO_FAST in (await live.command(slack.admin, slack.general, name, text)).text


async def test_who_opens_home_without_end_keeps_the_page_that_was_made_last(live: LiveBot) -> None:
    slack = live.slack
    has_looked(live, slack.ann, "home")
    published = len([call for call in slack.requests if call.method == "views.publish"])
    await slack.open_home(slack.ann)
    assert (await (await slack.open_home(slack.kim)).settled()).view
    assert len([call for call in slack.requests if call.method == "views.publish"]) == published + 1


async def test_who_is_refused_without_end_hides_nothing_that_was_done(live: LiveBot) -> None:
    slack = live.slack
    venue = live.venue(slack.general)
    done = AdminAction(venue, Person("7", "Ada"), "rollback", {"collection": "x"})
    await live.service.audit_log.record(done, "done")
    denied = AdminAction(venue, Person(slack.ann.id, "Ann"), "reload", {})
    for _ in range(ACTS):
        with pytest.raises(Refusal):
            await live.service.admin_rights.check(denied)
    assert "Only admins" in (await live.command(slack.ann, slack.general, "/corpus", "status")).text
    shown = await live.command(slack.admin, slack.general, "/corpus", "audit")
    assert "Ada (7): rollback collection x → done" in shown.text
    assert "refused" not in shown.text
    tried = await live.command(slack.admin, slack.general, "/corpus", "audit refused")
    assert "status  → refused" in tried.text
    assert "rollback" not in tried.text
