"""When something is posted, and what becomes of a posting that was interrupted or can't be sent."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.cards.card import Buttons
from bot.chat.posting_pace import DIGEST_HOUR, PostingPace
from bot.chat.standing_question import Pause
from bot.dispatch.reply import OutcomeUnknown, Unshowable
from bot.standing.poster import Gone, LeftCommunity
from bot.standing.posting_search import GIVEN_UP, LOOKED_AGAIN
from corpus.errors import PlatformRefused
from tests.bot.service.people import CITY, CITY_ANN, CITY_OTHER, TOWN
from tests.bot.standing.conftest import CRANE, ELBE, Newsroom

Many = Callable[[int], list[dict[str, str]]]
AT_ONCE = PostingPace(daily=20)
SHIP = {**CRANE, "id": "ship", "text": "The Elbe bridge was closed as a ship had hit it."}


def morning(newsroom: Newsroom) -> None:
    """It is noon."""
    newsroom.now = newsroom.now.replace(hour=12, minute=0)


async def settle(newsroom: Newsroom) -> list[str]:
    """A round after enough time."""
    newsroom.pass_time(seconds=LOOKED_AGAIN.total_seconds() + 1)
    return await newsroom.round()


def under_way(newsroom: Newsroom) -> int:
    return len(newsroom.service.chat_store.standing_postings.under_way("discord"))


# When


async def test_what_is_over_a_days_limit_comes_the_next_day_together(newsroom: Newsroom, many: Many) -> None:
    morning(newsroom)
    await newsroom.watch("", source="The Post", pace=PostingPace(daily=1))
    assert len(await newsroom.round(*many(1))) == 1
    assert await newsroom.round(*many(2)) == []
    assert await newsroom.round(*many(9)) == []
    newsroom.pass_time(days=1)
    (said,) = await newsroom.round()
    assert [f"Crane {number}" in said for number in range(9)] == [False] + 8 * [True]
    assert await newsroom.round() == []


async def test_nothing_is_posted_in_quiet_hours_and_all_after_them(newsroom: Newsroom) -> None:
    newsroom.now = newsroom.now.replace(hour=23, minute=0)
    await newsroom.watch(pace=PostingPace(quiet=(22 * 60, 7 * 60)))
    assert await newsroom.round(CRANE) == []
    newsroom.pass_time(hours=7, minutes=59)
    assert await newsroom.round() == []
    newsroom.pass_time(minutes=1)
    assert len(await newsroom.round()) == 1


async def test_a_digest_is_one_list_a_day_also_of_answers(newsroom: Newsroom) -> None:
    await newsroom.watch(pace=PostingPace(digest=True))
    assert await newsroom.round(CRANE) == []
    newsroom.now = (newsroom.now + timedelta(days=1)).replace(hour=DIGEST_HOUR, minute=0)
    (said,) = await newsroom.round()
    assert "New articles" in said
    assert "Crane" in said
    assert "fell on it" not in said


# What is shown where the reader may see less


async def test_directly_nothing_of_a_servers_own_can_be_opened_by_a_button(newsroom: Newsroom) -> None:
    await newsroom.service.settings.bind(CITY, "news")
    await newsroom.watch(private=True)
    (said,) = await newsroom.round(CRANE)
    assert "because a crane fell" in said
    ((place, mark, card),) = newsroom.poster.posted
    assert place.community is None
    acts = [str(one.press) for part in card.parts if isinstance(part, Buttons) for one in part.buttons]
    assert [act for act in acts if mark in act and "watch-manage" not in act] == []


# What may have arrived


async def test_a_posting_that_arrived_and_was_not_known_to_is_found_and_not_sent_again(
    newsroom: Newsroom,
) -> None:
    await newsroom.watch()
    newsroom.poster.lost = OutcomeUnknown()
    assert len(await newsroom.round(CRANE)) == 1
    assert under_way(newsroom) == 1
    assert await newsroom.round() == []  # too soon to look
    assert await settle(newsroom) == []
    assert under_way(newsroom) == 0


async def test_a_posting_that_did_not_arrive_is_sent_again_with_its_mark(newsroom: Newsroom) -> None:
    await newsroom.watch()
    newsroom.poster.breaks["post"] = OutcomeUnknown()
    assert await newsroom.round(CRANE) == []
    ((_, begun),) = newsroom.service.chat_store.standing_postings.under_way("discord")
    del newsroom.poster.breaks["post"]
    newsroom.start()
    assert len(await settle(newsroom)) == 1
    assert newsroom.poster.posted[0][1] == begun.id
    assert under_way(newsroom) == 0
    assert await settle(newsroom) == []


async def test_where_the_platform_can_not_say_it_is_looked_again_and_given_up_in_the_end(
    newsroom: Newsroom,
) -> None:
    await newsroom.watch()
    newsroom.poster.breaks = {"post": OutcomeUnknown(), "find": OutcomeUnknown()}
    await newsroom.round(CRANE)
    del newsroom.poster.breaks["post"]
    assert await settle(newsroom) == []
    assert under_way(newsroom) == 1
    newsroom.pass_time(seconds=GIVEN_UP.total_seconds())
    assert await settle(newsroom) == []
    assert under_way(newsroom) == 0


async def test_where_sending_twice_makes_one_it_is_sent_again_for_as_long_as_that_holds(
    newsroom: Newsroom,
) -> None:
    await newsroom.watch()
    newsroom.poster.repeatable = timedelta(minutes=2)
    newsroom.poster.breaks = {"post": OutcomeUnknown(), "find": OutcomeUnknown()}
    await newsroom.round(CRANE)
    del newsroom.poster.breaks["post"]
    assert len(await settle(newsroom)) == 1
    assert under_way(newsroom) == 0


async def test_an_interrupted_posting_keeps_quiet_hours_too(newsroom: Newsroom) -> None:
    newsroom.now = newsroom.now.replace(hour=21, minute=59)
    await newsroom.watch(pace=PostingPace(quiet=(22 * 60, 7 * 60)))
    newsroom.poster.breaks["post"] = OutcomeUnknown()
    await newsroom.round(CRANE)
    del newsroom.poster.breaks["post"]
    assert await settle(newsroom) == []
    assert under_way(newsroom) == 0
    newsroom.pass_time(hours=9)
    assert len(await newsroom.round()) == 1


async def test_a_clock_that_goes_back_holds_up_nothing(newsroom: Newsroom) -> None:
    await newsroom.watch()
    newsroom.poster.breaks["post"] = OutcomeUnknown()
    await newsroom.round(CRANE)
    del newsroom.poster.breaks["post"]
    newsroom.pass_time(days=-365)
    assert len(await newsroom.round()) == 1


# What can't be sent


@pytest.mark.parametrize("way", ["place", "post"])
async def test_with_its_place_it_is_gone(newsroom: Newsroom, way: str) -> None:
    await newsroom.watch()
    newsroom.poster.breaks[way] = Gone()
    assert await newsroom.round(CRANE) == []
    for table in ("standing", "standing_found", "standing_postings"):
        assert newsroom.service.chat_store.rows(f"SELECT * FROM {table}") == []


async def test_where_it_may_not_write_it_rests_with_what_it_has_until_somebody_resumes_it(
    newsroom: Newsroom,
) -> None:
    standing = await newsroom.watch()
    newsroom.poster.breaks["post"] = Unshowable()
    assert await newsroom.round(CRANE) == []
    (rests,) = await newsroom.questions.listed(CITY_ANN)
    assert rests.paused is Pause.CLOSED
    del newsroom.poster.breaks["post"]
    assert await newsroom.round() == []
    await newsroom.questions.resume(standing.id, CITY_ANN)
    assert len(await newsroom.round()) == 1


async def test_words_that_a_place_does_not_take_are_left_out_and_others_come(newsroom: Newsroom) -> None:
    await newsroom.watch(pace=AT_ONCE)
    newsroom.poster.breaks["post"] = Unshowable("moderated")
    assert await newsroom.round(CRANE) == []
    del newsroom.poster.breaks["post"]
    (said,) = await newsroom.round(CRANE, SHIP)
    assert "as a ship had hit it" in said
    assert "fell on it" not in said


async def test_who_left_has_nothing_of_their_own_any_more_and_what_all_read_rests(newsroom: Newsroom) -> None:
    await newsroom.watch()
    await newsroom.watch(private=True)
    newsroom.poster.breaks["place"] = LeftCommunity()
    assert await newsroom.round(CRANE) == []
    (rests,) = newsroom.service.chat_store.standing.of_platform("discord")
    assert rests.paused is Pause.LEFT
    assert not rests.private


async def test_what_breaks_for_one_keeps_nothing_from_the_others(
    newsroom: Newsroom, incidents: Callable[[], int]
) -> None:
    await newsroom.watch()
    await newsroom.watch(venue=CITY_OTHER)
    newsroom.poster.breaks["post"] = RuntimeError("a card that nobody can draw")
    assert await newsroom.round(CRANE) == []
    assert incidents() == 2
    assert under_way(newsroom) == 0
    del newsroom.poster.breaks["post"]
    assert len(await newsroom.round(CRANE, SHIP)) == 2


async def test_where_the_platform_lets_the_bot_in_no_more_it_ends(newsroom: Newsroom) -> None:
    await newsroom.watch()
    newsroom.publish(CRANE)
    newsroom.poster.breaks["post"] = PlatformRefused("the token is void")
    await newsroom.rounds.run()
    assert under_way(newsroom) == 1  # looked for at the next start


async def test_others_are_told_nothing_of_what_is_removed_meanwhile(newsroom: Newsroom) -> None:
    standing = await newsroom.watch()
    await newsroom.watch(venue=TOWN)
    newsroom.publish(CRANE)
    await newsroom.rounds.look()
    await newsroom.questions.remove(standing.id, CITY_ANN)
    await newsroom.round()
    assert newsroom.poster.rooms() == [TOWN.room]
    assert ELBE in newsroom.poster.texts()[0]
