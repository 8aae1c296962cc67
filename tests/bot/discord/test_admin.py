"""Administering on Discord: changes that can't be made as they were asked for, and where settings hold."""

import pytest

from bot.actions import corpus_handlers
from bot.chat.venue import Venue
from tests.bot.discord.live import LiveBot, acts_of, upload
from tests.bot.running_bot import PASSING
from tests.bot.samples.articles import FERRY, HISTORY, LIGHTHOUSE
from tools.local_discord import Upload

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_an_address_or_a_file_and_not_both_nor_none(live: LiveBot) -> None:
    discord = live.discord
    file = upload("a.jsonl", FERRY)
    for options in ({}, {"url": "https://gazette.example/a", "file": file}):
        added = await live.command(discord.admin, discord.general, "corpus add", **options)
        assert added.text == "Give either an address or a file."


async def test_a_file_that_is_too_large_is_not_even_fetched(
    live: LiveBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    discord = live.discord
    monkeypatch.setattr(corpus_handlers, "UPLOAD_LIMIT", 1024 * 1024)
    file = Upload("big.jsonl", b" " * (1024 * 1024 + 1), None)
    added = await live.command(discord.admin, discord.general, "corpus add", file=file)
    assert "the limit is 1 MB." in added.text


async def test_a_file_that_is_gone_before_it_was_fetched_is_an_incident(live: LiveBot) -> None:
    discord = live.discord
    kept = dict(discord.world.files)
    file = upload("gone.jsonl", FERRY)
    asking = await discord.command(discord.admin, discord.general, "corpus add", file=file)
    for name in set(discord.world.files) - set(kept):
        del discord.world.files[name]
    await asking.settled()
    await live.idle()
    (line,) = live.incidents.lines
    live.incidents.lines.clear()
    live.refusals.append("/cdn/")
    assert f"incident {line.split()[1]}" in asking.text


async def test_a_plan_that_was_refused_meanwhile_can_be_forced(live: LiveBot) -> None:
    discord = live.discord
    await live.command(discord.admin, discord.general, "corpus add", file=upload("log.jsonl", HISTORY))
    planned = await live.command(discord.admin, discord.general, "corpus reload")
    assert acts_of(planned.message) == ["reload", "cancel"]
    kept = live.home / "uploads" / "news" / "log.jsonl"
    content = kept.read_bytes()
    kept.unlink()  # after the plan was shown
    refused = await live.press(discord.admin, planned.message, "reload")
    assert "Not done:" in refused.text
    assert acts_of(refused.message) == ["reload", "cancel"]
    asked = await live.ask(discord.ann, discord.general, PASSING)
    assert "Chosei" in asked.text
    forced = await live.press(discord.admin, refused.message, "reload", "force")
    assert "### Done" in forced.text
    assert "1 removed" in forced.text
    assert (await live.acts(discord.guild))[0].detail == {"force": True}
    kept.write_bytes(content)


async def test_all_problems_are_counted_and_the_first_hundred_are_in_the_file(live: LiveBot) -> None:
    discord = live.discord
    file = upload("bad.jsonl", LIGHTHOUSE, *[f'{{"id": "b-{number}"}}' for number in range(200)])
    added = await live.command(discord.admin, discord.general, "corpus add", file=file)
    assert "200 problems, in the attached file" in added.text
    assert added.message
    (attached,) = added.message.attachments
    lines = discord.world.files[attached.id].decode().splitlines()
    assert lines[0] == "bad.jsonl:2: it has no text: its fields are id"
    assert lines[99:] == [
        "bad.jsonl:101: it has no text: its fields are id",
        "bad.jsonl: 100 more articles that could not be taken are not listed",
    ]
    planned = await live.command(discord.admin, discord.general, "corpus reload")
    assert planned.message
    assert [one.filename for one in planned.message.attachments] == ["problems.txt"]
    called_off = await live.press(discord.admin, planned.message, "cancel")
    assert called_off.message
    assert not called_off.message.attachments


# Settings


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


def _venue(live: LiveBot) -> Venue:
    return Venue("discord", live.discord.guild.id, live.discord.general.id)
