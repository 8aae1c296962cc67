"""The poster of standing questions where Discord can't be asked what stands there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import discord
import pytest

from bot.cards.card import Card
from bot.cards.notices import notice
from bot.chat.standing_question import StandingKind, StandingQuestion, make_standing
from bot.chat.venue import Caller, Person, Venue
from bot.discord.poster import READ_AT_ONCE, DiscordPoster
from bot.dispatch.reply import OutcomeUnknown, Unshowable
from bot.messages.catalogue import messages_for
from bot.standing.poster import Gone, LeftCommunity
from bot.standing.standing_cards import manage_buttons
from tests.bot.discord.live import LiveBot
from tools.local_discord import Channel, Permission

pytestmark = pytest.mark.asyncio(loop_scope="module")

MARK = "AbCdEfGhIjKl"


@pytest.fixture
def poster(live: LiveBot) -> DiscordPoster:
    return DiscordPoster(live.client, lambda: True)


def standing(live: LiveBot, *, person: str = "", private: bool = False) -> StandingQuestion:
    asker = Person(person or live.discord.ann.id, "")
    now = datetime.now(UTC)
    return make_standing(Caller(place(live), asker), StandingKind.QUESTION, "Who?", now, private=private)


def place(live: LiveBot, channel: Channel | None = None) -> Venue:
    return Venue("discord", live.discord.guild.id, (channel or live.discord.random).id)


def card(live: LiveBot) -> Card:
    """A card that carries the mark."""
    plain = notice("Something new.")
    return replace(plain, parts=(*plain.parts, manage_buttons(standing(live), MARK, messages_for("en"))))


def sent(live: LiveBot, channel: Channel) -> int:
    return len([one for one in live.discord.world.messages_in(channel.id) if MARK in str(one.components)])


async def test_the_same_mark_is_one_message_however_often_it_is_sent(
    live: LiveBot, poster: DiscordPoster
) -> None:
    here, since = place(live), datetime.now(UTC)
    assert await poster.find(here, MARK, since) is None
    first = await poster.post(here, card(live), MARK)
    assert await poster.post(here, card(live), MARK) == first
    assert sent(live, live.discord.random) == 1
    assert await poster.find(here, MARK, since) == first


async def test_it_is_found_among_many_messages(live: LiveBot, poster: DiscordPoster) -> None:
    here, since = place(live, live.discord.general), datetime.now(UTC)
    for number in range(READ_AT_ONCE + 5):
        await live.discord.say(live.discord.ann, live.discord.general, f"talk {number}")
    assert await poster.find(here, MARK, since) is None
    made = await poster.post(here, card(live), MARK)
    assert await poster.find(here, MARK, since) == made
    assert await poster.find(here, MARK, datetime.now(UTC) + timedelta(hours=1)) is None


async def test_where_history_is_hidden_it_says_that_it_can_not_tell(
    live: LiveBot, poster: DiscordPoster
) -> None:
    channel = live.client.get_channel(int(live.discord.random.id))
    assert isinstance(channel, discord.TextChannel)

    def reads() -> bool:
        return channel.permissions_for(channel.guild.me).read_message_history

    live.discord.deny(live.discord.random, Permission.READ_HISTORY)
    await live.discord.until(lambda: not reads())
    with pytest.raises(OutcomeUnknown):
        await poster.find(place(live), MARK, datetime.now(UTC))
    live.discord.deny(live.discord.random, Permission(0))
    await live.discord.until(reads)


async def test_what_is_gone_is_told_from_what_is_closed(live: LiveBot, poster: DiscordPoster) -> None:
    live.refusals += [
        "Unknown Channel",
        "Missing Permissions",
        "Unknown Member",
        "Unknown User",
        "Unknown Guild",
    ]
    with pytest.raises(Gone):
        await poster.post(Venue("discord", live.discord.guild.id, "1"), card(live), MARK)
    with pytest.raises(Unshowable):
        await poster.post(place(live, live.discord.sealed), card(live), MARK)
    with pytest.raises(LeftCommunity):
        await poster.place(standing(live, person="1"))
    assert not poster.serves(Venue("discord", "1", "2"))
    assert poster.serves(place(live))
    assert (await poster.place(standing(live, private=True))).alone
