"""Settings that can't be chosen, and the places that they hold in."""

import pytest

from bot.chat.venue import Venue
from tests.bot.discord.live import LiveBot, custom_id, upload
from tests.bot.samples.articles import LIGHTHOUSE
from tools.local_discord import text_of, walk_components

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_source_that_is_not_there_is_named_with_those_that_are(live: LiveBot) -> None:
    discord = live.discord
    sources = [{**LIGHTHOUSE, "id": f"s-{n}", "source": f"Source {n}"} for n in range(26)]
    added = await live.command(discord.admin, discord.general, "corpus add", file=upload("s.jsonl", *sources))
    assert "26 new" in added.text
    panel = await live.command(discord.admin, discord.general, "settings server")
    before = panel.text
    form = (await live.press(discord.admin, panel.message, "name-sources")).modal
    sent = await live.submit(discord.admin, form, {"names": "Source 3, @everyone"})
    assert "There is no source “\\@everyone” here." in text_of(sent.followups[0])
    assert panel.text == before
    assert live.service.settings.chosen(_venue(live), whole=True).sources is None


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


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
async def test_a_choice_that_was_never_offered_is_refused(live: LiveBot, forged: str) -> None:
    discord = live.discord
    panel = await live.command(discord.admin, discord.general, "settings server")
    assert panel.message
    name = custom_id(panel.message, "reset")
    (button,) = (one for _, one in walk_components(panel.message.components) if one.get("custom_id") == name)
    button["custom_id"] = forged
    try:
        pressed = await (await discord.click(discord.admin, panel.message, forged)).settled()
        await live.idle()
    finally:
        button["custom_id"] = name
    assert len(pressed.followups) == 1
    chosen = live.service.settings.chosen(_venue(live), whole=True)
    assert (chosen.answers, chosen.passages, chosen.person_limit, chosen.language) == (None,) * 4


def _venue(live: LiveBot) -> Venue:
    return Venue("discord", live.discord.guild.id, live.discord.general.id)
