"""REST is slow, refuses, or loses what it was told or says: whoever was acknowledged gets one answer."""

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
import pytest_asyncio

from bot.cli.composition import LoadModel
from bot.discord import app
from bot.discord.api import send
from bot.discord.api.send import persist
from tests.bot.conftest import MakeHome
from tests.bot.discord.live import LiveBot, upload
from tests.bot.discord.trouble import (
    answered_once,
    ask,
    direct_messages,
    mention,
    troubled_bot,
)
from tests.bot.running_bot import PATIENCE
from tests.bot.samples.articles import LIGHTHOUSE, many
from tests.bot.searching import searching
from tools.local_discord import Conversation, Exchange, Faults, LocalDiscord, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

EDIT = ("PATCH", "*/messages/@original")
SEND = ("POST", "/channels/*/messages")
ACK = ("POST", "*/callback")
TYPING = ("POST", "*/typing")
OUTAGE = 6.0
"""Seconds for which nothing answers: as long as the first three pauses between tries."""
TOKEN_MINUTES = 15
PORTION = 50
"""Articles that the model is busy with for a second or more."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(load: LoadModel, make_home: MakeHome) -> AsyncIterator[LiveBot]:
    """One bot for the module, which shows its progress often."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "EDIT_EVERY", 0.1)
        async with LocalDiscord() as discord, troubled_bot(load, make_home(), discord) as bot:
            yield bot


@pytest.fixture(autouse=True)
def logged(bot: LiveBot, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing of the test before goes on in this one."""
    bot.discord.faults.clear()
    caplog.set_level(logging.WARNING)


def page(
    faults: Faults, route: tuple[str, str], status: int, text: str = "error code: 1015", **headers: str
) -> None:
    """Answer a route once as what stands before Discord's API does."""
    faults.answer(*route, status=status, body=text, headers=headers)


Make = Callable[[Faults, tuple[str, str]], object]

STORMS: dict[str, Make] = {
    "429 of the route": lambda faults, route: faults.limit(*route, retry_after=0.2, times=3),
    "429 of everything": lambda faults, route: faults.limit(*route, retry_after=0.2, is_global=True, times=3),
    "429 that others used up": lambda faults, route: faults.limit(
        *route, retry_after=0.2, shared=True, times=3
    ),
    "429 six times in a row": lambda faults, route: faults.limit(*route, retry_after=0.05, times=6),
    "429 that is no word of the API": lambda faults, route: page(faults, route, 429),
    "429 that says when": lambda faults, route: page(faults, route, 429, **{"Retry-After": "2"}),
    "500": lambda faults, route: faults.fail(*route, status=500),
    "502 twice": lambda faults, route: faults.fail(*route, status=502, times=2),
    "503 twice": lambda faults, route: faults.fail(*route, status=503, times=2),
    "a connection that is cut twice": lambda faults, route: faults.cut(*route, times=2),
    "an answer that is lost twice": lambda faults, route: faults.lose(*route, times=2),
    "an answer that comes late": lambda faults, route: faults.slow(*route, 1.5, answer_only=True),
    "a request that is carried out late": lambda faults, route: faults.slow(*route, 1.5),
}
"""What can befall an answer on its way."""


# The answer


@pytest.mark.parametrize("storm", STORMS.values(), ids=STORMS)
async def test_an_answer_comes_through_a_storm_once(bot: LiveBot, storm: Make) -> None:
    discord = bot.discord
    storm(discord.faults, EDIT)
    storm(discord.faults, SEND)
    asked, said = await ask(discord), await mention(discord)
    await discord.until(lambda: answered_once(asked), PATIENCE)
    await discord.until(lambda: answered_once(said), PATIENCE)


HOPELESS: dict[str, Make] = {
    "400": lambda faults, route: faults.fail(*route, status=400),
    "429 that outlives the interaction": lambda faults, route: page(
        faults, route, 429, **{"Retry-After": "3600"}
    ),
    "429 without a time": lambda faults, route: page(faults, route, 429, "odd", Via="1.1 google"),
}
"""What no answer comes through: as if its layout were a bug, or what nobody can wait for."""


@pytest.mark.parametrize("trouble", HOPELESS.values(), ids=HOPELESS)
async def test_whoever_can_get_no_answer_hears_of_it(bot: LiveBot, trouble: Make) -> None:
    trouble(bot.discord.faults, EDIT)
    asked = await ask(bot.discord)
    await bot.discord.until(lambda: asked.followups, PATIENCE)
    (told,) = asked.followups
    assert told.viewer_id == asked.interaction.user.id
    assert asked.message is None
    assert "Something went wrong on my side" in text_of(told)


async def test_whoever_can_get_no_answer_to_a_mention_hears_of_it(bot: LiveBot) -> None:
    bot.discord.faults.fail(*SEND, status=400)
    said = await (await mention(bot.discord)).settled(PATIENCE)
    assert "Something went wrong on my side" in said.text
    assert not said.followups


@pytest.mark.parametrize("trouble", ["cut", "fail", "slow", "limit"])
async def test_that_it_can_show_no_typing_holds_no_answer_up(bot: LiveBot, trouble: str) -> None:
    faults = bot.discord.faults
    if trouble == "slow":
        faults.slow(*TYPING, 5)
    elif trouble == "limit":
        faults.limit(*TYPING, retry_after=5)
    else:
        getattr(faults, trouble)(*TYPING)
    began = time.monotonic()
    assert answered_once(await (await mention(bot.discord)).settled(PATIENCE))
    assert time.monotonic() - began < 5


async def test_while_nothing_answers_no_acknowledged_question_stays_without_a_word(bot: LiveBot) -> None:
    discord = bot.discord
    async with searching(bot.service):
        asked = [await ask(discord) for _ in range(5)]
        said = [await mention(discord) for _ in range(5)]
        await discord.until(lambda: all(one.acked for one in asked), PATIENCE)
        searched = bot.service.search_worker.threads + len(asked) + len(said)
        await discord.until(lambda: bot.service.search_worker.waiting == searched, PATIENCE)
        await discord.down()
    await asyncio.sleep(OUTAGE)
    ones: list[Exchange | Conversation] = [*asked, *said]
    assert not any(map(answered_once, ones))
    await discord.up()
    await discord.until(lambda: all(map(answered_once, ones)), PATIENCE)
    await discord.until(lambda: bot.client.greeted, PATIENCE)


# The acknowledgement


LATE_ACKS: dict[str, Callable[[Faults], object]] = {
    "lost": lambda faults: faults.lose(*ACK),
    "lost twice": lambda faults: faults.lose(*ACK, times=2),
    "cut": lambda faults: faults.cut(*ACK),
    "cut twice": lambda faults: faults.cut(*ACK, times=2),
    "500": lambda faults: faults.fail(*ACK, status=500),
    "429": lambda faults: faults.limit(*ACK, retry_after=0.3),
    "late": lambda faults: faults.slow(*ACK, 1.0),
    "answered late": lambda faults: faults.slow(*ACK, 5, answer_only=True),
    "all answered late": lambda faults: faults.slow(*ACK, 5, answer_only=True, times=None),
}


@pytest.mark.parametrize("storm", LATE_ACKS.values(), ids=LATE_ACKS)
async def test_an_acknowledgement_in_trouble_is_followed_by_one_answer(
    bot: LiveBot, storm: Callable[[Faults], object]
) -> None:
    storm(bot.discord.faults)
    asked = await ask(bot.discord)
    await bot.discord.until(lambda: answered_once(asked), 4.9)
    assert asked.acked_after is not None
    assert asked.acked_after < 3


async def test_an_interaction_that_is_too_old_is_let_be(
    bot: LiveBot, caplog: pytest.LogCaptureFixture
) -> None:
    asked = await ask(bot.discord)
    bot.discord.clock.advance(4)
    await bot.discord.until(lambda: "10062" in caplog.text, PATIENCE)
    assert not asked.acked
    assert answered_once(await (await ask(bot.discord)).settled(PATIENCE))
    # No search was wasted on it, and nobody is told of an incident.
    assert "incident" not in caplog.text


async def test_an_interaction_that_could_not_be_acknowledged_is_let_be(
    bot: LiveBot, caplog: pytest.LogCaptureFixture
) -> None:
    bot.discord.faults.cut(*ACK, times=None)
    asked = await ask(bot.discord)
    await bot.discord.until(lambda: "could not be acknowledged" in caplog.text, PATIENCE)
    bot.discord.faults.clear()
    assert not asked.acked
    assert not bot.service.search_worker.waiting


async def test_a_press_whose_acknowledgement_was_lost_takes_effect(bot: LiveBot) -> None:
    asked = await (await ask(bot.discord)).settled(PATIENCE)
    shown = await bot.unfolded(asked.interaction.user, asked.message, "dismiss")
    bot.discord.faults.lose(*ACK)
    dismissed = await bot.discord.click(asked.interaction.user, shown, "Dismiss")
    bot.discord.faults.lose("DELETE", "*/messages/@original")
    await bot.discord.until(lambda: asked.message is None, PATIENCE)
    await asyncio.sleep(0.3)
    assert not dismissed.followups


# Elsewhere than asked


async def test_where_the_bot_may_not_write_the_asker_is_told_directly(bot: LiveBot) -> None:
    discord = bot.discord
    discord.faults.lose(*SEND, times=2)  # the refusal itself, then the direct message
    said = await mention(discord, discord.sealed)
    await discord.until(lambda: direct_messages(discord, said.said.author), PATIENCE)
    await asyncio.sleep(0.3)
    (told,) = direct_messages(discord, said.said.author)
    assert "I am not allowed to write in the channel" in text_of(told)
    assert not said.message


async def test_whoever_takes_no_direct_messages_is_in_the_log(
    bot: LiveBot, caplog: pytest.LogCaptureFixture
) -> None:
    discord = bot.discord
    user = discord.world.add_user("Shy", takes_dms=False)
    discord.world.join(discord.guild, user)
    await discord.say(user, discord.sealed, f"{discord.mention()} what is new?")
    await discord.until(lambda: "somebody takes no direct messages" in caplog.text, PATIENCE)


async def test_what_came_of_a_long_change_is_told_directly_with_its_file(bot: LiveBot) -> None:
    discord = bot.discord
    file = upload("long.jsonl", *many(PORTION), "no JSON")
    added = await discord.command(discord.admin, discord.general, "corpus add", file=file)
    await discord.until(lambda: "indexing articles" in added.text.casefold(), PATIENCE)
    discord.clock.advance(60 * TOKEN_MINUTES)
    discord.faults.cut("POST", f"/channels/{discord.world.dm(discord.admin).id}/messages")
    await discord.until(lambda: direct_messages(discord, discord.admin), 60)
    (told,) = direct_messages(discord, discord.admin)
    assert f"{PORTION} new" in text_of(told)
    (attached,) = told.attachments
    assert b"long.jsonl" in discord.world.files[attached.id]


async def test_a_file_arrives_whole_at_a_second_try(bot: LiveBot) -> None:
    discord, held = bot.discord, asyncio.Event()
    free, loop = threading.Event(), asyncio.get_running_loop()

    def poll() -> None:
        """It has the corpus for a moment."""
        with bot.service.home.locked(PATIENCE):
            loop.call_soon_threadsafe(held.set)
            free.wait(PATIENCE)

    polling = asyncio.create_task(asyncio.to_thread(poll))
    await held.wait()
    added = await discord.command(
        discord.admin, discord.general, "corpus add", file=upload("short.jsonl", LIGHTHOUSE, "no JSON")
    )
    await discord.until(lambda: "Waiting until another change of the corpus" in added.text, PATIENCE)
    discord.faults.cut(*EDIT)
    free.set()
    await polling
    await discord.until(lambda: added.message and added.message.attachments, PATIENCE)
    assert added.message
    assert b"short.jsonl" in discord.world.files[added.message.attachments[0].id]


async def test_progress_that_cant_be_shown_is_left_out(
    bot: LiveBot, caplog: pytest.LogCaptureFixture
) -> None:
    discord = bot.discord
    discord.faults.cut(*EDIT)
    changed = [{**one, "id": f"again-{one['id']}", "text": f"Anew. {one['text']}"} for one in many(PORTION)]
    file = upload("again.jsonl", *changed)
    added = await discord.command(discord.admin, discord.general, "corpus add", file=file)
    await discord.until(lambda: f"{PORTION} new" in added.text, 60)
    assert "progress could not be shown" in caplog.text


# Trying again


async def test_what_fails_for_a_while_is_tried_until_it_is_done() -> None:
    failures = [OSError(), TimeoutError(), aiohttp.ServerDisconnectedError()]

    async def send() -> str:
        if failures:
            raise failures.pop()
        return "sent"

    assert await persist(send, time.monotonic() + 5, 0.01) == "sent"


async def test_what_fails_for_too_long_is_given_up_with_its_last_error() -> None:
    tries = []

    async def send() -> None:
        tries.append(time.monotonic())
        raise ConnectionRefusedError

    until = time.monotonic() + 0.2
    with pytest.raises(ConnectionRefusedError):
        await persist(send, until, 0.02)
    assert len(tries) == 4  # after 0, 20, 60 and 140 ms
    assert tries[-1] < until


async def test_what_is_no_trouble_of_the_network_is_raised_at_once() -> None:
    async def send() -> None:
        raise KeyError

    with pytest.raises(KeyError):
        await persist(send, time.monotonic() + 5)


async def test_all_pauses_of_an_outage_of_a_minute_end_soon_after_it() -> None:
    pause, at = send.FIRST_PAUSE, 0.0
    while at < 60:
        at += pause
        pause = min(2 * pause, send.LONGEST_PAUSE)
    assert at <= 75
