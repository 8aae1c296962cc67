"""Messages that ask whether another one, to which they point, is true."""

import pytest

from tests.bot.platforms.platform import Platform, Seen
from tests.bot.running_bot import PASSING

pytestmark = pytest.mark.asyncio(loop_scope="module")

CLAIM = "They say the Chosei mine flood killed 183 people in 1942."
FOUND = "183 people"


async def said(platform: Platform, text: str = CLAIM) -> Seen:
    """What somebody said to nobody in particular."""
    return (await platform.say(platform.kim, platform.general, text, wait=False)).said


@pytest.mark.parametrize("words", ["is this true?", "", "이거 사실이야?", "これ本当ですか"])
async def test_a_mention_in_reply_to_somebodys_message_checks_that_message(
    listening: Platform, words: str
) -> None:
    claim = await said(listening)
    checked = await listening.call(listening.ann, listening.general, words, to=claim)
    assert CLAIM in checked.text
    assert FOUND in checked.text


async def test_a_forwarded_message_is_checked_as_the_message_that_it_is(listening: Platform) -> None:
    """Directly, from the message's menu, and by a mention in reply to it."""
    ann, claim = listening.ann, await said(listening)
    forwarded = await listening.say(listening.kim, listening.general, "", forwards=claim, wait=False)
    for checked in (
        await listening.say(ann, listening.direct(ann), "", forwards=claim),
        await listening.check(ann, forwarded.said),
        await listening.call(ann, listening.general, "really?", to=forwarded.said),
    ):
        assert "Checked against the news" in checked.text
        assert FOUND in checked.text


async def test_a_message_without_words_can_not_be_checked_and_says_so(listening: Platform) -> None:
    address = await said(listening, "https://wire.example/picture.png")
    checked = await listening.check(listening.ann, address)
    checked.assert_told_alone("There are no words in that message that I could look up.")


async def test_a_question_in_reply_to_somebody_stays_a_question(listening: Platform) -> None:
    claim = await said(listening)
    asked = await listening.call(listening.ann, listening.general, PASSING, to=claim)
    assert "Checked against the news" not in asked.text
    assert "Chosei" in asked.text


async def test_whether_an_answer_is_true_goes_on_from_the_answer(listening: Platform) -> None:
    first = await listening.call(listening.ann, listening.general)
    then = await listening.say(listening.ann, listening.general, "is this true?", to=first.answer)
    assert then.text
    assert "Checked against the news" not in then.text
    assert "Mention me in" not in then.text


async def test_what_can_not_be_seen_is_not_guessed_but_the_way_is_told(platform: Platform) -> None:
    """Where the words of other messages do not reach the bot, or nothing is pointed to."""
    claim = await said(platform)
    for pointed in (claim, None):
        unseen = await platform.call(platform.ann, platform.general, "is this true?", to=pointed)
        assert "of the message that you mean" in unseen.text or "to the message that you mean" in unseen.text
        assert "Check against the news" in unseen.text
