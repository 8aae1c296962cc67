"""The poster of standing questions on Slack: what stands there is read; where it can not be, that is said."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.cards.card import Card
from bot.cards.notices import notice
from bot.chat.standing_question import StandingKind, StandingQuestion, make_standing
from bot.chat.venue import Caller, Person, Venue
from bot.dispatch.reply import OutcomeUnknown, Unshowable
from bot.messages.catalogue import messages_for
from bot.slack import poster as slack_poster
from bot.slack.poster import SlackPoster
from bot.standing.poster import LeftCommunity
from bot.standing.standing_cards import manage_buttons
from tests.bot.slack.live import LiveBot
from tools.local_slack import Channel

pytestmark = pytest.mark.asyncio(loop_scope="module")

MARK = "AbCdEfGhIjKl"


@pytest.fixture
def poster(live: LiveBot) -> SlackPoster:
    live.slack.world.history_allowed = True
    return SlackPoster(live.app.sender, live.app.client, live.app.team)


def place(live: LiveBot, channel: Channel | None = None, thread: str = "") -> Venue:
    room = (channel or live.slack.random).id
    return Venue("slack", live.app.team, room, f"{room}:{thread}" if thread else None)


def standing(live: LiveBot, *, person: str = "", private: bool = False) -> StandingQuestion:
    asker = Person(person or live.slack.ann.id, "")
    now = datetime.now(UTC)
    return make_standing(Caller(place(live), asker), StandingKind.QUESTION, "Who?", now, private=private)


def card(live: LiveBot) -> Card:
    """A card that carries the mark."""
    plain = notice("Something new.")
    return replace(plain, parts=(*plain.parts, manage_buttons(standing(live), MARK, messages_for("en"))))


async def test_what_stands_there_is_found_by_its_mark_page_by_page(
    live: LiveBot, poster: SlackPoster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack_poster, "READ_AT_ONCE", 2)
    here, since = place(live), datetime.now(UTC)
    assert await poster.find(here, MARK, since) is None
    posted = await poster.post(here, card(live), MARK)
    for number in range(5):
        await live.slack.say(live.slack.ann, live.slack.random, f"talk {number}")
    assert await poster.find(here, MARK, since) == posted
    assert await poster.find(here, MARK[::-1], since) is None
    assert await poster.find(here, MARK, datetime.now(UTC) + timedelta(hours=1)) is None
    monkeypatch.setattr(slack_poster, "READ_AT_MOST", 1)
    with pytest.raises(OutcomeUnknown):
        await poster.find(here, MARK, since)


async def test_in_a_thread_it_is_posted_and_found_there(live: LiveBot, poster: SlackPoster) -> None:
    said = await live.slack.say(live.slack.ann, live.slack.general, "a thread begins")
    assert said.said
    here, since = place(live, live.slack.general, said.said.ts), datetime.now(UTC)
    assert await poster.find(here, MARK, since) is None
    posted = await poster.post(here, card(live), MARK)
    assert live.slack.world.messages[posted].thread_ts == said.said.ts
    assert await poster.find(here, MARK, since) == posted


async def test_where_messages_may_not_be_read_it_says_that_it_can_not_tell(
    live: LiveBot, poster: SlackPoster, monkeypatch: pytest.MonkeyPatch
) -> None:
    live.slack.faults.limit("conversations.history", retry_after=0, times=None)
    try:
        with pytest.raises(OutcomeUnknown):
            await poster.find(place(live), MARK, datetime.now(UTC))
    finally:
        live.slack.faults.clear()


async def test_who_is_gone_is_told_from_a_place_that_is_closed(live: LiveBot, poster: SlackPoster) -> None:
    live.refusals |= {"user_not_found"}
    with pytest.raises(LeftCommunity):
        await poster.place(standing(live, person="U0"))
    with pytest.raises(Unshowable):
        await poster.post(place(live, live.slack.sealed), card(live), MARK)
    assert (await poster.place(standing(live))) == place(live)
    assert (await poster.place(standing(live, private=True))).alone
    assert not poster.serves(Venue("slack", "T0", "C1"))
    assert poster.serves(place(live))
