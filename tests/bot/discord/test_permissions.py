"""Who may administer on Discord: moderators may not, and what Discord hides is asked again all the same."""

import pytest

from tests.bot.discord.live import LiveBot, upload
from tests.bot.samples.articles import LIGHTHOUSE
from tools.local_discord import NotPossible

pytestmark = pytest.mark.asyncio(loop_scope="module")
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


async def test_a_moderator_who_is_shown_the_commands_is_refused_and_on_record(live: LiveBot) -> None:
    discord = live.discord
    discord.granted.update((discord.moderator.id, name) for name in ("corpus", "settings"))
    for command, act in (("corpus status", "status"), ("settings server", "settings")):
        done = await live.command(discord.moderator, discord.general, command)
        assert done.text.startswith("Only those who manage this server, or the roles that they chose")
        assert done.message
        assert done.message.viewer_id == discord.moderator.id
        newest = (await live.acts(discord.guild))[0]
        assert (newest.person, newest.act, newest.result) == (discord.moderator.id, act, "refused")


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
