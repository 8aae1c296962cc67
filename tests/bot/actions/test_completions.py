"""What is offered while somebody types."""

import pytest

from bot.actions.command_table import Kind
from bot.actions.completions import matching, offer
from bot.cards.request import Request
from bot.chat.venue import Person
from bot.discord.drawing.render import CANVAS
from bot.messages.catalogue import messages_for
from bot.service.service import Service
from tests.bot.service.people import ANN, BOB, CITY, CITY_ANN

WORDS = messages_for("en")


async def offered(
    service: Service,
    kind: Kind,
    typed: str = "",
    *,
    person: Person = ANN,
    limit: int = 25,
    length: int = 100,
) -> list[tuple[str, str]]:
    request = Request(CITY, person, WORDS, WORDS, CANVAS)
    return await offer(service, request, kind, typed, limit=limit, length=length)


async def test_names_that_begin_so_are_offered_before_those_that_hold_it() -> None:
    names = ["The Gazette", "Gazette of Ellery", "Post"]
    assert [shown for _, shown in matching(names, " GAZ")] == ["Gazette of Ellery", "The Gazette"]


async def test_articles_are_offered_by_title_as_many_and_as_long_as_the_platform_takes(
    service: Service,
) -> None:
    every = await offered(service, Kind.ARTICLE, "r")
    assert ("news:post-bridge", "Bridge closed") in every
    assert len(await offered(service, Kind.ARTICLE, "r", limit=2)) == 2
    shortest = min(len(value) for value, _ in every)
    assert {len(value) for value, _ in await offered(service, Kind.ARTICLE, "r", length=shortest)} == {
        shortest
    }


async def test_a_date_is_offered_as_it_was_typed_where_it_is_one(service: Service) -> None:
    typed = "14 January 2026"
    assert (await offered(service, Kind.PERIOD, typed))[0] == (typed, typed)
    assert await offered(service, Kind.PERIOD, "no date") == []


async def test_where_nothing_is_open_nothing_is_offered(service: Service) -> None:
    await service.settings.choose(CITY, {"collections": ("vanished",)}, whole=True)
    for kind in (Kind.SOURCE, Kind.SEARCHED, Kind.ARTICLE):
        assert await offered(service, kind) == []


@pytest.mark.parametrize(
    "kind", [Kind.SOURCE, Kind.SEARCHED, Kind.GOVERNED, Kind.PERIOD, Kind.ARTICLE, Kind.TARGET]
)
async def test_who_asks_for_completions_without_end_is_offered_nothing_at_once(
    service: Service, kind: Kind
) -> None:
    assert await offered(service, kind)
    while service.access.offers(CITY_ANN):
        pass
    assert await offered(service, kind) == []
    assert await offered(service, kind, person=BOB)
