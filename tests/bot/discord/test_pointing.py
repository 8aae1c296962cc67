"""Messages that point to another one, or call the bot by its role."""

from dataclasses import replace
from typing import Any

import pytest

from tests.bot.discord.live import LiveBot
from tests.bot.running_bot import PASSING
from tools.local_discord import Message, MessageFlag, MessageType

pytestmark = pytest.mark.asyncio(loop_scope="module")

CLAIM = "They say the Chosei mine flood killed 183 people in 1942."
FOUND = "**The flood killed 183 people.**"


def shaped(live: LiveBot, **parts: Any) -> Message:
    """A message of another bot's with these parts and no text."""
    world = live.discord.world
    author = replace(world.add_user("Wire"), bot=True)
    said = Message(
        id=live.discord.clock.new_id(),
        channel_id=live.discord.general.id,
        guild_id=live.discord.guild.id,
        author=author,
        type=MessageType.DEFAULT,
        sent=live.discord.clock.now(),
        **parts,
    )
    return world.keep_message(said)


EMBED = {"type": "rich", "title": "The Chosei mine", "description": "The flood killed 183 people in 1942."}
LAYOUT = {
    "type": 17,
    "id": 1,
    "accent_color": None,
    "spoiler": False,
    "components": [{"type": 10, "id": 2, "content": CLAIM}],
}


async def test_the_bots_own_role_calls_it_as_its_name_does(listening: LiveBot) -> None:
    discord = listening.discord
    said = await listening.say(discord.ann, discord.general, f"<@&{discord.own_role.id}> {PASSING}")
    assert "Chosei" in said.text
    assert "understood" not in said.text


async def test_a_role_of_people_is_not_the_bots(listening: LiveBot) -> None:
    discord = listening.discord
    await listening.say_unheard(discord.ann, discord.general, f"<@&{discord.editor_role.id}> {PASSING}")


@pytest.mark.parametrize(
    "parts",
    [
        {"embeds": (EMBED,)},
        {"embeds": (EMBED,), "content": "https://wire.example/2026/chosei"},
        {"components": (LAYOUT,), "flags": MessageFlag.COMPONENTS_V2},
    ],
    ids=["an embed", "an address with its embed", "a layout"],
)
async def test_the_words_of_embeds_and_layouts_are_checked(listening: LiveBot, parts: dict[str, Any]) -> None:
    discord = listening.discord
    wire = shaped(listening, **parts)
    checked = await listening.check(discord.ann, wire)
    said = await listening.say(
        discord.ann, discord.general, f"{discord.mention()} is this real?", reply_to=wire
    )
    for text in (checked.text, said.text):
        assert FOUND in text
        assert "https" not in text.splitlines()[1]
