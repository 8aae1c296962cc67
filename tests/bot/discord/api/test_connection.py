"""The gateway breaks in every way that it can, and the bot is there again."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
import pytest_asyncio

from bot.cli.composition import LoadModel
from bot.discord.api import session_starts
from bot.runtime import backoff as pauses
from tests.bot.conftest import MakeHome
from tests.bot.discord.live import LiveBot
from tests.bot.discord.trouble import answered_once, ask, mangled, mention, troubled_bot
from tests.bot.running_bot import PATIENCE
from tools.local_discord import LocalDiscord

pytestmark = pytest.mark.asyncio(loop_scope="module")

HEARTBEAT = 0.6
"""Seconds: as often as can be within the 120 frames a minute that a client may send."""
SILENCE = 1.5
"""Seconds without a word after which the bot takes a connection for dead."""

PAUSE = 0.2
"""Seconds between two connections, so that twenty do not take half a minute."""

CUT: dict[str, Callable[[LocalDiscord], None]] = {
    "closed with 4000": lambda discord: discord.drop(4000),
    "closed with 4009": lambda discord: discord.drop(4009),
    "asked to reconnect": lambda discord: discord.reconnect(),
    "told to resume": lambda discord: discord.invalidate(resumable=True),
    "cut": lambda discord: discord.drop(),
    "silent": lambda discord: discord.silence(),
    "told to begin anew": lambda discord: discord.invalidate(resumable=False),
}
"""What ends a connection; only after the last one is the session gone."""
ANEW = "told to begin anew"
ODD = {
    "no JSON": "{",
    "half a character": r'"\ud800"',
    "a list": "[1, 2]",
    "a text": '"hello"',
    "a number": "5",
    "null": "null",
    "too deep": "[" * 100_000,
    "a greeting without its time": '{"op": 10, "d": null}',
    "READY without data": '{"op": 0, "t": "READY", "s": null, "d": null}',
    "RESUMED without data": '{"op": 0, "t": "RESUMED", "s": null, "d": null}',
    "a question without data": '{"op": 0, "t": "INTERACTION_CREATE", "s": null, "d": null}',
    "a number of 5,000 digits": f'{{"op": 11, "d": {"9" * 5000}}}',
}
"""Frames that can't be read: each is an incident."""
STRANGE = [
    "{}",
    '{"op": null}',
    '{"op": "0"}',
    '{"op": 99, "d": {}}',
    '{"op": 0, "t": null, "d": null}',
    '{"op": 0, "t": 7, "d": {}}',
    '{"op": 0, "t": "NEVER_HEARD_OF", "d": null}',
    '{"op": 0, "t": "NEVER_HEARD_OF", "s": "seven", "d": {}}',
    '{"op": 11, "s": {}}',
]
"""Frames that mean nothing, and are left alone."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(load: LoadModel, make_home: MakeHome) -> AsyncIterator[LiveBot]:
    """One bot for the module, with a short heartbeat and short pauses."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pauses, "FIRST_PAUSE", PAUSE)
        patch.setattr(session_starts, "STABLE", 0.0)  # that many sessions are begun anew on purpose
        async with (
            LocalDiscord(heartbeat_seconds=HEARTBEAT) as discord,
            troubled_bot(load, make_home(), discord, heartbeat_timeout=SILENCE) as bot,
        ):
            yield bot


def state(discord: LocalDiscord) -> tuple[int, int]:
    """How many sessions were begun, and how often one was taken up again."""
    return len(discord.sessions.identifies), discord.sessions.resumes


async def begun_again(bot: LiveBot, before: tuple[int, int]) -> None:
    """Until it has a new connection, and knows."""
    await bot.discord.until(lambda: sum(state(bot.discord)) > sum(before), PATIENCE)
    await bot.discord.until(lambda: bot.client.greeted, PATIENCE)


async def is_well(bot: LiveBot) -> None:
    """Both ways of asking get an answer."""
    for one in (await ask(bot.discord), await mention(bot.discord)):
        assert answered_once(await one.settled(PATIENCE)), one.text


async def test_twenty_times_the_connection_breaks_and_each_question_has_one_answer(bot: LiveBot) -> None:
    discord = bot.discord
    began, resumed = state(discord)
    asked: list[tuple[str, Any]] = []
    kinds = [kind for kind in CUT for _ in range(2 if kind in ("silent", ANEW) else 3)] + ["cut"]
    kinds = kinds[::3] + kinds[1::3] + kinds[2::3]
    assert len(kinds) == 20
    for kind in kinds:
        before = state(discord)
        asked += [("before", await ask(discord)), ("before", await mention(discord))]
        await asyncio.sleep(0.01)  # the bot has begun to work on some
        CUT[kind](discord)
        asked += [(kind, await ask(discord)), (kind, await mention(discord))]
        await begun_again(bot, before)
    # RESUME is used wherever it can be.
    assert state(discord) == (began + kinds.count(ANEW), resumed + len(kinds) - kinds.count(ANEW))
    await is_well(bot)
    heard = [one for kind, one in asked if kind != ANEW]
    await discord.until(lambda: all(map(answered_once, heard)), PATIENCE)
    # What came while there was no session to hear it is lost; but it has no answer either, or one.
    for kind, one in asked:
        assert answered_once(one) or (kind == ANEW and not one.text), (kind, one)


def greetings(discord: LocalDiscord) -> list[dict[str, Any]]:
    """What the session that is up began with: READY, and each of its guilds."""
    session, _ = discord.sessions.last_dispatch("READY")
    return session.sent[: 1 + len(discord.sessions.guilds_of(session))]


def odd_events(discord: LocalDiscord, event: str) -> Iterator[tuple[str, Any]]:
    """The last event of that name, mangled key by key, each under a new id."""
    _, frame = discord.sessions.last_dispatch(event)
    for what, data in mangled(frame["d"]):
        if event != "GUILD_CREATE" and str(data.get("id", "")).isdigit():
            data["id"] = discord.clock.new_id()
        yield what, data


@pytest.mark.parametrize("event", ["INTERACTION_CREATE", "MESSAGE_CREATE", "GUILD_CREATE", "RESUMED"])
async def test_an_odd_event_is_logged_and_the_session_goes_on(
    bot: LiveBot, incidents: Callable[[], int], event: str
) -> None:
    discord = bot.discord
    before = state(discord)
    discord.drop(4000)
    await begun_again(bot, before)
    await is_well(bot)
    before = state(discord)
    for number, (_, data) in enumerate([*odd_events(discord, event), ("null", None), ("text", "hello")]):
        discord.dispatch_raw(event, data)
        if number % 20 == 0:
            await asyncio.sleep(0.05)
    for guild in greetings(discord)[1:]:
        discord.dispatch_raw("GUILD_CREATE", guild["d"])
    await is_well(bot)
    assert incidents()
    assert state(discord) == before


async def test_a_welcome_that_is_odd_is_logged_and_the_bot_is_there_again(
    bot: LiveBot, incidents: Callable[[], int]
) -> None:
    discord = bot.discord
    for name in ("user", "guilds", "session_id", "resume_gateway_url"):
        for what in (f"without {name}", f"null {name}", f"odd {name}"):
            number = incidents()
            welcome = greetings(discord)[0]
            discord.dispatch_raw("READY", dict(mangled(welcome["d"]))[what])
            await asyncio.sleep(0.1)
            await discord.until(lambda: bot.client.greeted and bot.client.is_ready(), PATIENCE)
            await is_well(bot)
            assert incidents() > number or name in ("session_id", "resume_gateway_url"), what
    discord.drop(4000)  # also where what it has kept of the session is odd
    await asyncio.sleep(0.1)
    await discord.until(lambda: bot.client.greeted, PATIENCE)
    await is_well(bot)


@pytest.mark.parametrize("frame", ODD.values(), ids=ODD)
async def test_a_frame_that_cant_be_read_is_an_incident_and_the_session_goes_on(
    bot: LiveBot, incidents: Callable[[], int], frame: str
) -> None:
    before = state(bot.discord)
    bot.discord.send_raw(frame)
    await is_well(bot)
    assert incidents() == 1
    assert state(bot.discord) == before


async def test_frames_that_mean_nothing_are_left_alone(bot: LiveBot, incidents: Callable[[], int]) -> None:
    before = state(bot.discord)
    for frame in STRANGE:
        bot.discord.send_raw(frame)
    await is_well(bot)
    assert state(bot.discord) == before
    assert isinstance(bot.client._get_websocket(shard_id=0).sequence, int)


async def test_a_stream_that_cant_be_unpacked_is_begun_anew_and_the_session_resumed(
    bot: LiveBot, incidents: Callable[[], int]
) -> None:
    began, resumed = state(bot.discord)
    bot.discord.send_raw(b"garbage\x00\x00\xff\xff")
    await bot.discord.until(lambda: state(bot.discord) == (began, resumed + 1), PATIENCE)
    await is_well(bot)
    assert incidents() == 1


async def test_a_session_that_the_server_cant_resume_is_begun_anew(bot: LiveBot) -> None:
    began, resumed = state(bot.discord)
    bot.discord.send_raw(json.dumps({"op": 0, "t": "NEVER_HEARD_OF", "s": 10**30, "d": {}}))
    await bot.discord.until(lambda: bot.client._get_websocket(shard_id=0).sequence == 10**30, PATIENCE)
    bot.discord.drop(4000)
    await bot.discord.until(lambda: state(bot.discord) == (began + 1, resumed), PATIENCE)
    await is_well(bot)


async def test_an_address_to_resume_at_that_is_gone_is_given_up(bot: LiveBot) -> None:
    discord = bot.discord
    welcome, *guilds = greetings(discord)
    discord.dispatch_raw("READY", {**welcome["d"], "resume_gateway_url": "ws://127.0.0.1:9"})
    for guild in guilds:
        discord.dispatch_raw("GUILD_CREATE", guild["d"])
    await is_well(bot)
    began, _ = state(discord)
    discord.drop(4000)
    await discord.until(lambda: state(discord)[0] == began + 1, PATIENCE)
    await is_well(bot)
