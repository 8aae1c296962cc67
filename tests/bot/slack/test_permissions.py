"""Who may administer: every act by everybody, by command, shortcut and button, and what is on record."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest
import pytest_asyncio

from bot.corpus_admin.limits import Limits
from bot.messages.catalogue import LOCALES, messages_for
from corpus.storage.store import Source
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
    Who("admin", may=True),
    Who("editor", may=True),  # of a group that is chosen in the settings
    Who("ann", may=True),  # chosen by name
    Who("kim", may=False),
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


@asynccontextmanager
async def without_the_right(live: LiveBot) -> AsyncIterator[None]:
    """For the time of the block, the editor is in no group; what was known of it is older than a minute."""
    slack, directory = live.slack, live.app.requests.directory
    slack.world.groups[slack.editors.id] = replace(slack.editors, user_ids=())
    directory._groups = None
    try:
        yield
    finally:
        slack.world.groups[slack.editors.id] = slack.editors
        directory._groups = None


@pytest.mark.parametrize(("act", "argument"), [("set", "answers"), ("reset", None)])
async def test_a_menu_and_a_button_ask_again_when_they_are_used(
    live: LiveBot, act: str, argument: str | None
) -> None:
    slack = live.slack
    panel = (await live.command(slack.editor, slack.general, "/newsdesk", "settings")).message
    async with without_the_right(live):
        if act == "set":
            pressed = await live.choose(slack.editor, panel, "answers", "nowhere")
        else:
            pressed = await live.press(slack.editor, panel, act, argument)
    assert REFUSED in said_in(pressed)
    chosen = live.service.settings.chosen(live.venue(slack.general), whole=True)
    assert chosen.answers is None
    assert chosen.admin_roles
    newest = (await live.acts())[0]
    assert (newest.person, newest.result) == (slack.editor.id, "refused")


async def test_the_button_of_a_reload_asks_again(live: LiveBot) -> None:
    slack = live.slack
    planned = (await live.command(slack.editor, slack.world.dm(slack.editor), "/corpus", "reload")).message
    generations = served(live)
    async with without_the_right(live):
        pressed = await live.press(slack.editor, planned, "reload")
        await slack.until(lambda: REFUSED in said_in(pressed))
    assert served(live) == generations
    newest = (await live.acts())[0]
    assert (newest.person, newest.act, newest.result) == (slack.editor.id, "reload", "refused")


async def test_a_form_asks_again_when_it_is_sent_in(live: LiveBot) -> None:
    slack = live.slack
    sources = [{**LIGHTHOUSE, "id": f"s-{n}", "source": f"Source {n}"} for n in range(26)]
    assert "26 new" in await added(live, upload("s.jsonl", *sources))
    panel = (await live.command(slack.editor, slack.general, "/newsdesk", "settings")).message
    form = (await live.press(slack.editor, panel, "name-sources")).view
    async with without_the_right(live):
        sent = await live.submit(slack.editor, form, {"names": "Source 1"})
    assert text_of(sent) == REFUSED
    assert sent.viewer_id == slack.editor.id
    assert live.service.settings.chosen(live.venue(slack.general), whole=True).sources is None


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


async def test_one_change_of_the_corpus_at_a_time(live: LiveBot) -> None:
    slack = live.slack
    corpus_editor = live.service.corpus_editor
    await corpus_editor._lock.acquire()
    try:
        busy = await live.command(slack.admin, slack.general, "/corpus", "reload")
    finally:
        corpus_editor._lock.release()
    assert busy.text == "The corpus is already being changed. Try again when that is finished."
    assert (await live.acts())[0].result == "busy"


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


async def test_a_workspace_with_as_many_sources_as_it_may_have_is_told_so_and_nobody_else(
    live: LiveBot,
) -> None:
    there = [Source("news", f"https://gazette.example/{number}") for number in range(Limits().sources)]
    with live.service.home.store() as store:
        for source in there:
            store.add_source(source)
    said = await live.command(
        live.slack.owner, live.slack.general, "/corpus", "add https://gazette.example/more"
    )
    with live.service.home.store() as store:
        for source in there:
            store.remove_source(source)
        assert "https://gazette.example/more" not in {source.location for source in store.sources()}
    assert not said.messages
    words = " ".join(text_of(message) for message in said.ephemerals)
    assert "sources, and the limit is 100." in words
    assert "NEWSDESK" not in words
