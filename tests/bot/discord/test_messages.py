"""Messages that are no simple mention, and edits of them."""

from dataclasses import replace

import pytest

from tests.bot.discord.live import LiveBot
from tests.bot.discord.trouble import PASSED
from tests.bot.running_bot import PASSING
from tools.local_discord import Message, MessageType, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_other_bots_are_not_answered(live: LiveBot) -> None:
    discord = live.discord
    other = discord.world.add_user("Other Bot")
    robot = replace(other, bot=True)
    discord.world.users[other.id] = robot
    discord.world.join(discord.guild, robot)
    await live.say_unheard(robot, discord.general, f"{discord.mention()} {PASSING}")


async def test_what_the_system_says_is_not_answered(live: LiveBot) -> None:
    discord = live.discord
    said = await discord.say(discord.ann, discord.general, "Hello all")
    joined = replace(
        said.said,
        id=discord.clock.new_id(),
        type=MessageType.THREAD_CREATED,
        content=f"{discord.mention()} {PASSING}",
        mentioned=(discord.bot,),
    )
    discord.world.keep_message(joined)
    discord.publish("MESSAGE_CREATE", joined)
    await live.say(discord.admin, discord.random, f"{discord.mention()} {PASSING}")
    assert not [one for one in discord.world.messages_in(discord.general.id) if one.reply_to == joined.id]


async def test_who_else_is_named_is_asked_about_by_name(live: LiveBot) -> None:
    discord = live.discord
    text = f"{discord.mention()} what did {discord.mention(discord.sato)} agree about the Chosei coal mine?"
    said = await live.say(discord.ann, discord.general, text)
    assert said.message
    again = await live.press(discord.ann, said.message, "why")
    assert again.message
    chat_store = live.service.chat_store
    (asked,) = chat_store.rows("SELECT body FROM answers ORDER BY rowid DESC LIMIT 1")
    assert "what did Sato agree about the Chosei coal mine?" in asked[0]
    assert discord.sato.id not in asked[0]


async def test_who_else_is_addressed_is_not_asked_about(live: LiveBot) -> None:
    discord = live.discord
    text = f"{discord.mention(discord.sato)} <:wave:123> {discord.mention()} {PASSING}"
    said = await live.say(discord.ann, discord.general, text)
    assert said.message
    (asked,) = live.service.chat_store.rows("SELECT body FROM answers ORDER BY rowid DESC LIMIT 1")
    assert PASSING in asked[0]
    assert "Sato" not in asked[0]
    assert "wave" not in asked[0]


async def test_the_language_of_a_message_is_seen_in_its_letters(live: LiveBot) -> None:
    discord = live.discord
    korean = await live.say(
        discord.ann, discord.general, f"{discord.mention()} 나라 정상회담에서 무엇을 합의했나요?"
    )
    assert "Confidence" not in korean.text
    in_korean_server = await live.say(discord.ann, discord.elsewhere, f"{discord.mention()} {PASSING}")
    assert "Confidence" not in in_korean_server.text  # the server's own language


async def test_who_calls_the_role_where_discord_shows_no_words_is_told_the_way(live: LiveBot) -> None:
    discord = live.discord
    said = await live.say(discord.ann, discord.general, f"<@&{discord.own_role.id}> {PASSING}")
    assert "mention me by my name" in said.text


# Edits


async def edited(live: LiveBot, message: Message, text: str) -> None:
    """A message, edited, and whatever comes of it."""
    discord = live.discord
    discord.clock.advance(1)
    await discord.edit(discord.world.messages[message.id], text)
    await live.say(discord.admin, discord.random, f"{discord.mention()} {PASSING}")


async def test_an_old_message_becomes_no_question_by_an_edit(live: LiveBot) -> None:
    discord = live.discord
    said = await discord.say(discord.ann, discord.general, PASSING)
    old = replace(said.said, id=str(int(said.said.id) - (2 * 86_400_000 << 22)))
    discord.world.keep_message(old)
    await edited(live, old, f"{discord.mention()} {PASSING}")
    assert not [one for one in discord.world.messages_in(old.channel_id) if one.reply_to == old.id]


async def test_an_answer_that_was_edited_too_often_stays_as_it_is(live: LiveBot) -> None:
    discord = live.discord
    said = await live.say(discord.ann, discord.general, f"{discord.mention()} {PASSING}")
    before = said.text
    assert PASSED in before
    refused = discord.faults.refuse("PATCH", "/channels/*/messages/*", status=400, code=30046)
    await edited(live, said.said, f"{discord.mention()} How many did the flood of the Chosei coal mine kill?")
    assert refused.hits
    assert [text_of(one) for one in said.replies] == [before]
