"""In a channel where everything is answered: what nobody put to the bot gets a sure answer, or nothing."""

import pytest
import pytest_asyncio

from bot.chat.preferences import AnswerPolicy
from tests.bot.platforms.platform import Platform, Room
from tests.bot.running_bot import FOREIGN, PASSING

pytestmark = pytest.mark.asyncio(loop_scope="module")

DOUBTFUL = "How old was the mine?"
"""A question that the sample answers, and not surely."""


@pytest_asyncio.fixture(loop_scope="module")
async def room(listening: Platform) -> Room:
    """A channel where everything is answered."""
    room = listening.new_room()
    await listening.prefer(room, answers=AnswerPolicy.EVERYTHING)
    return room


@pytest.mark.parametrize("question", [FOREIGN, DOUBTFUL, "who wants lunch?", "is this true?", "why?"])
async def test_what_is_not_surely_answered_is_left_to_people(
    listening: Platform, room: Room, question: str
) -> None:
    await listening.let_be(listening.ann, room, question)
    assert not listening.shown_in(room)
    assert not listening.typing_in(room)


@pytest.mark.parametrize("question", [FOREIGN, DOUBTFUL])
async def test_who_asks_the_bot_hears_that_there_is_no_sure_answer(
    listening: Platform, room: Room, question: str
) -> None:
    assert (await listening.call(listening.ann, room, question)).text


async def test_a_thread_of_people_in_which_the_bot_kept_silent_stays_theirs(
    listening: Platform, room: Room
) -> None:
    first = await listening.say(listening.ann, room, "Nice weather today.", wait=False)
    await listening.let_be(listening.kim, room, FOREIGN, to=first.said)
    await listening.prefer(room, answers=AnswerPolicy.MENTIONS)
    await listening.let_be(listening.kim, room, PASSING, to=first.said)


async def test_talk_too_fast_for_the_bot_is_passed_over_and_takes_nothing_from_who_asks_it(
    listening: Platform, room: Room
) -> None:
    await listening.prefer(room, answers=AnswerPolicy.EVERYTHING, person_limit=1)
    await listening.say(listening.kim, room, PASSING)
    said = await listening.say(listening.kim, room, PASSING, wait=False)
    asked = await listening.call(listening.kim, room)
    assert "Chosei" in asked.text
    assert not said.messages


async def test_where_it_may_not_write_nobody_is_told_who_did_not_ask(listening: Platform) -> None:
    await listening.prefer(listening.sealed, answers=AnswerPolicy.EVERYTHING)
    await listening.let_be(listening.moderator, listening.sealed, PASSING)
    assert not listening.told_alone(listening.moderator)


async def test_what_comes_too_late_is_left_to_people(listening: Platform, room: Room) -> None:
    worker = listening.service.search_worker
    async with listening.searching():
        patience, worker._deadline = worker._deadline, 0.1
        said = await listening.say(listening.ann, room, PASSING, wait=False)
        await listening.until(lambda: worker.waiting == worker.threads + 1)
        await listening.idle()
        worker._deadline = patience
    await listening.idle()
    assert not said.messages
