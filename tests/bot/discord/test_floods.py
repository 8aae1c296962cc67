"""One person who asks Discord for completions without end: it ends for them, and for nobody else."""

import pytest

from bot.chat.venue import Person, Venue
from bot.permissions.venue_access import LOOKS, OFFERS
from tests.bot.discord.live import PASSING, LiveBot
from tools.local_discord import User

pytestmark = pytest.mark.asyncio(loop_scope="module")
TOO_FAST = "You ask faster than is allowed here."


@pytest.fixture(autouse=True)
def rested(live: LiveBot) -> None:
    live.rest()


def has_looked(live: LiveBot, user: User, kind: str = "look") -> None:
    """As if they had looked at as much as is allowed in a minute."""
    venue = Venue("discord", live.discord.guild.id, live.discord.general.id)
    for _ in range(LOOKS):
        live.service.access.admit_look(venue, Person(user.id, user.name), kind)


@pytest.mark.parametrize(
    ("command", "option", "who"),
    [
        ("ask", "source", "ann"),
        ("ask", "collection", "ann"),
        ("ask", "since", "ann"),
        ("ask", "until", "ann"),
        ("article", "article", "ann"),
        ("corpus add", "collection", "admin"),
        ("corpus rollback", "collection", "admin"),
        ("corpus restore", "collection", "admin"),
        ("corpus remove", "collection", "admin"),
        ("corpus remove", "target", "admin"),
    ],
)
async def test_who_asks_for_completions_without_end_is_offered_nothing_at_once(
    live: LiveBot, command: str, option: str, who: str
) -> None:
    discord = live.discord
    user = getattr(discord, who)
    assert await live.type(user, discord.general, command, option, "")
    venue = Venue("discord", discord.guild.id, discord.general.id)
    while live.service.access.offers(venue, Person(user.id, "")):
        pass
    assert await live.type(user, discord.general, command, option, "") == []
    if who == "ann":
        assert await live.type(discord.kim, discord.general, command, option, "")
    assert PASSING in (await live.ask(user, discord.general)).text


async def test_a_flood_of_completions_is_answered_each_and_a_question_beside_it(live: LiveBot) -> None:
    discord = live.discord
    typed = [
        await discord.autocomplete(discord.ann, discord.general, "article", "article", f"n{number}")
        for number in range(OFFERS + 20)
    ]
    asked = await live.ask(discord.kim, discord.random)
    assert PASSING in asked.text
    for one in typed:
        await one.settled()
        assert one.acked_after is not None
    assert all(one.choices == [] for one in typed[-10:])


@pytest.mark.parametrize(
    ("command", "options"),
    [("sources", {}), ("article", {"article": "nara"}), ("help", {})],
)
async def test_who_reads_without_end_is_told_to_wait_and_others_are_not(
    live: LiveBot, command: str, options: dict[str, str]
) -> None:
    discord = live.discord
    has_looked(live, discord.ann)
    assert TOO_FAST in (await live.command(discord.ann, discord.general, command, **options)).text
    assert TOO_FAST not in (await live.command(discord.moderator, discord.general, command, **options)).text
