"""What Slack alone knows of edits: each is told as a changed message, and as a mention under a new id."""

import pytest

from tests.bot.running_bot import PASSING
from tests.bot.slack.live import LiveBot
from tools.local_slack import Message, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


def shown(live: LiveBot) -> dict[str, str]:
    """What the bot has said, as it stands now."""
    return {one.ts: text_of(one) for one in live.slack.world.messages.values() if one.bot_id}


async def edited(live: LiveBot, message: Message | None, text: str) -> None:
    """A message, edited, and whatever comes of it."""
    assert message
    await (await live.slack.edit(message, text)).acknowledged()
    await live.idle()


async def test_talk_that_was_no_question_becomes_none_by_an_edit(live: LiveBot) -> None:
    slack = live.slack
    asked = await live.say(slack.ann, slack.general, f"{slack.mention()} {PASSING}")
    assert asked.said
    talk = await live.say_unheard(slack.kim, slack.general, "I see.", thread_ts=asked.said.ts)
    before = shown(live)
    await edited(live, talk.said, "I see, thank you. Where was it?")
    assert shown(live) == before


async def test_events_that_come_twice_or_late_change_nothing(live: LiveBot) -> None:
    slack = live.slack
    asked = await live.say(slack.ann, slack.general, f"{slack.mention()} {PASSING}")
    (first,) = [one for one in asked.deliveries if one.event_type == "app_mention"]
    other = f"{slack.mention()} How many people did the flood of the Chosei coal mine kill?"
    await edited(live, asked.said, other)
    before = shown(live)
    # The first one comes again under another id, and the last one as Slack sends what it thinks was missed.
    told = [slack.dispatch(dict(first.payload["event"])), slack.duplicate("app_mention")]
    await slack.until(lambda: all(one.acked for one in told))
    await live.idle()
    assert shown(live) == before
