"""Questions of Slack's that are none, or too long."""

import pytest

from bot.messages.catalogue import messages_for
from tests.bot.slack.live import LiveBot
from tests.bot.slack.reader import check_sound, seen
from tools.local_slack import Message

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_question_that_names_somebody_alone_is_answered_politely(live: LiveBot) -> None:
    asked = await live.ask(live.slack.ann, live.slack.general, "<@U012AB3CD>")
    assert seen(check(live, asked.message))


async def test_an_option_that_is_none_is_told_politely(live: LiveBot) -> None:
    words = "What of private:maybe source: since:never-ever until:"
    asked = await live.ask(live.slack.ann, live.slack.general, words)
    assert seen(check(live, asked.message))


async def test_a_question_that_is_too_long_is_told_so(live: LiveBot) -> None:
    slack, words = live.slack, messages_for("en", "slack")("question-long")
    said = await live.say(slack.ann, slack.general, f"{slack.mention()} {'x ' * 5_900}")
    typed = await live.ask(slack.ann, slack.general, "x" * 2001)
    for one in (said, typed):
        assert one.text == words
    assert typed.message
    assert typed.message.viewer_id == slack.ann.id


def check(live: LiveBot, message: Message | None) -> list[dict[str, object]]:
    """Fail where a message is more than it should be."""
    assert message
    articles = [a for snapshot in live.service.desk.collections.values() for a in snapshot.articles]
    return check_sound({"text": message.text, "blocks": list(message.blocks)}, articles)
