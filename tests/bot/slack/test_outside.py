"""Where the bot is no member: what is pressed there is done through the address that came with the press."""

import pytest

from tests.bot.slack.live import PASSING, LiveBot, action_id, bold_of
from tools.local_slack import Channel, Exchange

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


def assert_no_incident(live: LiveBot, exchange: Exchange) -> None:
    assert "incident" not in exchange.text
    assert not [one for one in live.slack.requests if "incident" in str(one.arguments.get("text"))]


async def test_a_filter_is_taken_away_in_place(live: LiveBot, place: Channel) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, place, f"{PASSING} since:2026-01-14")
    assert asked.message
    assert not asked.message.ephemeral
    assert "since 14 January 2026" in asked.text
    wide = await live.press(slack.ann, asked.message, "widen", "since")
    assert_no_incident(live, wide)
    assert wide.message
    assert wide.message.ts == asked.message.ts
    assert not wide.message.ephemeral
    assert "since" not in wide.text
    assert bold_of(wide.message)
    again = await live.press(slack.ann, wide.message, "more")
    assert again.message
    assert again.message.viewer_id == slack.ann.id


async def test_somebody_else_gets_an_answer_of_their_own(live: LiveBot, place: Channel) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, place, f"{PASSING} since:2026-01-14")
    other = await live.press(slack.kim, asked.message, "widen", "since")
    assert_no_incident(live, other)
    assert other.message
    assert other.message.viewer_id == slack.kim.id


async def test_an_answer_is_dismissed(live: LiveBot, place: Channel) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, place)
    pressed = await slack.click(slack.ann, asked.message, action_id(asked.message, "dismiss"))
    await slack.until(lambda: pressed.deleted)
    await live.idle()
    assert_no_incident(live, pressed)


async def test_a_private_answer_is_shared_with_those_who_are_there(live: LiveBot, place: Channel) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, place, f"{PASSING} private:yes")
    shared = await live.press(slack.ann, asked.message, "share")
    assert_no_incident(live, shared)
    (message,) = shared.messages
    assert message.channel_id == place.id
    assert bold_of(message)


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
