"""Trouble with requests, as a bare client and as discord.py see it."""

import asyncio
import time

import aiohttp
import discord as library
import pytest

from tests.tools.local_discord.conftest import Raw, layout
from tests.tools.local_discord.small_bot import SmallBot, layout_view
from tools.local_discord import LocalDiscord, text_of

MESSAGES = "/channels/*/messages"


async def test_an_error_is_not_carried_out_and_happens_once(discord: LocalDiscord, raw: Raw) -> None:
    fault = discord.faults.fail("POST", MESSAGES, status=503)
    assert (await raw.post(layout("x"))).status == 503
    assert not discord.world.messages_in(discord.general.id)
    assert (await raw.post(layout("x"))).status == 200
    assert fault.hits == 1
    assert [request.status for request in discord.requests.of("create_message")] == [503, 200]


async def test_a_cut_request_is_not_carried_out_and_a_lost_one_is(discord: LocalDiscord, raw: Raw) -> None:
    discord.faults.cut("POST", MESSAGES)
    with pytest.raises(aiohttp.ClientError):
        await raw.post(layout("cut"))
    discord.faults.lose("POST", MESSAGES)
    with pytest.raises(aiohttp.ClientError):
        await raw.post(layout("lost"))
    assert [text_of(message) for message in discord.world.messages_in(discord.general.id)] == ["lost"]
    assert [request.status for request in discord.requests] == [0, 0]


async def test_a_slow_request_is_carried_out_late_or_answered_late(discord: LocalDiscord, raw: Raw) -> None:
    discord.faults.slow("POST", MESSAGES, 0.2)
    late = asyncio.create_task(raw.post(layout("late")))
    await asyncio.sleep(0.05)
    assert not discord.world.messages_in(discord.general.id)
    await late
    discord.faults.slow("POST", MESSAGES, 0.2, answer_only=True)
    begun = time.monotonic()
    answered_late = asyncio.create_task(raw.post(layout("there")))
    await discord.until(lambda: len(discord.world.messages_in(discord.general.id)) == 2, 0.15)
    assert (await answered_late).status == 200
    assert time.monotonic() - begun >= 0.2


async def test_a_rule_fits_a_method_and_a_path(discord: LocalDiscord, raw: Raw) -> None:
    fault = discord.faults.fail("DELETE", "/webhooks/*", times=None)
    assert (await raw.post(layout("x"))).status == 200
    assert not fault.hits
    discord.faults.clear()


@pytest.mark.parametrize("kind", ["user", "global", "shared"])
async def test_discord_py_waits_as_long_as_it_is_told(
    discord: LocalDiscord, bot: SmallBot, kind: str
) -> None:
    fault = discord.faults.limit(
        "POST", MESSAGES, retry_after=0.3, is_global=kind == "global", shared=kind == "shared"
    )
    begun = time.monotonic()
    await (await discord.say(discord.ann, discord.general, f"{discord.mention()} hello")).settled()
    assert time.monotonic() - begun >= 0.3
    assert fault.hits == 1
    assert [request.status for request in discord.requests.of("create_message")] == [429, 200]


async def test_a_ban_is_an_error_at_once(discord: LocalDiscord, bot: SmallBot) -> None:
    discord.faults.ban()
    channel = bot.get_channel(int(discord.general.id))
    assert isinstance(channel, library.TextChannel)
    with pytest.raises(library.HTTPException) as refused:
        await channel.send(view=layout_view("x"))
    assert refused.value.status == 429


async def test_discord_py_repeats_what_failed_under_the_same_nonce(
    discord: LocalDiscord, bot: SmallBot
) -> None:
    channel = bot.get_channel(int(discord.general.id))
    assert isinstance(channel, library.TextChannel)
    discord.faults.fail("POST", MESSAGES, status=502, carried_out=True)
    await channel.send(view=layout_view("once"))
    first, second = discord.requests.of("create_message")
    assert (first.status, second.status) == (502, 200)
    assert first.body["nonce"] == second.body["nonce"]
    assert [text_of(message) for message in discord.world.messages_in(discord.general.id)] == ["once"]


async def test_a_lost_acknowledgement_leaves_the_interaction_acknowledged(
    discord: LocalDiscord, bot: SmallBot
) -> None:
    discord.faults.lose("POST", "/interactions/*/callback")
    asked = await discord.command(discord.ann, discord.general, "ask", question="Who?")
    await discord.until(lambda: bot.failed)
    assert asked.acked
    assert asked.message is not None
    assert asked.message.loading


async def test_a_bot_that_answers_late_is_refused(discord: LocalDiscord, bot: SmallBot) -> None:
    asked = await discord.command(discord.ann, discord.general, "ask", question="late?")
    discord.clock.advance(3.5)
    bot.release.set()
    await discord.until(lambda: bot.failed)
    assert not asked.acked
    assert discord.requests[-1].code == 10062
