"""A question that is deleted takes its answer along: what was shown, what is kept, and what is under way."""

import pytest

from bot.chat.venue import Venue
from tests.bot.discord.live import PASSING, PATIENCE, LiveBot
from tests.bot.discord.trouble import searching
from tools.local_discord import Channel, LocalDiscord

pytestmark = pytest.mark.asyncio(loop_scope="module")

DIRECT = "direct"
PLACES = ["a channel", "a thread", DIRECT]


@pytest.fixture(autouse=True)
def rested(live: LiveBot) -> None:
    """Nobody has asked too often, and what is deleted may be gone before."""
    live.rest()
    live.refusals[:] = ["Unknown message", "Unknown Message"]


async def place(live: LiveBot, kind: str) -> Channel:
    """Where a question is asked."""
    discord = live.discord
    if kind == DIRECT:
        return discord.world.dm(discord.ann)
    room = discord.add_channel(discord.guild, "room")
    if kind == "a channel":
        return room
    return await live.open_thread(discord.ann, (await live.ask(discord.ann, room)).message)


async def kept_of(live: LiveBot, room: Channel, question: str) -> int:
    """How many answers to a message are on record."""
    tenant = Venue("discord", room.guild_id, room.id).tenant
    chat_store = live.service.chat_store
    return len(await live.service.db_worker.run(chat_store.answers.to_question, tenant, question))


def written_in(discord: LocalDiscord, room: Channel) -> list[str]:
    """The bot's answers in a channel."""
    found = discord.world.messages_in(room.id)
    return [one.id for one in found if one.author == discord.bot and one.components and not one.ephemeral]


@pytest.mark.parametrize("kind", PLACES)
async def test_the_answer_to_a_question_that_is_deleted_goes_with_it(live: LiveBot, kind: str) -> None:
    discord = live.discord
    room = await place(live, kind)
    before = written_in(discord, room)
    said = await live.say(discord.ann, room, f"{discord.mention()} {PASSING}")
    other = await live.say(discord.ann, room, f"{discord.mention()} {PASSING}")
    assert said.message
    assert other.message
    answer = other.message.id
    assert await kept_of(live, room, said.said.id) == 1
    await live.press(discord.ann, said.message, "more")  # what continues it goes too
    assert await kept_of(live, room, said.said.id) == 2
    await discord.delete(said.said)
    await discord.until(lambda: written_in(discord, room) == [*before, answer], PATIENCE)
    await live.idle()
    assert await kept_of(live, room, said.said.id) == 0
    assert await kept_of(live, room, other.said.id) == 1


async def test_the_answers_to_questions_that_a_moderator_deletes_at_once_go_with_them(live: LiveBot) -> None:
    discord = live.discord
    room = await place(live, "a channel")
    asked = [
        await live.say(who, room, f"{discord.mention()} {PASSING}") for who in (discord.ann, discord.kim)
    ]
    await discord.purge(*(one.said for one in asked))
    await discord.until(lambda: not written_in(discord, room), PATIENCE)
    await live.idle()
    assert [await kept_of(live, room, one.said.id) for one in asked] == [0, 0]


async def test_a_question_that_is_deleted_while_it_is_searched_gets_no_answer(live: LiveBot) -> None:
    discord = live.discord
    room = await place(live, "a channel")
    async with searching(live):
        said = await discord.say(discord.ann, room, f"{discord.mention()} {PASSING}")
        await discord.until(lambda: live.service.worker.waiting == 2, PATIENCE)
        await discord.delete(said.said)
        await discord.until(lambda: live.client.dispatcher.messages._deleted, PATIENCE)
    await live.idle()
    assert not written_in(discord, room)
    assert await kept_of(live, room, said.said.id) == 0


@pytest.mark.parametrize("late", [False, True])
async def test_a_question_that_is_deleted_while_its_answer_is_sent_keeps_none(
    live: LiveBot, late: bool
) -> None:
    """Discord takes no reply to a message that is not there; one that it had taken is taken away."""
    discord = live.discord
    room = await place(live, "a channel")
    held = discord.faults.slow("POST", f"/channels/{room.id}/messages", 0.4, answer_only=late)
    said = await discord.say(discord.ann, room, f"{discord.mention()} {PASSING}")
    await discord.until(lambda: written_in(discord, room) if late else held.hits, PATIENCE)
    await discord.delete(said.said)
    await live.idle()
    await discord.until(lambda: not written_in(discord, room), PATIENCE)
    assert await kept_of(live, room, said.said.id) == 0


async def test_what_was_checked_is_forgotten_when_it_is_deleted(live: LiveBot) -> None:
    discord = live.discord
    room = await place(live, "a channel")
    said = await discord.say(discord.kim, room, "Lee and Takaichi agreed to identify remains at Chosei.")
    checked = await live.check(discord.ann, said.said)
    assert await kept_of(live, room, said.said.id) == 1
    await discord.delete(said.said)
    await live.say(discord.admin, discord.random, f"{discord.mention()} {PASSING}")
    await live.idle()
    assert await kept_of(live, room, said.said.id) == 0
    pressed = await live.press(discord.ann, checked.message, "why")
    assert pressed.text == "That answer is no longer kept. Please ask again."


async def test_an_answer_that_is_gone_already_is_forgotten_without_an_incident(live: LiveBot) -> None:
    discord = live.discord
    room = await place(live, "a channel")
    said = await live.say(discord.ann, room, f"{discord.mention()} {PASSING}")
    assert said.message
    await live.dismiss(discord.ann, said.message)
    await discord.delete(said.said)
    await live.say(discord.admin, discord.random, f"{discord.mention()} {PASSING}")
    await live.idle()
    assert await kept_of(live, room, said.said.id) == 0
