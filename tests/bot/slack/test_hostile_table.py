"""Questions of Slack's that are none, or too long."""

import pytest

from bot.messages.catalogue import messages_for
from tests.bot.slack.live import LiveBot
from tests.bot.slack.reader import check_sound, seen

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("words", ["<@U012AB3CD>", "What of private:maybe source: since:never-ever until:"])
async def test_a_question_that_is_none_is_answered_politely(live: LiveBot, words: str) -> None:
    asked = await live.ask(live.slack.ann, live.slack.general, words)
    assert asked.message
    articles = [a for snapshot in live.service.desk.collections.values() for a in snapshot.articles]
    assert seen(check_sound({"text": asked.message.text, "blocks": list(asked.message.blocks)}, articles))


async def test_a_question_that_is_too_long_is_told_so(live: LiveBot) -> None:
    slack, words = live.slack, messages_for("en", "slack")("question-long")
    said = await live.say(slack.ann, slack.general, f"{slack.mention()} {'x ' * 5_900}")
    typed = await live.ask(slack.ann, slack.general, "x" * 2001)
    assert said.text == typed.text == words
    assert typed.message
    assert typed.message.viewer_id == slack.ann.id
