from dataclasses import replace

from bot.chat.venue import Venue
from tests.bot.service.people import (
    CITY,
    CITY_OTHER,
    CITY_THREAD,
    DIRECT,
    PLACES,
    SLACK_DIRECT,
    SLACK_GROUP,
    TOWN,
)


def test_a_room_is_the_thread_or_the_channel() -> None:
    assert CITY.room == "10"
    assert CITY_THREAD.room == "15"


def test_a_community_is_one_tenant_in_all_its_channels_and_threads() -> None:
    assert CITY.tenant == CITY_OTHER.tenant == CITY_THREAD.tenant == "discord:100"


def test_no_two_communities_platforms_or_direct_messages_are_the_same_tenant() -> None:
    others = (TOWN, DIRECT, replace(DIRECT, channel="100"), replace(CITY, platform="slack"))
    tenants = {place.tenant for place in (CITY, *others)}
    assert len(tenants) == 1 + len(others)
    assert len({place.tenant for place in PLACES}) == 3


def test_what_is_between_people_is_direct_whether_it_has_a_community_or_not() -> None:
    brought_along = Venue("discord", None, "9")
    assert all(place.direct for place in (DIRECT, SLACK_DIRECT, SLACK_GROUP, brought_along))
    assert not any(place.direct for place in (CITY, CITY_THREAD, replace(CITY, platform="slack")))


def test_one_person_and_the_bot_are_alone_and_a_group_is_not() -> None:
    assert [place for place in (*PLACES, SLACK_DIRECT, SLACK_GROUP) if place.alone] == [DIRECT, SLACK_DIRECT]
