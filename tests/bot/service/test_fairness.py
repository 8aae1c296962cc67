"""One community that asks without end, and another one that asks once."""

import asyncio
from dataclasses import replace

import pytest

from bot.chat.button_key import button_key
from bot.chat.refusal import Refusal
from bot.chat.venue import Caller, Venue
from bot.community_admin.audit_log import AdminAction
from bot.permissions.venue_access import COMMUNITY, LOOKS, OFFERS
from bot.service.service import Service
from tests.bot.searching import held_up
from tests.bot.service.office import ask
from tests.bot.service.people import (
    ANN,
    BOB,
    CITY,
    CITY_ADMIN,
    CITY_ANN,
    CITY_BOB,
    DIRECT,
    DIRECT_ANN,
    TOWN,
    TOWN_ADMIN,
    TOWN_BOB,
    somebody,
)

QUESTION = "Who met in Nara?"
MANY = 60
"""Questions or looks of one community: far more than are done while another one asks."""
PATIENCE = 5.0
"""Seconds in which what is apart is surely done."""


def rooms(count: int) -> list[Venue]:
    """Channels of the city, so that no limit of a channel is met."""
    return [replace(CITY, channel=f"room-{number}") for number in range(count)]


async def test_a_communitys_question_waits_for_one_of_each_others_however_many_these_ask(
    service: Service,
) -> None:
    order: list[str] = []

    async def asked(venue: Venue, number: int) -> None:
        await ask(service, venue, somebody(number), QUESTION)
        order.append(venue.tenant)

    flood = [asyncio.create_task(asked(room, number)) for number, room in enumerate(rooms(MANY))]
    while service.search_worker.waiting < MANY // 2:
        await asyncio.sleep(0)
    before = len(order)
    await asyncio.create_task(asked(TOWN, MANY))
    # The one that was being answered, and the one whose turn came first; each is then kept and noted.
    assert order[before:].count(CITY.tenant) < MANY // 4
    await asyncio.gather(*flood)


async def test_what_is_looked_through_is_apart_from_what_claims_events_and_from_what_answers(
    service: Service,
) -> None:
    async with held_up(service.db_worker, service.search_worker), asyncio.timeout(PATIENCE):
        assert await service.browsing.titled(CITY, "ferry", 25) == {"news:post-ferry": "Ferry runs late"}
        article = await service.browsing.article(CITY, "ferry runs")
        assert await service.browsing.article_of_key(CITY, button_key(article)) == article
        assert await service.browsing.sources(CITY)
        assert await service.corpus_overview.status(CITY_ADMIN)


async def test_who_looks_at_too_much_is_told_to_wait_and_others_are_not(service: Service) -> None:
    scope = service.access
    for number in range(LOOKS):
        scope.admit_look(Caller(rooms(LOOKS)[number], ANN))
    with pytest.raises(Refusal, match="too-fast"):
        scope.admit_look(CITY_ANN)
    scope.admit_look(CITY_BOB)
    scope.admit_look(Caller(TOWN, ANN))
    scope.admit_look(CITY_ANN, "home")  # what is of another kind counts by itself
    assert scope.offers(CITY_ANN)
    await scope.admit(CITY_ANN)


async def test_a_community_of_many_who_look_at_the_same_time_has_a_limit_too(service: Service) -> None:
    for number in range(COMMUNITY):
        for _ in range(OFFERS):
            assert service.access.offers(Caller(CITY, somebody(number)))
    assert not service.access.offers(Caller(CITY, somebody(COMMUNITY)))
    assert service.access.offers(Caller(TOWN, somebody(COMMUNITY)))


async def test_a_person_counts_as_one_in_however_many_direct_messages_they_ask(service: Service) -> None:
    limit = service.access.preferences(DIRECT).person_limit
    places = [replace(DIRECT, channel=f"direct-{number}") for number in range(limit + 1)]
    assert len({Caller(place, ANN).queue_key for place in places}) == 1
    assert DIRECT_ANN.queue_key != Caller(DIRECT, BOB).queue_key
    assert CITY_ANN.queue_key == CITY_BOB.queue_key == CITY.tenant
    for place in places[:limit]:
        await service.access.admit(Caller(place, ANN))
    with pytest.raises(Refusal, match="too-fast"):
        await service.access.admit(Caller(places[limit], ANN))
    await service.access.admit(Caller(places[limit], BOB))


@pytest.mark.parametrize("name", ["status", "history", "audit"])
async def test_what_administrators_look_at_is_paced_and_so_is_who_may_not(
    service: Service, name: str
) -> None:
    look = getattr(service.corpus_overview, name)
    for _ in range(LOOKS - 1):
        service.access.admit_look(CITY_ADMIN, "administer")
    await look(CITY_ADMIN)
    with pytest.raises(Refusal, match="too-fast"):
        await look(CITY_ADMIN)
    await look(TOWN_ADMIN)
    for _ in range(LOOKS):
        with pytest.raises(Refusal, match="not-allowed"):
            await service.admin_rights.check(AdminAction(TOWN_BOB, "settings", {}))
    with pytest.raises(Refusal, match="too-fast"):
        await service.admin_rights.check(AdminAction(TOWN_BOB, "settings", {}))


async def test_one_file_of_a_community_is_fetched_at_a_time(service: Service) -> None:
    with service.corpus_editor.receiving(CITY):
        with pytest.raises(Refusal, match="reload-busy"), service.corpus_editor.receiving(CITY):
            pass
        with service.corpus_editor.receiving(TOWN):
            pass
    with service.corpus_editor.receiving(CITY):
        pass
