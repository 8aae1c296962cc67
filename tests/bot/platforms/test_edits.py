"""Questions that are edited: each is answered once, in the place of the answer that stands there."""

from collections.abc import Awaitable, Callable

import pytest

from tests.bot.platforms.platform import Outcome, Platform, Seen
from tests.bot.running_bot import PASSING

pytestmark = pytest.mark.asyncio(loop_scope="module")

Ask = Callable[[Platform], Awaitable[Outcome]]
OTHER = "How many people did the flood of the Chosei coal mine kill?"


async def edit(platform: Platform, asked: Outcome, words: str) -> None:
    """The words of a question, edited, and whatever comes of it."""
    direct = asked.said.room == platform.direct(asked.by)
    await platform.edit(asked.said, words if direct else f"{platform.mention()} {words}")


def stands(platform: Platform, asked: Outcome) -> Seen:
    """The one answer that stands beneath a question."""
    (answer,) = since(platform, asked)
    return answer


def since(platform: Platform, asked: Outcome) -> list[Seen]:
    """What the bot has written in a room since a question was asked there."""
    return [one for one in platform.shown_in(asked.said.room) if one.moment > asked.said.moment]


async def test_an_edited_mention_is_answered_in_the_place_of_its_answer(platform: Platform) -> None:
    asked = await platform.call(platform.ann, platform.new_room())
    answer = asked.answer
    before = await platform.record(answer)
    await edit(platform, asked, OTHER)
    assert stands(platform, asked) == answer
    assert "183" in "".join(answer.bold)
    assert (before.asked, (await platform.record(answer)).asked) == (PASSING, OTHER)
    # What goes on from there goes on from what stands there now.
    then = await platform.say(
        platform.editor, asked.said.room, "And how many of them were from Korea?", to=answer
    )
    assert "136" in then.text


async def _directly(platform: Platform) -> Outcome:
    return await platform.say(platform.ann, platform.direct(platform.ann), PASSING)


async def _going_on(platform: Platform) -> Outcome:
    first = await platform.call(platform.kim, platform.new_room())
    return await platform.call(platform.kim, first.said.room, "What about the DNA?", to=first.answer)


async def _before_a_restart(platform: Platform) -> Outcome:
    asked = await platform.call(platform.ann, platform.new_room())
    await platform.restart()
    return asked


@pytest.mark.parametrize("ask", [_directly, _going_on, _before_a_restart], ids=lambda ask: ask.__name__)
async def test_an_edited_question_is_answered_in_the_place_of_its_answer(
    platform: Platform, ask: Ask
) -> None:
    asked = await ask(platform)
    answer = asked.answer
    await edit(platform, asked, OTHER)
    assert stands(platform, asked) == answer
    assert "183" in answer.text


async def test_an_edit_that_changes_no_words_does_nothing(platform: Platform) -> None:
    """Spaces, and a preview that the platform adds; also where the question was edited before."""
    asked = await platform.call(platform.ann, platform.new_room())
    for words in (PASSING, OTHER):
        await edit(platform, asked, words)
        answer = stands(platform, asked)
        record, source = await platform.record(answer), answer.source
        await edit(platform, asked, f"  {words}  ")
        await platform.preview(asked.said)
        assert stands(platform, asked).source == source
        assert (await platform.record(answer)).id == record.id


async def test_an_edit_back_to_the_first_words_brings_their_answer_back(platform: Platform) -> None:
    asked = await platform.call(platform.ann, platform.new_room())
    first = asked.answer.bold
    for words in (OTHER, PASSING):
        await edit(platform, asked, words)
    assert stands(platform, asked).bold == first


async def test_who_mentions_the_bot_by_an_edit_asks_it(platform: Platform) -> None:
    said = await platform.say(platform.ann, platform.new_room(), PASSING, wait=False)
    await edit(platform, said, PASSING)
    assert stands(platform, said).bold


@pytest.mark.parametrize("words", ["", "?!"], ids=["help", "a refusal"])
async def test_help_and_refusals_give_way_to_the_answer(platform: Platform, words: str) -> None:
    asked = await platform.call(platform.ann, platform.new_room(), words)
    before = asked.answer
    assert not before.bold
    await edit(platform, asked, OTHER)
    assert stands(platform, asked) == before
    assert before.bold


@pytest.mark.parametrize(
    ("limit", "words", "why"),
    [(120, "?!", "no words to search for"), (1, OTHER, "faster than is allowed")],
    ids=["nothing to search", "too fast"],
)
async def test_an_edit_that_is_refused_leaves_the_answer_and_tells_its_writer_alone(
    platform: Platform, limit: int, words: str, why: str
) -> None:
    room = platform.new_room()
    await platform.prefer(room, person_limit=limit)
    asked = await platform.call(platform.editor, room)
    before = asked.answer.text
    told = len(platform.told_alone(platform.editor))
    await edit(platform, asked, words)
    assert stands(platform, asked).text == before
    (word,) = platform.told_alone(platform.editor)[told:]
    assert why in word.text


async def test_an_answer_that_was_taken_away_comes_back_by_no_edit(platform: Platform) -> None:
    asked = await platform.call(platform.ann, platform.new_room())
    await platform.dismiss(platform.ann, asked.answer)
    await edit(platform, asked, OTHER)
    assert not since(platform, asked)


async def test_events_that_come_twice_or_late_change_nothing(platform: Platform) -> None:
    asked = await platform.call(platform.ann, platform.new_room())
    await platform.tell_again(asked.said)
    await edit(platform, asked, OTHER)
    shown = stands(platform, asked).source
    await platform.tell_again(asked.said)
    await platform.catch_up()
    assert stands(platform, asked).source == shown
