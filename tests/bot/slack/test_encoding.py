"""What people type reaches the bot as they typed it, in whatever form Slack hands it on."""

import pytest

from tests.bot.slack.live import PASSING, LiveBot

pytestmark = pytest.mark.asyncio(loop_scope="module")

ADDRESS = "http://127.0.0.1/news.html?a=1&b=2&copy=3"


@pytest.mark.parametrize("typed", [ADDRESS, f"<{ADDRESS}>", f"<{ADDRESS}|127.0.0.1/news.html>"])
async def test_an_address_with_an_ampersand_is_added_as_it_was_typed(live: LiveBot, typed: str) -> None:
    """It is refused, for it is of this machine, and on record."""
    slack = live.slack
    refused = await live.command(slack.admin, slack.general, "/corpus", f"add {typed}")
    assert "127.0.0.1" in refused.text
    assert (await live.acts())[0].detail["what"] == ADDRESS


async def test_what_is_to_be_removed_is_named_as_it_was_typed(live: LiveBot) -> None:
    slack = live.slack
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
