"""A question that is deleted takes its answer along: what was shown, what is kept, and what is under way."""

import pytest

from tests.bot.platforms.platform import Platform, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLACES = ["a channel", "a thread", "direct"]
CLAIM = "Lee and Takaichi agreed to identify remains at Chosei."


async def place(platform: Platform, kind: str) -> Room:
    """Where a question is asked."""
    if kind == "direct":
        return platform.direct(platform.ann)
    room = platform.new_room()
    return room if kind == "a channel" else await platform.new_thread(platform.ann, room)


@pytest.mark.parametrize("kind", PLACES)
async def test_the_answer_to_a_question_that_is_deleted_goes_with_it(platform: Platform, kind: str) -> None:
    """Of the message on which a thread hangs, its answer's, Slack says that it was changed."""
    room = await place(platform, kind)
    asked = await platform.call(platform.ann, room)
    other = await platform.call(platform.ann, room)
    before = await platform.kept(asked.said)
    answer, stays = asked.answer, other.answer
    await platform.press(platform.ann, answer, "more")  # what continues it goes too
    assert await platform.kept(asked.said) == before + 1
    await platform.delete(asked.said)
    await platform.until(lambda: not answer.is_there)
    await platform.idle()
    assert stays.is_there
    assert await platform.kept(asked.said) == 0
    assert await platform.kept(other.said) == before


async def test_a_question_that_is_deleted_while_it_is_searched_gets_no_answer(platform: Platform) -> None:
    room, before = platform.new_room(), platform.deletions
    async with platform.searching():
        asked = await platform.call(platform.ann, room, wait=False)
        worker = platform.service.search_worker
        await platform.until(lambda: worker.waiting == worker.threads + 1)
        await platform.delete(asked.said)
        await platform.until(lambda: platform.deletions > before)
    await platform.idle()
    assert not platform.shown_in(room)
    assert await platform.kept(asked.said) == 0


@pytest.mark.parametrize("late", [False, True], ids=["not there", "there"])
async def test_a_question_that_is_deleted_while_its_answer_is_sent_keeps_none(
    platform: Platform, late: bool
) -> None:
    """An answer that the platform has taken is taken away."""
    room = platform.new_room()
    held = platform.slow_answers(0.4, answered_late=late)
    asked = await platform.call(platform.ann, room, wait=False)
    await platform.until(lambda: platform.shown_in(room) if late else held.hits)
    await platform.delete(asked.said)
    await platform.idle()
    await platform.until(lambda: not platform.shown_in(room))
    assert await platform.kept(asked.said) == 0


async def test_what_was_checked_is_forgotten_when_it_is_deleted(platform: Platform) -> None:
    room = platform.new_room()
    said = await platform.say(platform.kim, room, CLAIM, wait=False)
    checked = await platform.check(platform.ann, said.said)
    assert await platform.kept(said.said) == 1
    await platform.delete(said.said)
    await platform.catch_up()
    await platform.idle()
    assert await platform.kept(said.said) == 0
    pressed = await platform.press(platform.ann, checked.answer, "why")
    assert pressed.text == "That answer is no longer kept. Please ask again."


async def test_an_answer_that_is_gone_already_is_forgotten_without_an_incident(platform: Platform) -> None:
    asked = await platform.call(platform.ann, platform.new_room())
    await platform.dismiss(platform.ann, asked.answer)
    await platform.delete(asked.said)
    await platform.catch_up()
    await platform.idle()
    assert await platform.kept(asked.said) == 0
