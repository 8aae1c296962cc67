"""One person who asks Discord for completions without end: it ends for them, and for nobody else."""

import pytest

from bot.permissions.venue_access import OFFERS
from tests.bot.discord.live import PASSING, LiveBot

pytestmark = pytest.mark.asyncio(loop_scope="module")


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
