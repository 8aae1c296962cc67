"""Where the bot is no member: what is pressed there is done through the address that came with the press."""

import pytest

from tests.bot.slack.live import PASSING, LiveBot, bold_of
from tools.local_slack import Channel

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(params=["public", "private", "two", "group", "sealed"])
def place(live: LiveBot, request: pytest.FixtureRequest) -> Channel:
    """A conversation that the bot is not in, or may not write in."""
    slack = live.slack
    live.rest()
    world = slack.world
    match request.param:
        case "public":
            return slack.outside
        case "private":
            people = (slack.ann, slack.kim)
            return world.add_channel(slack.team, "hidden", people, private=True, bot_inside=False)
        case "two":
            return world.between(slack.ann, slack.kim)
        case "group":
            return world.between(slack.ann, slack.kim, slack.sato)
        case _:
            return slack.sealed


async def test_what_is_shown_there_is_narrowed_continued_dismissed_and_shared(
    live: LiveBot, place: Channel
) -> None:
    slack, before = live.slack, len(live.slack.requests)
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
    live.rest()
    asked = await live.ask(slack.ann, slack.outside, f"{PASSING} since:2026-01-14")
    slack.faults.refuse("response_url", "expired_url", times=2)
    pressed = await live.press(slack.ann, asked.message, "widen", "since")
    assert pressed.message
    assert pressed.message.channel_id == slack.world.dm(slack.ann).id
    assert "since 14 January 2026" in asked.text  # what could not be replaced stays
    slack.requests.clear()
