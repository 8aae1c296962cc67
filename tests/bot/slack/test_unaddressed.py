"""In a channel where everything is answered: what nobody put to the bot gets a sure answer, or nothing."""

import pytest
import pytest_asyncio

from bot.chat.preferences import Answers
from tests.bot.discord.live import FOREIGN, PASSING
from tests.bot.discord.test_unaddressed import DOUBTFUL
from tests.bot.slack.live import LiveBot
from tools.local_slack import Channel

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def room(live: LiveBot) -> Channel:
    """A channel where everything is answered."""
    await choose(live, live.slack.random, answers=Answers.EVERYTHING)
    live.rest()
    return live.slack.random


async def choose(live: LiveBot, channel: Channel, **values: object) -> None:
    await live.service.settings.choose(live.venue(channel), values, whole=False)


async def test_a_question_to_all_gets_an_answer_that_is_sure(live: LiveBot, room: Channel) -> None:
    said = await live.say(live.slack.ann, room, PASSING)
    assert "Chosei" in said.text


@pytest.mark.parametrize("question", [FOREIGN, DOUBTFUL, "who wants lunch?", "is this true?"])
async def test_what_is_not_surely_answered_is_left_to_people(
    live: LiveBot, room: Channel, question: str
) -> None:
    await live.say_unheard(live.slack.ann, room, question)


async def test_a_thread_of_people_in_which_the_bot_kept_silent_stays_theirs(
    live: LiveBot, room: Channel
) -> None:
    first = await live.slack.say(live.slack.ann, room, "Nice weather today.")
    assert first.said
    await live.say_unheard(live.slack.kim, room, FOREIGN, thread_ts=first.said.ts)
    assert not live.app.requests.venue(room.id, first.said.ts).own


async def test_talk_too_fast_for_the_bot_is_passed_over_and_takes_nothing_from_who_asks_it(
    live: LiveBot, room: Channel
) -> None:
    slack = live.slack
    await choose(live, room, person_limit=1)
    await live.say(slack.ann, room, PASSING)
    await live.say_unheard(slack.ann, room, PASSING)
    asked = await live.say(slack.ann, room, f"{slack.mention()} {PASSING}")
    assert "Chosei" in asked.text
    await choose(live, room, person_limit=None)
