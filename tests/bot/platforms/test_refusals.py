"""What is refused goes to who asked, alone; the others see nothing of it, in whatever way it was asked."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.chat.preferences import AnswerPolicy
from bot.cli.composition import LoadModel
from bot.runtime.worker import QUEUE
from tests.bot.platforms.platform import FURTHER, Outcome, Platform, Room
from tests.bot.running_bot import PASSING

pytestmark = pytest.mark.asyncio(loop_scope="module")

OFF = "Answers are switched off in this channel."
FAST = "You ask faster than is allowed here"
CLAIM = "They say the Chosei mine flood killed 183 people in 1942."


@pytest_asyncio.fixture(loop_scope="module")
async def room(platform: Platform) -> Room:
    """A channel that nothing was said in."""
    return platform.new_room("quiet")


async def both(platform: Platform, room: Room, *, wait: bool = True) -> list[Outcome]:
    """A question and a look at the latest about a topic, each of somebody who has asked nothing yet."""
    one, other = platform.somebody(), platform.somebody()
    platform.join(room, one, other)
    asked = await platform.ask(one, room, wait=wait)
    return [asked, await platform.look(other, room, "latest", "Nara", wait=wait)]


# /ask and /latest


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"until": "*x*"}, "“*x*” is not a date I know."),
        ({"source": "The Pots"}, "There is no source “the pots” here"),
        ({"question": "?!"}, "The question has no words"),
        ({"question": "\u200b"}, "The question is empty"),
    ],
    ids=["sign", "source", "no words", "nothing"],
)
async def test_a_question_that_can_not_be_searched_is_refused_to_its_asker_alone(
    platform: Platform, room: Room, options: dict[str, Any], words: str
) -> None:
    asked = await platform.ask(platform.ann, room, **options)
    asked.assert_told_alone(words)
    assert not platform.shown_in(room)


async def test_who_asks_too_fast_is_told_alone(platform: Platform, room: Room) -> None:
    await platform.prefer(room, person_limit=1)
    await platform.ask(platform.ann, room)
    before = platform.shown_in(room)
    (await platform.ask(platform.ann, room)).assert_told_alone(FAST)
    (await platform.look(platform.ann, room, "latest")).assert_told_alone(FAST)
    assert platform.shown_in(room) == before


async def test_where_the_queue_is_full_the_asker_alone_is_told(platform: Platform, room: Room) -> None:
    worker, tenant = platform.service.search_worker, platform.venue(room).tenant
    async with platform.searching():
        waiting = [asyncio.create_task(worker.run(lambda: None, tenant=tenant)) for _ in range(QUEUE)]
        await asyncio.sleep(0)
        for asked in await both(platform, room):
            asked.assert_told_alone("Busy:")
    await asyncio.gather(*waiting)
    assert not platform.shown_in(room)


async def test_what_comes_too_late_is_told_to_its_asker_alone(platform: Platform, room: Room) -> None:
    worker = platform.service.search_worker
    async with platform.searching():
        patience, worker._deadline = worker._deadline, 0.1
        late = await both(platform, room, wait=False)
        await platform.until(lambda: all(one.asides for one in late))
        worker._deadline = patience
    await platform.idle()
    for asked in late:
        asked.assert_told_alone("This took too long")
    assert not platform.shown_in(room)


async def test_an_answer_that_the_platform_does_not_take_leaves_nothing_for_all(
    platform: Platform, room: Room
) -> None:
    """As if it had a bug in it."""
    platform.refuse_answer()
    asked = await platform.ask(platform.ann, room, wait=False)
    await platform.until(lambda: asked.asides)
    await platform.idle()
    asked.assert_told_alone("Something went wrong on my side")
    assert not platform.shown_in(room)
    platform.expect_incident()


# Sharing


async def test_an_answer_is_shared_once_in_a_place_however_often_that_is_pressed(
    platform: Platform, room: Room
) -> None:
    asked = await platform.ask(platform.ann, room, private=True)
    pressed = [await platform.press(platform.ann, asked.answer, "share", wait=False) for _ in range(4)]

    def refused() -> int:
        told = [one.text for one in platform.asides(platform.ann) if one.room.id == room.id]
        return sum("can see this answer already" in words for words in told)

    await platform.until(lambda: refused() == len(pressed) - 1)
    await platform.idle()
    assert len(platform.shown_in(room)) == 1


async def test_sharing_counts_as_a_question(platform: Platform, room: Room) -> None:
    await platform.prefer(room, person_limit=1)
    asked = await platform.ask(platform.sato, room, private=True)
    (await platform.press(platform.sato, asked.answer, "share")).assert_told_alone("")
    assert not platform.shown_in(room)
    platform.rest()
    assert (await platform.press(platform.sato, asked.answer, "share")).public


async def test_what_could_not_be_shown_may_be_shared_again(platform: Platform, room: Room) -> None:
    asked = await platform.ask(platform.ann, room, private=True)
    platform.refuse_answer()
    refused = await platform.press(platform.ann, asked.answer, "share", wait=False)
    await platform.until(lambda: refused.asides)
    await platform.idle()
    platform.expect_incident()
    platform.end_trouble()
    assert not platform.shown_in(room)
    assert (await platform.press(platform.ann, asked.answer, "share")).public


# Nothing here


Way = Callable[[Platform, Room], Awaitable[Outcome]]


async def by_command(platform: Platform, room: Room) -> Outcome:
    return await platform.ask(platform.ann, room)


async def by_options(platform: Platform, room: Room) -> Outcome:
    return await platform.fill_in(platform.ann, room, PASSING)


async def by_latest(platform: Platform, room: Room) -> Outcome:
    return await platform.look(platform.ann, room, "latest")


async def by_check(platform: Platform, room: Room) -> Outcome:
    said = await platform.say(platform.kim, room, CLAIM, wait=False)
    return await platform.check(platform.ann, said.said)


@pytest.mark.parametrize("way", [by_command, by_options, by_latest, by_check], ids=lambda way: way.__name__)
async def test_where_it_answers_nothing_no_way_of_asking_brings_anything_for_all(
    platform: Platform, room: Room, way: Way
) -> None:
    await platform.prefer(room, answers=AnswerPolicy.NOWHERE)
    (await way(platform, room)).assert_told_alone(OFF)
    assert not platform.shown_in(room)


@pytest.mark.parametrize("words", [PASSING, ""], ids=["a question", "bare"])
async def test_where_it_answers_nothing_a_mention_is_let_be(
    platform: Platform, room: Room, words: str
) -> None:
    await platform.prefer(room, answers=AnswerPolicy.NOWHERE)
    await platform.let_be(platform.ann, room, f"{platform.mention()} {words}")
    assert not platform.shown_in(room)


async def test_where_it_answers_nothing_what_is_left_of_before_brings_nothing_for_all(
    platform: Platform, room: Room
) -> None:
    ann = platform.ann
    asked = await platform.call(ann, room)
    shown = await platform.ask(ann, room, since="2026-01-14")
    private = await platform.ask(ann, room, private=True)
    await platform.prefer(room, answers=AnswerPolicy.NOWHERE)
    before, sources = platform.shown_in(room), [one.source for one in platform.shown_in(room)]
    (await platform.press(ann, private.answer, "share")).assert_told_alone(OFF)
    (await platform.press(ann, shown.answer, "widen", "since")).assert_told_alone(OFF)
    (await platform.press(platform.kim, shown.answer, "more")).assert_told_alone("")
    await platform.let_be(ann, room, FURTHER, to=asked.answer)
    await platform.edit(asked.said, f"{platform.mention()} How many people died in the flood?")
    assert platform.shown_in(room) == before
    assert [one.source for one in platform.shown_in(room)] == sources


# Forged


@pytest.mark.parametrize("press", ["nd:explode::", "nd::", "poll:1", "x"])
async def test_a_press_that_is_none_of_the_bots_brings_nothing(
    platform: Platform, room: Room, press: str
) -> None:
    asked = await platform.ask(platform.ann, room)
    before = asked.answer.source
    pressed = await platform.press_forged(platform.ann, asked.answer, press, wait=False)
    await platform.catch_up()
    assert not pressed.messages
    assert asked.answer.source == before


# After a crash


async def crashed(server: Platform, ask: Callable[[], Awaitable[Outcome]]) -> Outcome:
    """A question that was under way when the process ended; at the next start the channel is switched off."""
    async with server.searching():
        asked = await ask()
        worker = server.service.search_worker
        await server.until(lambda: worker.waiting == worker.threads + 1)
        server.crash()
    await server.prefer(server.general, answers=AnswerPolicy.NOWHERE)
    await server.restart()
    await server.until(lambda: asked.asides)
    await server.idle()
    asked.assert_told_alone(OFF)
    assert not server.shown_in(server.general)
    return asked


async def test_what_is_refused_after_a_crash_leaves_nothing_for_all(
    server: Platform, load: LoadModel, sample_home: Path
) -> None:
    """An answer was promised to all when the process ended."""
    async with server.bot(load, sample_home):
        await crashed(server, lambda: server.ask(server.ann, server.general, wait=False))


@pytest.mark.needs("whispers")
async def test_a_mention_that_is_refused_after_a_crash_leaves_nothing_for_all(
    server: Platform, load: LoadModel, sample_home: Path
) -> None:
    async with server.bot(load, sample_home):
        await crashed(server, lambda: server.call(server.ann, server.general, wait=False))
