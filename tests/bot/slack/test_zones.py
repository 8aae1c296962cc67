"""Days are those of who asks: Slack tells their zone, and it stays with the question."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.bot.running_bot import PASSING
from tests.bot.slack.live import LiveBot
from tools.local_slack import User, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


def midnight(zone: str, days: int = 0) -> datetime:
    """Where that many days before today begin there."""
    today = datetime.now(ZoneInfo(zone)).date() - timedelta(days=days)
    return datetime(today.year, today.month, today.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.fixture(params=["ann", "kim", "far"])
def asker(live: LiveBot, request: pytest.FixtureRequest) -> User:
    """Somebody of New York, of Seoul, and of where every day begins first."""
    live.rest()
    if request.param != "far":
        return live.slack.ann if request.param == "ann" else live.slack.kim
    far = live.slack.world.add_user(live.slack.team, "Far", zone="Pacific/Kiritimati")
    room = live.slack.world.channels[live.slack.general.id]
    live.slack.world.keep_channel(replace(room, member_ids=room.member_ids | {far.id}))
    return far


async def test_days_that_are_typed_written_or_picked_are_the_askers(live: LiveBot, asker: User) -> None:
    slack = live.slack
    typed = await live.ask(asker, slack.general, f"{PASSING} since:yesterday until:today")
    query = (await live.record(typed.message)).query
    assert query.zone == asker.zone
    assert (query.since, query.until) == (midnight(asker.zone, 1), midnight(asker.zone, -1))
    question = "What did articles from yesterday say about the Chosei coal mine?"
    said = await live.say(asker, slack.general, f"{slack.mention()} {question}")
    (hint,) = [one for one in (await live.record(said.message)).query.parsed.hints if one.since]
    assert (hint.since, hint.until) == (midnight(asker.zone, 1), midnight(asker.zone))
    opened = await live.ask(asker, slack.general, "")
    values = {"question": PASSING, "since": "2026-01-15", "until": "2026-01-15"}
    words = text_of(await live.submit(asker, opened.view, values))
    shown = {"ko-KR": "2026년 1월 15일"}.get(asker.locale, "15 January 2026")
    assert words.count(shown) >= 2
    # The article says a day and no time: it is of that day for everybody.
    assert "What South Korea and Japan agreed in Nara" in words


async def test_a_question_that_is_widened_shared_or_followed_up_keeps_its_askers_days(live: LiveBot) -> None:
    slack = live.slack
    asked = await live.ask(
        slack.kim, slack.general, f"{PASSING} since:2026-01-14 until:2026-01-18 private:yes"
    )
    wide = await live.press(slack.kim, asked.message, "widen", "since")
    record = await live.record(wide.message)
    assert (record.query.zone, record.query.since) == (slack.kim.zone, None)
    assert record.query.until == datetime(2026, 1, 18, 15, tzinfo=UTC)
    shared = await live.press(slack.kim, wide.message, "share")
    assert (await live.record(shared.messages[0])).query == record.query
    # Somebody of another zone who takes the filter away asks the same question.
    other = await live.press(slack.ann, shared.messages[0], "widen", "until")
    assert (await live.record(other.message)).query.zone == slack.kim.zone
    # So does somebody of another zone who asks on.
    further = "And how many people died there?"
    said = await live.say(slack.ann, slack.general, further, thread_ts=shared.messages[0].ts)
    assert (await live.record(said.message)).query.until == record.query.until
    assert "until 18 January 2026" in said.text


async def test_where_slack_tells_no_zone_days_are_those_of_utc(live: LiveBot) -> None:
    slack = live.slack
    nowhere = slack.world.add_user(slack.team, "Nowhere", zone="Mars/Olympus")
    room = slack.world.dm(nowhere)
    asked = await live.ask(nowhere, room, f"{PASSING} since:yesterday")
    assert (await live.record(asked.message)).query.since == midnight("UTC", 1)
