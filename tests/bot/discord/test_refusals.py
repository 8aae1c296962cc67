"""What is refused goes to who asked, alone; the others see nothing of it, in whatever way it was asked."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from bot.chat.preferences import Answers
from bot.chat.venue import Venue
from bot.cli.composition import LoadModel
from bot.runtime.worker import QUEUE
from tests.bot.discord.live import PASSING, PATIENCE, LiveBot, live_bot
from tests.bot.discord.trouble import direct_messages, searching, somebody
from tools.local_discord import MESSAGE_RESPONSE, Channel, Exchange, Message, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(autouse=True)
def rested(live: LiveBot) -> Iterator[None]:
    """Nobody has asked too often, and no setting outlives a test."""
    live.rest()
    yield
    live.refusals.clear()


@pytest_asyncio.fixture(loop_scope="module")
async def room(live: LiveBot) -> Channel:
    """A channel that nothing was said in."""
    return live.discord.world.add_channel(live.discord.guild, "quiet")


async def choose(live: LiveBot, channel: Channel, **values: object) -> None:
    venue = Venue("discord", channel.guild_id, channel.id)
    await live.service.settings.choose(venue, values, whole=False)


def seen_by_all(live: LiveBot, channel: Channel) -> list[Message]:
    """What the bot has said in a channel for everybody."""
    messages = live.discord.world.messages_in(channel.id)
    return [one for one in messages if one.author == live.discord.bot and not one.ephemeral]


def assert_told_alone(live: LiveBot, exchange: Exchange, channel: Channel) -> None:
    """It was said at once, to who asked, and nobody else has seen even that the bot thinks."""
    assert exchange.ack_type == MESSAGE_RESPONSE
    assert exchange.message
    assert exchange.message.viewer_id == exchange.interaction.user.id
    assert not seen_by_all(live, channel)


def assert_taken_back(live: LiveBot, exchange: Exchange, channel: Channel, words: str) -> None:
    """It was said to who asked, alone, and what had been promised to all is gone."""
    assert exchange.message is None
    (told,) = exchange.followups
    assert words in text_of(told)
    assert told.viewer_id == exchange.interaction.user.id
    assert not seen_by_all(live, channel)


async def told(live: LiveBot, exchange: Exchange) -> None:
    """Wait until something is said beside the message."""
    await live.discord.until(lambda: exchange.followups, PATIENCE)


# /ask and /latest


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"since": "soon"}, "“soon” is not a date I know"),
        ({"since": "2026-03", "until": "2026-02"}, "The first date is after the last one"),
        ({"source": "The Pots"}, "There is no source “the pots” here"),
        ({"collection": "bored"}, "There is no collection “bored” here"),
        ({"question": "?!"}, "The question has no words"),
        ({"question": "\u200b"}, "The question is empty"),
    ],
)
async def test_a_question_that_can_not_be_searched_is_refused_to_its_asker_alone(
    live: LiveBot, room: Channel, options: dict[str, str], words: str
) -> None:
    asked = await live.ask(live.discord.ann, room, **options)
    assert words in asked.text
    assert_told_alone(live, asked, room)


async def test_who_asks_too_fast_is_told_alone(live: LiveBot, room: Channel) -> None:
    ann = live.discord.ann
    await choose(live, room, person_limit=1)
    await live.ask(ann, room)
    before = seen_by_all(live, room)
    for again in (await live.ask(ann, room), await live.command(ann, room, "latest")):
        assert "You ask faster than is allowed here" in again.text
        assert again.ack_type == MESSAGE_RESPONSE
        assert again.message
        assert again.message.viewer_id == ann.id
    assert seen_by_all(live, room) == before


async def test_where_no_collection_is_open_the_asker_alone_is_told(live: LiveBot, room: Channel) -> None:
    await choose(live, room, collections=("vanished",))
    for name, options in (("ask", {"question": PASSING}), ("latest", {})):
        asked = await live.command(live.discord.ann, room, name, **options)
        assert "There is nothing to search here" in asked.text
        assert_told_alone(live, asked, room)


async def test_where_the_queue_is_full_the_asker_alone_is_told(live: LiveBot, room: Channel) -> None:
    discord, worker = live.discord, live.service.search_worker
    async with searching(live):
        tenant = f"discord:{discord.guild.id}"
        waiting = [asyncio.create_task(worker.run(lambda: None, tenant=tenant)) for _ in range(QUEUE)]
        await asyncio.sleep(0)
        for name, options in (("ask", {"question": PASSING}), ("latest", {"topic": "Nara"})):
            asked = await live.command(somebody(discord), room, name, **options)
            assert asked.text.startswith("Busy:")
            assert_told_alone(live, asked, room)
    await asyncio.gather(*waiting)


async def test_a_topic_without_words_is_refused_to_its_asker_alone(live: LiveBot, room: Channel) -> None:
    asked = await live.command(live.discord.ann, room, "latest", topic="?!")
    assert "no words to search for" in asked.text
    assert_told_alone(live, asked, room)


async def test_what_comes_too_late_is_told_to_its_asker_alone(live: LiveBot, room: Channel) -> None:
    ann, worker = live.discord.ann, live.service.search_worker
    async with searching(live):
        patience, worker._deadline = worker._deadline, 0.1
        for name, options in (("ask", {"question": PASSING}), ("latest", {"topic": "Nara"})):
            late = await live.discord.command(ann, room, name, **options)
            await told(live, late)
            assert_taken_back(live, late, room, "This took too long")
        worker._deadline = patience


async def test_an_answer_that_discord_does_not_take_leaves_nothing_for_all(
    live: LiveBot, room: Channel
) -> None:
    """A layout that is refused, as if it were a bug."""
    live.discord.faults.fail("PATCH", "/webhooks/*/messages/@original", status=400)
    asked = await live.ask(live.discord.ann, room)
    assert_taken_back(live, asked, room, "Something went wrong on my side")
    live.incidents.lines.clear()


async def test_where_the_token_ends_with_the_message_the_asker_is_told_directly(
    live: LiveBot, room: Channel
) -> None:
    discord = live.discord
    person = somebody(discord)
    discord.faults.fail("PATCH", "/webhooks/*/messages/@original", status=400)
    discord.faults.refuse("POST", "/webhooks/*", status=404, code=10008)
    await discord.command(person, room, "ask", question=PASSING)
    await discord.until(lambda: direct_messages(discord, person), PATIENCE)
    await live.idle()
    assert "Something went wrong on my side" in text_of(direct_messages(discord, person)[0])
    assert not seen_by_all(live, room)
    live.incidents.lines.clear()


# Presses


async def test_an_answer_of_somebody_else_is_not_shared_and_nobody_else_hears_of_it(
    live: LiveBot, room: Channel
) -> None:
    """A press can be forged: only Ann sees her answer's buttons."""
    discord = live.discord
    private = await live.ask(discord.ann, room, private=True)
    assert private.message
    world = discord.world
    seen = world.keep_message(replace(private.message, viewer_id=discord.moderator.id))
    shared = await live.press(discord.moderator, seen, "share")
    assert "Only the person who asked, or a moderator, can do that." in shared.text
    assert shared.message
    assert shared.message.viewer_id == discord.moderator.id
    assert not seen_by_all(live, room)


async def test_what_can_not_be_shared_any_more_is_said_to_its_asker_alone(
    live: LiveBot, room: Channel
) -> None:
    ann = live.discord.ann
    asked = await live.ask(ann, room, private=True)
    chat_store = live.service.chat_store
    await live.service.db_worker.run(chat_store.write, "DELETE FROM answers WHERE person = ?", (ann.id,))
    shared = await live.press(ann, asked.message, "share")
    assert "That answer is no longer kept" in shared.text
    assert_told_alone(live, shared, room)


# Nothing here


async def test_where_nothing_is_answered_nothing_is_said_for_all_however_it_is_asked(
    live: LiveBot, room: Channel
) -> None:
    discord, ann = live.discord, live.discord.ann
    claim = await discord.say(discord.kim, room, "They say the Chosei mine flood killed 183 people in 1942.")
    public = await live.ask(ann, room, since="2026-01-01")
    private = await live.ask(ann, room, private=True)
    before = seen_by_all(live, room)
    await choose(live, room, answers=Answers.NOWHERE)
    off = "Answers are switched off in this channel."
    for exchange in (
        await live.ask(ann, room),
        await live.command(ann, room, "latest"),
        await live.check(ann, claim.said),
        await live.press(ann, private.message, "share"),
        await live.press(ann, public.message, "more"),
    ):
        assert exchange.text == off
        assert exchange.message
        assert exchange.message.viewer_id == ann.id
    for act in ("widen", "thread"):
        pressed = await live.press(ann, public.message, act)
        (aside,) = pressed.followups
        assert text_of(aside) == off
        assert aside.viewer_id == ann.id
    await live.say_unheard(ann, room, f"{discord.mention()} {PASSING}")
    await live.say_unheard(ann, room, "And how many people died there?", reply_to=public.message)
    assert seen_by_all(live, room) == before
    assert not [one for one in discord.world.channels.values() if one.parent_id == room.id]


# After a crash


async def test_what_is_refused_after_a_crash_leaves_nothing_for_all(
    load: LoadModel, sample_home: Path
) -> None:
    """An answer was promised to all when the process ended; at the next start the channel is switched off."""
    async with live_bot(load, sample_home) as live:
        discord = live.discord
        async with searching(live):
            asked = await discord.command(discord.ann, discord.general, "ask", question=PASSING)
            await discord.until(lambda: live.service.search_worker.waiting == 2, PATIENCE)
            for task in live.client.dispatcher.gate._under_way:
                task.cancel()
        await choose(live, discord.general, answers=Answers.NOWHERE)
        assert seen_by_all(live, discord.general)
        await live.restart()
        await discord.until(lambda: asked.followups, PATIENCE)
        assert_taken_back(live, asked, discord.general, "Answers are switched off in this channel.")
