"""Who may administer in Slack: owners, people chosen by name, no guests and nobody of another workspace."""

from dataclasses import dataclass

import pytest
import pytest_asyncio

from bot.messages.catalogue import LOCALES, messages_for
from tests.bot.samples.articles import LIGHTHOUSE
from tests.bot.slack.live import LiveBot, action_id, added, upload
from tools.local_slack import Channel, Exchange, User, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")
REFUSED = (
    "Only admins and owners of this workspace, or the groups that they chose in /newsdesk settings, "
    "can do that."
)
COMMANDS = {
    "/corpus status": "status",
    "/corpus reload": "reload --dry-run",
    "/corpus history": "history",
    "/corpus audit": "audit",
    "/corpus rollback": "rollback",
    "/corpus add http://127.0.0.1/x": "add",
    "/corpus remove lighthouse": "remove",
    "/corpus restore lighthouse": "restore",
    "/newsdesk settings": "settings",
    "/newsdesk settings channel": "settings",
    "the shortcut": "add",
}
"""Every administrative act, and what it is called on record."""


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody, and whether they may administer."""

    name: str
    may: bool


PEOPLE = [
    Who("owner", may=True),
    Who("ann", may=True),  # chosen by name
    Who("guest", may=False),
    Who("stranger", may=False),  # an administrator, but of another workspace
]


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def prepared(live: LiveBot) -> None:
    """A group and a person may administer; an old generation is there."""
    here = live.venue(live.slack.general)
    live.rest()
    if not live.service.settings.chosen(here, whole=True).admin_roles:
        chosen = (live.slack.editors.id, live.slack.ann.id)
        await live.service.settings.choose(here, {"admin_roles": chosen}, whole=True)
        assert "1 new" in await added(live, upload("light.jsonl", LIGHTHOUSE))


def person(live: LiveBot, who: Who) -> User:
    user: User = getattr(live.slack, who.name)
    return user


def place(live: LiveBot, who: Who) -> Channel:
    return live.slack.shared if who.name == "stranger" else live.slack.general


async def do(live: LiveBot, user: User, channel: Channel, act: str) -> Exchange:
    """The act, by command or shortcut, with the last word of it."""
    if act == "the shortcut":
        said = await live.slack.say(user, channel, "This.", files=[upload("x.jsonl", LIGHTHOUSE)])
        assert said.said
        return await live.done(await live.slack.shortcut(user, "add_file", said.said))
    name, _, text = act.partition(" ")
    return await live.command(user, channel, name, text)


def served(live: LiveBot) -> list[str]:
    return sorted(snapshot.generation for snapshot in live.service.desk.collections.values())


def is_refused(exchange: Exchange) -> bool:
    """Whether it is said so, in whichever language."""
    words = {messages_for(language, "slack")("not-allowed") for language in LOCALES}
    return not words.isdisjoint(said_in(exchange))


def said_in(exchange: Exchange) -> list[str]:
    return [text_of(message) for message in (*exchange.messages, *exchange.ephemerals)]


@pytest.mark.parametrize("act", COMMANDS)
@pytest.mark.parametrize("who", PEOPLE, ids=[who.name for who in PEOPLE])
async def test_an_act_is_carried_out_for_those_alone_who_may(live: LiveBot, who: Who, act: str) -> None:
    user = person(live, who)
    before, generations = len(await live.acts()), served(live)
    done = await do(live, user, place(live, who), act)
    assert is_refused(done) is not who.may
    if who.may:
        return
    assert done.message
    assert done.message.viewer_id == user.id
    assert served(live) == generations
    (newest, *_) = acts = await live.acts()
    assert len(acts) == before + 1
    assert (newest.person, newest.act, newest.result) == (user.id, COMMANDS[act], "refused")


async def test_who_may_administer_may_so_in_direct_messages_and_others_not(live: LiveBot) -> None:
    slack = live.slack
    for user, may in ((slack.admin, True), (slack.kim, False)):
        status = await live.command(user, slack.world.dm(user), "/corpus", "status")
        assert is_refused(status) is not may


async def test_a_group_of_another_workspace_and_a_stranger_by_name_give_no_right(live: LiveBot) -> None:
    slack = live.slack
    here = live.venue(slack.general)
    before = live.service.settings.chosen(here, whole=True).admin_roles
    foreign = slack.world.add_group(slack.other_team, "Harbour Masters", slack.stranger)
    chosen = (*(before or ()), foreign.id, slack.stranger.id)
    await live.service.settings.choose(here, {"admin_roles": chosen}, whole=True)
    live.app.requests.directory._groups = None
    try:
        refused = await live.command(slack.stranger, slack.shared, "/corpus", "status")
    finally:
        await live.service.settings.choose(here, {"admin_roles": before}, whole=True)
    assert refused.text == REFUSED


async def test_what_was_chosen_of_people_and_groups_survives_a_look_without_groups(live: LiveBot) -> None:
    """Slack may not tell its groups for a while; choosing people then takes away no group."""
    slack = live.slack
    slack.faults.refuse("usergroups.list", "internal_error", times=None)
    live.app.requests.directory._groups = None
    try:
        panel = (await live.command(slack.admin, slack.general, "/newsdesk", "settings")).message
        await live.choose(slack.admin, panel, "admin_roles", [slack.ann, slack.kim])
    finally:
        slack.faults.clear()
        live.app.requests.directory._groups = None
    chosen = live.service.settings.chosen(live.venue(slack.general), whole=True).admin_roles
    assert set(chosen or ()) == {slack.editors.id, slack.ann.id, slack.kim.id}
    panel = (await live.command(slack.admin, slack.general, "/newsdesk", "settings")).message
    await live.choose(slack.admin, panel, "admin_roles", [slack.ann])
    assert action_id(panel, "set", "admin_groups")
