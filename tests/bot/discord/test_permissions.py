"""Who may administer: every act by everybody, by command and by button, and what is on record of it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from bot.chat.venue import Venue
from tests.bot.discord.live import LiveBot, custom_id, upload
from tests.bot.samples.articles import LIGHTHOUSE
from tools.local_discord import Exchange, Message, NotPossible, User, text_of

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
    Who("admin", may=True),
    Who("editor", may=True),  # by a role that is chosen in the settings
    Who("moderator", may=False),
    Who("ann", may=False),
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


PRESSES = {
    "reload": ("corpus reload", "reload", None),
    "set": ("settings server", "set", "answers"),
    "reset": ("settings server", "reset", None),
}


@pytest.mark.parametrize("press", PRESSES)
async def test_a_button_asks_again_when_it_is_pressed(live: LiveBot, press: str) -> None:
    discord = live.discord
    command, act, argument = PRESSES[press]
    panel = await live.command(discord.editor, discord.general, command)
    served = _served(live)
    discord.world.join(discord.guild, discord.editor)  # the role is taken away
    try:
        if press == "set":
            pressed = await live.choose(discord.editor, panel.message, "answers", ["nowhere"])
        else:
            pressed = await live.press(discord.editor, panel.message, act, argument)
    finally:
        discord.world.join(discord.guild, discord.editor, discord.editor_role)
    said = [pressed.text, *map(text_of, pressed.followups)]
    assert REFUSED in said
    assert _served(live) == served
    assert live.service.settings.chosen(_here(live), whole=True).answers is None
    newest = (await live.acts(discord.guild))[0]
    assert (newest.person, newest.result) == (discord.editor.id, "refused")


async def test_a_form_asks_again_when_it_is_sent_in(live: LiveBot) -> None:
    discord = live.discord
    sources = [{**LIGHTHOUSE, "id": f"s-{n}", "source": f"Source {n}"} for n in range(26)]
    await live.command(discord.admin, discord.general, "corpus add", file=upload("s.jsonl", *sources))
    panel = await live.command(discord.editor, discord.general, "settings server")
    form = (await live.press(discord.editor, panel.message, "name-sources")).modal
    discord.world.join(discord.guild, discord.editor)
    try:
        sent = await live.submit(discord.editor, form, {"names": "Source 1"})
    finally:
        discord.world.join(discord.guild, discord.editor, discord.editor_role)
    assert REFUSED in [text_of(one) for one in sent.followups]
    assert live.service.settings.chosen(_here(live), whole=True).sources is None


async def test_the_form_of_the_settings_shows_nothing_to_who_may_not(live: LiveBot) -> None:
    discord = live.discord
    sources = [{**LIGHTHOUSE, "id": f"s-{n}", "source": f"Source {n}"} for n in range(26)]
    await live.command(discord.admin, discord.general, "corpus add", file=upload("s.jsonl", *sources))
    await live.service.settings.choose(_here(live), {"sources": ("Source 1",)}, whole=True)
    panel = await live.command(discord.editor, discord.general, "settings server")
    discord.world.join(discord.guild, discord.editor)  # the role is taken away
    try:
        pressed = await live.press(discord.editor, panel.message, "name-sources")
    finally:
        discord.world.join(discord.guild, discord.editor, discord.editor_role)
        await live.service.settings.choose(_here(live), {"sources": None}, whole=True)
    assert pressed.modal is None
    assert REFUSED in [pressed.text, *map(text_of, pressed.followups)]


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


async def test_one_change_of_the_corpus_at_a_time(live: LiveBot) -> None:
    discord = live.discord
    corpus_editor = live.service.corpus_editor
    await corpus_editor._lock.acquire()
    try:
        busy = await live.command(discord.admin, discord.general, "corpus reload")
    finally:
        corpus_editor._lock.release()
    assert busy.text == "The corpus is already being changed. Try again when that is finished."
    assert (await live.acts(discord.guild))[0].result == "busy"


async def test_two_reloads_at_once_are_one_reload_and_one_refusal(live: LiveBot) -> None:
    discord = live.discord
    plans: Sequence[Exchange] = [
        await live.command(user, discord.general, "corpus reload") for user in (discord.admin, discord.editor)
    ]
    first, second = await asyncio.gather(
        live.press(discord.admin, plans[0].message, "reload"),
        live.press(discord.editor, plans[1].message, "reload"),
    )
    said = sorted(text_of(one.message) if one.message else "" for one in (first, second))
    assert said[0].startswith("### Done")
    assert said[1] in (said[0], "The corpus is already being changed. Try again when that is finished.")
