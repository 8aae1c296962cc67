"""What Slack alone knows of edits: each is told as a changed message, and as a mention under a new id."""

import pytest

from tests.bot.slack.live import PASSING, LiveBot
from tools.local_slack import Channel, Message, User, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")
OTHER = "How many people did the flood of the Chosei coal mine kill?"


async def asked(
    live: LiveBot, user: User, channel: Channel, text: str, **more: str
) -> tuple[Message, Message]:
    """A question in a message, and its answer."""
    live.rest()
    said = await live.say(user, channel, text, **more)
    assert said.said
    assert said.message
    return said.said, said.message


async def edited(live: LiveBot, message: Message, text: str) -> None:
    """A message, edited, and whatever comes of it."""
    slack = live.slack
    changed = await slack.edit(slack.world.messages[message.ts], text)
    await changed.acknowledged()
    await live.idle()


def answers(live: LiveBot, question: Message) -> list[Message]:
    """What the bot has written since a question."""
    return [one for one in live.slack.world.messages.values() if one.bot_id and one.ts > question.ts]


def now(live: LiveBot, message: Message) -> str:
    """What a message says by now."""
    return text_of(live.slack.world.messages[message.ts])


async def test_talk_that_was_no_question_becomes_none_by_an_edit(live: LiveBot) -> None:
    slack = live.slack
    root, _ = await asked(live, slack.ann, slack.general, f"{slack.mention()} {PASSING}")
    talk = await live.say_unheard(slack.kim, slack.general, "I see.", thread_ts=root.ts)
    assert talk.said
    known = len(answers(live, talk.said))
    await edited(live, talk.said, "I see, thank you. Where was it?")
    assert len(answers(live, talk.said)) == known


async def test_events_that_come_twice_or_late_change_nothing(live: LiveBot) -> None:
    slack = live.slack
    question, answer = await asked(live, slack.ann, slack.general, f"{slack.mention()} {PASSING}")
    first = next(
        one
        for one in slack.delivery_queue.deliveries
        if one.event_type == "app_mention" and one.payload["event"]["ts"] == question.ts
    )
    await edited(live, question, f"{slack.mention()} {OTHER}")
    shown = now(live, answer)
    # The first one comes again under another id, and the last one as Slack sends what it thinks was missed.
    told = [slack.dispatch(dict(first.payload["event"])), slack.duplicate("app_mention")]
    await slack.until(lambda: all(one.acked for one in told))
    await live.idle()
    assert now(live, answer) == shown
    assert len(answers(live, question)) == 1
