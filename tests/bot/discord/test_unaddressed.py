"""In a channel where everything is answered: what nobody put to the bot gets a sure answer, or nothing."""

import pytest
import pytest_asyncio

from bot.chat.preferences import Answers
from bot.chat.venue import Venue
from retrieval.ranking.confidence import SURE_AT
from tests.bot.discord.live import FOREIGN, PASSING, LiveBot
from tests.bot.discord.trouble import direct_messages, searching
from tools.local_discord import Channel

pytestmark = pytest.mark.asyncio(loop_scope="module")

DOUBTFUL = "How old was the mine?"
"""A question that the sample answers, and not surely."""


@pytest_asyncio.fixture(loop_scope="module")
async def room(listening: LiveBot) -> Channel:
    """A channel where everything is answered."""
    room = listening.discord.world.add_channel(listening.discord.guild, "news")
    await choose(listening, room, answers=Answers.EVERYTHING)
    listening.rest()
    return room


async def choose(live: LiveBot, channel: Channel, **values: object) -> None:
    venue = Venue("discord", channel.guild_id, channel.id)
    await live.service.settings.choose(venue, values, whole=False)


async def test_a_question_to_all_gets_an_answer_that_is_sure(listening: LiveBot, room: Channel) -> None:
    said = await listening.say(listening.discord.ann, room, PASSING)
    assert "Chosei" in said.text
    (percent,) = (line for line in said.text.splitlines() if "Confidence" in line)
    assert int(percent.rpartition(" ")[2].rstrip("%")) >= 100 * SURE_AT


@pytest.mark.parametrize("question", [FOREIGN, DOUBTFUL, "who wants lunch?", "is this true?", "why?"])
async def test_what_is_not_surely_answered_is_left_to_people(
    listening: LiveBot, room: Channel, question: str
) -> None:
    discord = listening.discord
    typed = len(discord._state.typing)
    await listening.say_unheard(discord.ann, room, question)
    assert not [one for one, _ in discord._state.typing[typed:] if one == room.id]
    assert not [one for one in discord.world.messages_in(room.id) if one.author == discord.bot]


@pytest.mark.parametrize("question", [FOREIGN, DOUBTFUL])
async def test_who_asks_the_bot_hears_that_there_is_no_sure_answer(
    listening: LiveBot, room: Channel, question: str
) -> None:
    discord = listening.discord
    said = await listening.say(discord.ann, room, f"{discord.mention()} {question}")
    assert said.text


async def test_talk_too_fast_for_the_bot_is_passed_over_and_takes_nothing_from_who_asks_it(
    listening: LiveBot, room: Channel
) -> None:
    discord = listening.discord
    await choose(listening, room, answers=Answers.EVERYTHING, person_limit=1)
    await listening.say(discord.kim, room, PASSING)
    await listening.say_unheard(discord.kim, room, PASSING)
    asked = await listening.say(discord.kim, room, f"{discord.mention()} {PASSING}")
    assert "Chosei" in asked.text


async def test_where_it_may_not_write_nobody_is_told_who_did_not_ask(listening: LiveBot) -> None:
    discord = listening.discord
    await choose(listening, discord.sealed, answers=Answers.EVERYTHING)
    listening.rest()
    listening.refusals[:] = ["Missing Permissions (50013)"]
    await listening.say_unheard(discord.moderator, discord.sealed, PASSING)
    assert not direct_messages(discord, discord.moderator)


async def test_what_comes_too_late_is_left_to_people(listening: LiveBot, room: Channel) -> None:
    worker = listening.service.search_worker
    async with searching(listening):
        patience, worker._deadline = worker._deadline, 0.1
        said = await listening.discord.say(listening.discord.ann, room, PASSING)
        await listening.discord.until(lambda: worker.waiting == 2)
        await listening.idle()
        worker._deadline = patience
    await listening.idle()
    assert said.message is None
