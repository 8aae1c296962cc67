"""What is offered while somebody types."""

from bot.actions.command_table import Kind
from bot.actions.completions import matching, offer
from bot.cards.request import Request
from bot.discord.drawing.render import CANVAS
from bot.messages.catalogue import messages_for
from bot.service.service import Service
from tests.bot.service.people import ANN, CITY

WORDS = messages_for("en")


async def test_names_that_begin_so_are_offered_before_those_that_hold_it() -> None:
    names = ["The Gazette", "Gazette of Ellery", "Post"]
    assert [shown for _, shown in matching(names, " GAZ")] == ["Gazette of Ellery", "The Gazette"]


async def test_articles_are_offered_by_title_as_many_and_as_long_as_the_platform_takes(
    service: Service,
) -> None:
    request = Request(CITY, ANN, WORDS, WORDS, CANVAS)

    async def offered(limit: int, length: int) -> list[tuple[str, str]]:
        return await offer(service, request, Kind.ARTICLE, "r", limit=limit, length=length)

    every = await offered(25, 100)
    assert ("news:post-bridge", "Bridge closed") in every
    assert len(await offered(2, 100)) == 2
    shortest = min(len(value) for value, _ in every)
    assert {len(value) for value, _ in await offered(25, shortest)} == {shortest}
