"""What is refused is refused at once, and nobody else on Discord sees even that the bot thinks."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import pytest_asyncio

from tests.bot.discord.live import PASSING, PATIENCE, LiveBot
from tests.bot.discord.trouble import direct_messages, somebody
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
