"""Where the bot is no member: what is pressed there is done through the address that came with the press."""

from collections.abc import Callable

import pytest

from tests.bot.running_bot import PASSING
from tests.bot.slack.live import LiveBot, bold_of
from tools.local_slack import Channel, LocalSlack

pytestmark = pytest.mark.asyncio(loop_scope="module")


PLACES: dict[str, Callable[[LocalSlack], Channel]] = {
    "public": lambda slack: slack.outside,
    "private": lambda slack: slack.world.add_channel(
        slack.team, "hidden", (slack.ann, slack.kim), private=True, bot_inside=False
    ),
    "two": lambda slack: slack.world.between(slack.ann, slack.kim),
    "group": lambda slack: slack.world.between(slack.ann, slack.kim, slack.sato),
    "sealed": lambda slack: slack.sealed,
}
"""Conversations that the bot is not in, or may not write in."""


@pytest.mark.parametrize("where", PLACES)
async def test_what_is_shown_there_is_narrowed_continued_dismissed_and_shared(
    live: LiveBot, where: str
) -> None:
    slack, before = live.slack, len(live.slack.requests)
    place = PLACES[where](slack)
    asked = await live.ask(slack.ann, place, f"{PASSING} since:2026-01-14")
    assert asked.message
    assert asked.message.source == ("chat.postMessage" if place == slack.outside else "response_url")
    assert not asked.message.ephemeral
    assert "since 14 January 2026" in asked.text
    other = await live.press(slack.kim, asked.message, "widen", "since")  # an answer of their own
    assert other.message
    assert other.message.viewer_id == slack.kim.id
    wide = await live.press(slack.ann, asked.message, "widen", "since")  # in place
    assert wide.message
    assert wide.message.ts == asked.message.ts
    assert not wide.message.ephemeral
    assert "since" not in wide.text
    assert bold_of(wide.message)
    more = await live.press(slack.ann, wide.message, "more")
    assert more.message
    assert more.message.viewer_id == slack.ann.id
    assert "\n4 · " in more.text
    await live.dismiss(slack.ann, wide.message)
    private = await live.ask(slack.ann, place, f"{PASSING} private:yes")
    (shared,) = (await live.press(slack.ann, private.message, "share")).messages
    assert shared.channel_id == place.id
    assert bold_of(shared)
    assert not [one for one in slack.requests[before:] if "incident" in str(one.arguments.get("text"))]


async def test_an_address_that_is_used_up_is_told_of_directly(live: LiveBot) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.outside, f"{PASSING} since:2026-01-14")
    slack.faults.refuse("response_url", "expired_url", times=2)
    pressed = await live.press(slack.ann, asked.message, "widen", "since")
    assert pressed.message
    assert pressed.message.channel_id == slack.world.dm(slack.ann).id
    assert "since 14 January 2026" in asked.text  # what could not be replaced stays
    slack.requests.clear()
