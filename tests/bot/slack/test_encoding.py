"""What people type reaches the bot as they typed it, in whatever form Slack hands it on; and what is none."""

import pytest

from bot.messages.catalogue import messages_for
from tests.bot.running_bot import PASSING
from tests.bot.slack.live import LiveBot
from tests.bot.slack.reader import check_sound, seen

pytestmark = pytest.mark.asyncio(loop_scope="module")

ADDRESS = "http://127.0.0.1/news.html?a=1&b=2&copy=3"


async def test_what_is_typed_behind_a_command_is_read_as_it_was_typed(live: LiveBot) -> None:
    """An address is refused, for it is of this machine, and on record; so is what is to be removed."""
    slack = live.slack
    refused = await live.command(slack.admin, slack.general, "/corpus", f"add <{ADDRESS}|127.0.0.1/news>")
    assert "127.0.0.1" in refused.text
    assert (await live.acts())[0].detail["what"] == ADDRESS
    refused = await live.command(slack.admin, slack.general, "/corpus", "remove AT&T <1> in:news")
    assert "&amp;" not in refused.text
    assert (await live.acts())[0].detail["target"] == "AT&T <1>"


async def test_times_of_what_was_done_say_their_zone_where_slack_does_not_show_the_readers(
    live: LiveBot,
) -> None:
    slack = live.slack
    for word in ("audit", "history"):
        shown = await live.command(slack.admin, slack.general, "/corpus", word)
        assert " UTC" in shown.text, word


async def test_a_name_with_an_ampersand_is_that_name(live: LiveBot) -> None:
    slack = live.slack
    pair = slack.world.add_user(slack.team, "Tom &amp; Jo")  # as Slack tells it
    room = slack.world.dm(pair)
    await live.ask(pair, room, PASSING)
    assert (await live.app.requests.directory.person(pair.id)).name == "tom.&.jo"


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
