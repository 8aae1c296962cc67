"""A question that is deleted takes its answer along: what was shown, what is kept, and what is under way."""

import pytest

from tests.bot.slack.live import PASSING, PATIENCE, LiveBot
from tests.bot.slack.trouble import room, searching
from tools.local_slack import Channel, Message

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLACES = ["a channel", "a thread", "direct"]


async def asked(live: LiveBot, kind: str) -> tuple[Message, Message]:
    """A question and its answer."""
    slack = live.slack
    live.rest()
    place = slack.world.dm(slack.ann) if kind == "direct" else room(slack, slack.ann)
    thread: dict[str, str] = {}
    if kind == "a thread":
        begun = await slack.say(slack.ann, place, "What of the mine?")
        assert begun.said
        thread = {"thread_ts": begun.said.ts}
    said = await live.say(slack.ann, place, f"{slack.mention()} {PASSING}", **thread)
    assert said.said
    assert said.message
    return said.said, said.message


async def kept_of(live: LiveBot, question: Message) -> int:
    """How many answers to a message are on record."""
    chat_store, name = live.service.chat_store, f"{question.channel_id}/{question.ts}"
    tenant = f"slack:{live.slack.team.id}"
    return len(await live.service.db_worker.run(chat_store.answers.to_question, tenant, name))


def stands(live: LiveBot, message: Message) -> bool:
    """Whether a message is still there."""
    return message.ts in live.slack.world.messages


@pytest.mark.parametrize("kind", PLACES)
async def test_the_answer_to_a_question_that_is_deleted_goes_with_it(live: LiveBot, kind: str) -> None:
    """Of the one on which a thread hangs, its answer's, Slack says that it was changed."""
    slack = live.slack
    question, answer = await asked(live, kind)
    _, other = await asked(live, kind)
    assert await kept_of(live, question)
    await slack.delete(slack.world.messages[question.ts])
    await slack.until(lambda: not stands(live, answer), PATIENCE)
    await live.idle()
    assert await kept_of(live, question) == 0
    assert stands(live, other)


async def test_a_question_that_is_deleted_while_it_is_searched_gets_no_answer(live: LiveBot) -> None:
    slack = live.slack
    live.rest()
    place = room(slack, slack.ann)
    async with searching(live.app):
        said = await slack.say(slack.ann, place, f"{slack.mention()} {PASSING}")
        await slack.until(lambda: live.service.worker.waiting == 2, PATIENCE)
        assert said.said
        await slack.delete(said.said)
        await slack.until(lambda: live.app.dispatcher.messages._deleted, PATIENCE)
    await live.idle()
    assert not [one for one in slack.world.messages_in(place.id) if one.bot_id]
    assert await kept_of(live, said.said) == 0


async def test_a_question_that_is_deleted_while_its_answer_is_sent_keeps_none(live: LiveBot) -> None:
    slack = live.slack
    live.rest()
    place = room(slack, slack.ann)
    slack.faults.slow("chat.postMessage", 0.4, answer_only=True)
    said = await slack.say(slack.ann, place, f"{slack.mention()} {PASSING}")
    assert said.said
    await slack.until(lambda: [one for one in slack.world.messages_in(place.id) if one.bot_id], PATIENCE)
    await slack.delete(slack.world.messages[said.said.ts])
    await slack.until(lambda: not [o for o in slack.world.messages_in(place.id) if o.bot_id], PATIENCE)
    await live.idle()
    assert await kept_of(live, said.said) == 0


async def test_what_was_checked_is_forgotten_when_it_is_deleted(live: LiveBot) -> None:
    slack = live.slack
    live.rest()
    place: Channel = room(slack, slack.ann, slack.kim)
    said = await slack.say(slack.kim, place, "Lee and Takaichi agreed to identify remains at Chosei.")
    assert said.said
    await live.check(slack.ann, said.said)
    assert await kept_of(live, said.said) == 1
    await slack.delete(said.said)
    await live.say(slack.admin, slack.general, f"{slack.mention()} {PASSING}")
    await live.idle()
    assert await kept_of(live, said.said) == 0
