"""What Discord does not take: its asker is told in plain words, alone, and nobody else sees even that the bot
thinks."""

from collections.abc import Iterator

import pytest
import pytest_asyncio

from tests.bot.discord.live import LiveBot
from tests.bot.discord.trouble import direct_messages, somebody
from tests.bot.running_bot import PASSING, PATIENCE
from tools.local_discord import MESSAGE_RESPONSE, Channel, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

MODERATED = "The moderation rules of this place block my answer"


@pytest.fixture(autouse=True)
def calm(live: LiveBot) -> Iterator[None]:
    """No fault outlives a test."""
    yield
    live.discord.faults.clear()


@pytest_asyncio.fixture(loop_scope="module")
async def room(live: LiveBot) -> Channel:
    """A channel that nothing was said in."""
    return live.discord.world.add_channel(live.discord.guild, "quiet")


async def test_what_is_refused_is_said_at_once_and_nobody_sees_even_that_the_bot_thinks(
    live: LiveBot, room: Channel
) -> None:
    asked = await live.ask(live.discord.ann, room, since="soon")
    assert asked.ack_type == MESSAGE_RESPONSE
    assert asked.message
    assert asked.message.viewer_id == live.discord.ann.id


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
    assert not [one for one in discord.world.messages_in(room.id) if one.author == discord.bot]
    live.incidents.lines.clear()


# What a server's moderation does not let through


@pytest.mark.parametrize("code", [200000, 240000])
async def test_an_answer_to_a_command_that_is_not_let_through_is_told_to_its_asker_alone(
    live: LiveBot, code: int
) -> None:
    discord = live.discord
    discord.faults.refuse("PATCH", "/webhooks/*/messages/@original", status=400, code=code)
    asked = await discord.command(discord.ann, discord.general, "ask", question=PASSING)
    await discord.until(lambda: asked.followups, PATIENCE)
    await live.idle()
    (told,) = asked.followups
    assert MODERATED in text_of(told)
    assert told.viewer_id == discord.ann.id
    assert asked.message is None
    assert not live.incidents.lines


@pytest.mark.parametrize("code", [200000, 240000])
async def test_an_answer_to_a_mention_that_is_not_let_through_is_told_directly(
    live: LiveBot, code: int
) -> None:
    discord = live.discord
    person = somebody(discord)
    discord.faults.refuse("POST", f"/channels/{discord.general.id}/messages", status=400, code=code)
    said = await discord.say(person, discord.general, f"{discord.mention()} {PASSING}")
    await discord.until(lambda: direct_messages(discord, person), PATIENCE)
    await live.idle()
    (told,) = direct_messages(discord, person)
    assert MODERATED in text_of(told)
    assert said.message is None
    assert not live.incidents.lines


async def test_an_answer_that_is_not_let_through_when_it_is_shared_is_told_to_its_asker_alone(
    live: LiveBot,
) -> None:
    discord = live.discord
    private = await live.ask(discord.ann, discord.general, private=True)
    discord.faults.refuse("PATCH", "/webhooks/*/messages/@original", status=400, code=200000)
    shared = await live.press(discord.ann, private.message, "share")
    (told,) = shared.followups
    assert MODERATED in text_of(told)
    assert told.viewer_id == discord.ann.id
    assert not live.incidents.lines


async def test_a_thread_whose_name_is_not_taken_is_no_incident(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general)
    discord.faults.refuse("POST", "/channels/*/messages/*/threads", status=400, code=200001)
    pressed = await live.press(discord.ann, asked.message, "thread")
    (told,) = pressed.followups
    assert "do not allow your question as the name of a thread" in text_of(told)
    assert not live.incidents.lines


async def test_the_answers_to_questions_that_a_moderator_deletes_at_once_go_with_them(live: LiveBot) -> None:
    discord = live.discord
    live.refusals[:] = ["REPLIES_UNKNOWN_MESSAGE", "Unknown Message"]
    room = discord.add_channel(discord.guild, "room")
    asked = [
        await live.say(who, room, f"{discord.mention()} {PASSING}") for who in (discord.ann, discord.kim)
    ]
    answers = [one.message.id for one in asked if one.message]
    await discord.purge(*(one.said for one in asked))
    await discord.until(lambda: not set(answers) & discord.world.messages.keys(), PATIENCE)
    await live.idle()
    assert len(answers) == 2
    tenant, chat_store = f"discord:{discord.guild.id}", live.service.chat_store
    assert [chat_store.answers.to_question(tenant, one.said.id) for one in asked] == [[], []]
