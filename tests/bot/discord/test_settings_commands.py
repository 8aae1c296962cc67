"""Settings that can't be chosen, and the places that they hold in."""

import pytest

from bot.chat.venue import Venue
from tests.bot.discord.live import LiveBot

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_thread_has_the_settings_of_its_channel(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general)
    thread = await live.open_thread(discord.ann, asked.message)
    panel = await live.command(discord.admin, thread, "settings channel")
    await live.choose(discord.admin, panel.message, "passages", ["1"])
    assert live.service.settings.chosen(_venue(live), whole=False).passages == 1
    assert "**2 · " not in (await live.ask(discord.ann, thread)).text
    await live.press(discord.admin, panel.message, "reset")


async def test_another_channel_can_be_named(live: LiveBot) -> None:
    discord = live.discord
    panel = await live.command(discord.admin, discord.general, "settings channel", channel=discord.random)
    assert "random" in panel.text
    await live.choose(discord.admin, panel.message, "passages", ["2"])
    there = Venue("discord", discord.guild.id, discord.random.id)
    assert live.service.settings.chosen(there, whole=False).passages == 2
    assert live.service.settings.chosen(_venue(live), whole=False).passages is None


FORGED = {
    "no setting": "nd:set::colour=red",
    "no choice": "nd:set::answers=sometimes",
    "too many quotes": "nd:set::passages=99",
    "a number that is none": "nd:set::passages=many",
    "a limit of nothing": "nd:set::person_limit=0",
    "a language that is none": "nd:set::language=xx",
}


def _venue(live: LiveBot) -> Venue:
    return Venue("discord", live.discord.guild.id, live.discord.general.id)
