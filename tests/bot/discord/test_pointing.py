"""Messages that point to another one, or call the bot by its role."""

from dataclasses import replace
from typing import Any

import pytest

from tests.bot.discord.live import PASSING, PATIENCE, LiveBot
from tools.local_discord import Message, MessageFlag, MessageType

pytestmark = pytest.mark.asyncio(loop_scope="module")

CLAIM = "They say the Chosei mine flood killed 183 people in 1942."
FOUND = "**The flood killed 183 people.**"


@pytest.fixture(autouse=True)
def rested(listening: LiveBot) -> None:
    listening.rest()


def shaped(live: LiveBot, **parts: Any) -> Message:
    """A message of another bot's with these parts and no text."""
    world = live.discord.world
    author = replace(world.add_user("Wire"), bot=True)
    said = Message(
        id=live.discord.clock.new_id(),
        channel_id=live.discord.general.id,
        guild_id=live.discord.guild.id,
        author=author,
        type=MessageType.DEFAULT,
        sent=live.discord.clock.now(),
        **parts,
    )
    return world.keep_message(said)


EMBED = {"type": "rich", "title": "The Chosei mine", "description": "The flood killed 183 people in 1942."}
LAYOUT = {
    "type": 17,
    "id": 1,
    "accent_color": None,
    "spoiler": False,
    "components": [{"type": 10, "id": 2, "content": CLAIM}],
}


# Called by its role


async def test_the_bots_own_role_calls_it_as_its_name_does(listening: LiveBot) -> None:
    discord = listening.discord
    said = await listening.say(discord.ann, discord.general, f"<@&{discord.own_role.id}> {PASSING}")
    assert "Chosei" in said.text
    assert "understood" not in said.text


async def test_a_role_of_people_is_not_the_bots(listening: LiveBot) -> None:
    discord = listening.discord
    await listening.say_unheard(discord.ann, discord.general, f"<@&{discord.editor_role.id}> {PASSING}")


# What a message points to


@pytest.mark.parametrize("words", ["is this true?", "", "source?", "fact check please"])
async def test_a_mention_in_reply_to_somebodys_message_checks_that_message(
    listening: LiveBot, words: str
) -> None:
    discord = listening.discord
    claim = await discord.say(discord.kim, discord.general, CLAIM)
    asked = f"{discord.mention()} {words}"
    said = await listening.say(discord.ann, discord.general, asked, reply_to=claim.said)
    assert said.text.startswith("-# Checked against the news\n**They say the Chosei mine flood")
    assert FOUND in said.text


@pytest.mark.parametrize(
    ("words", "claim"),
    [("이거 사실이야?", "조세이 탄광 사고로 183명이 숨졌다고 해요."), ("これ本当ですか", CLAIM)],
)
async def test_it_is_asked_in_three_languages(listening: LiveBot, words: str, claim: str) -> None:
    discord = listening.discord
    pointed = await discord.say(discord.moderator, discord.general, claim)
    asked = f"{discord.mention()} {words}"
    said = await listening.say(discord.admin, discord.general, asked, reply_to=pointed.said)
    assert claim[:10] in said.text


@pytest.mark.parametrize(
    "parts",
    [
        {"embeds": (EMBED,)},
        {"embeds": (EMBED,), "content": "https://wire.example/2026/chosei"},
        {"components": (LAYOUT,), "flags": MessageFlag.COMPONENTS_V2},
    ],
    ids=["an embed", "an address with its embed", "a layout"],
)
async def test_the_words_of_embeds_and_layouts_are_checked(listening: LiveBot, parts: dict[str, Any]) -> None:
    discord = listening.discord
    wire = shaped(listening, **parts)
    checked = await listening.check(discord.ann, wire)
    said = await listening.say(
        discord.ann, discord.general, f"{discord.mention()} is this real?", reply_to=wire
    )
    for text in (checked.text, said.text):
        assert FOUND in text
        assert "https" not in text.splitlines()[1]


async def test_a_forwarded_message_is_checked_as_the_message_that_it_is(listening: LiveBot) -> None:
    """Directly, from the message's menu, and by a mention in reply to it."""
    discord = listening.discord
    claim = await discord.say(discord.kim, discord.general, CLAIM)
    direct = await discord.forward(discord.ann, discord.world.dm(discord.ann), claim.said)
    await direct.settled(PATIENCE)
    forwarded = await discord.forward(discord.kim, discord.random, claim.said)
    checked = await listening.check(discord.ann, forwarded.said)
    for text in (direct.text, checked.text):
        assert text.startswith("-# Checked against the news\n**They say the Chosei mine flood")
        assert FOUND in text


async def test_a_forwarded_message_that_is_replied_to_is_checked(listening: LiveBot) -> None:
    discord = listening.discord
    claim = await discord.say(discord.kim, discord.general, CLAIM)
    forwarded = await discord.forward(discord.kim, discord.random, claim.said)
    asked = f"{discord.mention()} really?"
    said = await listening.say(discord.ann, discord.random, asked, reply_to=forwarded.said)
    assert FOUND in said.text


async def test_a_message_without_words_can_not_be_checked_and_says_so(listening: LiveBot) -> None:
    discord = listening.discord
    picture = shaped(listening, content="https://wire.example/picture.png")
    checked = await listening.check(discord.ann, picture)
    assert checked.text == "There are no words in that message that I could look up."


async def test_a_question_in_reply_to_somebody_stays_a_question(listening: LiveBot) -> None:
    discord = listening.discord
    claim = await discord.say(discord.kim, discord.general, CLAIM)
    asked = f"{discord.mention()} {PASSING}"
    said = await listening.say(discord.ann, discord.general, asked, reply_to=claim.said)
    assert "Checked against the news" not in said.text
    assert "Chosei" in said.text


async def test_whether_an_answer_is_true_goes_on_from_the_answer(listening: LiveBot) -> None:
    discord = listening.discord
    first = await listening.say(discord.ann, discord.general, f"{discord.mention()} {PASSING}")
    then = await listening.say(discord.ann, discord.general, "is this true?", reply_to=first.message)
    assert "Checked against the news" not in then.text
    assert "Mention me in a reply" not in then.text
