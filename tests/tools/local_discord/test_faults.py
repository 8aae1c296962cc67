"""Trouble with requests, as a bare client sees it."""

import asyncio
import time

import aiohttp
import pytest

from tests.tools.local_discord.conftest import Raw, layout
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
