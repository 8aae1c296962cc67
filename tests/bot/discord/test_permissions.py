"""Who may administer on Discord: moderators may not, and what Discord hides is asked again all the same."""

from dataclasses import dataclass, replace

import pytest

from bot.chat.venue import Venue
from tests.bot.discord.live import LiveBot, custom_id, upload
from tests.bot.samples.articles import LIGHTHOUSE
from tools.local_discord import Exchange, Message, NotPossible, User

pytestmark = pytest.mark.asyncio(loop_scope="module")
REFUSED = "Only those who manage this server, or the roles that they chose in /settings, can do that."
COMMANDS: dict[str, dict[str, object]] = {
    "corpus status": {},
    "corpus reload": {},
    "corpus history": {},
    "corpus audit": {},
    "corpus rollback": {"collection": "news"},
    "corpus add": {"file": upload("light.jsonl", LIGHTHOUSE)},
    "corpus remove": {"target": "lighthouse"},
    "corpus restore": {"article": "lighthouse"},
    "settings server": {},
    "settings channel": {},
}
"""Every administrative command, with options that let it do something."""
IN_AUDIT = {
    "corpus reload": "reload --dry-run",
    "settings server": "settings",
    "settings channel": "settings",
}
"""What a command is called on record, where that is not its last word."""


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody, and whether they may administer."""

    name: str
    may: bool


PEOPLE = [
    Who("moderator", may=False),
]


@pytest.fixture(autouse=True)
async def prepared(live: LiveBot) -> None:
    """Everybody is shown the commands, and editors may administer; an old generation is there."""
    discord = live.discord
    for who in PEOPLE:
        for name in ("corpus", "settings"):
            discord.granted.add((getattr(discord, who.name).id, name))
    if not live.service.settings.chosen(_here(live), whole=True).admin_roles:
        roles = (discord.editor_role.id,)
        await live.service.settings.choose(_here(live), {"admin_roles": roles}, whole=True)


def _here(live: LiveBot) -> Venue:
    return Venue("discord", live.discord.guild.id, live.discord.general.id)


def _user(live: LiveBot, who: Who) -> User:
    user: User = getattr(live.discord, who.name)
    return user


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("who", PEOPLE, ids=[who.name for who in PEOPLE])
async def test_a_command_is_carried_out_for_those_alone_who_may(
    live: LiveBot, who: Who, command: str
) -> None:
    user = _user(live, who)
    before = len(await live.acts(live.discord.guild))
    served = _served(live)
    done = await live.command(user, live.discord.general, command, **COMMANDS[command])
    assert (done.text == REFUSED) is not who.may
    if who.may:
        return
    assert done.message
    assert done.message.viewer_id == user.id
    assert _served(live) == served
    (act, *_) = acts = await live.acts(live.discord.guild)
    assert len(acts) == before + 1
    assert (act.person, act.name, act.result) == (user.id, user.name, "refused")
    assert act.act == IN_AUDIT.get(command, command.split()[-1])


def _served(live: LiveBot) -> list[str]:
    return sorted(snapshot.generation for snapshot in live.service.desk.collections.values())


async def test_nobody_sees_or_presses_the_reload_of_somebody_else(live: LiveBot) -> None:
    discord = live.discord
    planned = await live.command(discord.admin, discord.general, "corpus reload")
    assert planned.message
    with pytest.raises(NotPossible, match="does not see"):
        await live.press(discord.editor, planned.message, "reload")


async def test_a_forged_press_of_the_reload_button_is_refused_and_on_record(live: LiveBot) -> None:
    """Discord lets nobody press what they don't see; the bot does not rely on it."""
    discord = live.discord
    planned = await live.command(discord.admin, discord.general, "corpus reload")
    served = _served(live)
    forged = await _forged(live, discord.ann, planned.message, "reload")
    await discord.until(lambda: forged.acked)
    await live.idle()
    assert _served(live) == served
    newest = (await live.acts(discord.guild))[0]
    assert (newest.person, newest.act, newest.result) == (discord.ann.id, "reload", "refused")


async def _forged(live: LiveBot, user: User, message: Message | None, act: str) -> Exchange:
    discord = live.discord
    assert message
    shown = discord.world.keep_message(replace(message, viewer_id=user.id))
    try:
        return await discord.click(user, shown, custom_id(shown, act))
    finally:
        discord.world.keep_message(replace(shown, viewer_id=message.viewer_id))


async def test_nothing_is_administered_in_direct_messages(live: LiveBot) -> None:
    discord = live.discord
    for command in COMMANDS:
        with pytest.raises(NotPossible, match="not offered"):
            await live.command(discord.admin, discord.world.dm(discord.admin), command)


async def test_a_forged_command_in_a_direct_message_is_refused(live: LiveBot) -> None:
    """Discord offers none there; the bot does not rely on it."""
    discord = live.discord
    room = discord.world.dm(discord.admin)
    (known,) = (one for one in discord.commands[""] if one["name"] == "corpus")
    hidden = {key: known[key] for key in ("dm_permission", "contexts", "integration_types")}
    known.update(dm_permission=True, contexts=None, integration_types=[0, 1])
    try:
        for command in ("corpus status", "corpus reload", "corpus add", "corpus remove"):
            done = await live.command(discord.admin, room, command, **COMMANDS[command])
            assert done.text == "That works only in a server."
    finally:
        known.update(hidden)
