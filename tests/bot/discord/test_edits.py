"""What Discord alone knows of edits: their age, their number, and that they are told again."""

from dataclasses import replace

import pytest

from tests.bot.discord.live import PASSING, LiveBot
from tools.local_discord import Channel, Message, User, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")
OTHER = "How many people did the flood of the Chosei coal mine kill?"


@pytest.fixture(autouse=True)
def rested(live: LiveBot) -> None:
    """Nobody has asked too often, and Discord may say that an answer is gone."""
    live.rest()
    live.refusals[:] = ["Unknown Message (10008)"]


async def asked(live: LiveBot, user: User, channel: Channel, text: str) -> tuple[Message, Message]:
    """A question in a message, and its answer."""
    said = await live.say(user, channel, text)
    assert said.message
    return said.said, said.message


async def edited(live: LiveBot, message: Message, text: str) -> None:
    """A message, edited, and whatever comes of it."""
    discord = live.discord
    discord.clock.advance(1)
    await discord.edit(discord.world.messages[message.id], text)
    await live.say(discord.admin, discord.random, f"{discord.mention()} {PASSING}")
    live.rest()


def answers(live: LiveBot, question: Message) -> list[Message]:
    """What the bot has written since a question where it was asked."""
    found = live.discord.world.messages_in(question.channel_id)
    return [one for one in found if one.author == live.discord.bot and int(one.id) > int(question.id)]


async def test_an_old_message_becomes_no_question_by_an_edit(live: LiveBot) -> None:
    discord = live.discord
    said = await discord.say(discord.ann, discord.general, PASSING)
    old = replace(said.said, id=str(int(said.said.id) - (2 * 86_400_000 << 22)))
    discord.world.keep_message(old)
    await edited(live, old, f"{discord.mention()} {PASSING}")
    assert not [one for one in answers(live, old) if one.reply_to == old.id]


async def test_an_answer_that_was_edited_too_often_stays_as_it_is(live: LiveBot) -> None:
    discord = live.discord
    question, answer = await asked(live, discord.ann, discord.general, f"{discord.mention()} {PASSING}")
    discord.faults.refuse("PATCH", "/channels/*/messages/*", status=400, code=30046)
    await edited(live, question, f"{discord.mention()} {OTHER}")
    (stands,) = answers(live, question)
    assert text_of(stands) == text_of(answer)
