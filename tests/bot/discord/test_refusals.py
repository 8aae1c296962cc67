"""What is refused is refused at once, and nobody else on Discord sees even that the bot thinks."""

import pytest
import pytest_asyncio

from tests.bot.discord.live import PASSING, PATIENCE, LiveBot
from tests.bot.discord.trouble import direct_messages, somebody
from tools.local_discord import MESSAGE_RESPONSE, Channel, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def room(live: LiveBot) -> Channel:
    """A channel that nothing was said in."""
    return live.discord.world.add_channel(live.discord.guild, "quiet")


async def test_what_is_refused_is_said_at_once_and_nobody_sees_even_that_the_bot_thinks(
    live: LiveBot, room: Channel
) -> None:
    asked = await live.ask(live.discord.ann, room, since="soon")
    assert asked.ack_type == MESSAGE_RESPONSE
    assert asked.message
    assert asked.message.viewer_id == live.discord.ann.id


async def test_where_the_token_ends_with_the_message_the_asker_is_told_directly(
    live: LiveBot, room: Channel
) -> None:
    discord = live.discord
    person = somebody(discord)
    discord.faults.fail("PATCH", "/webhooks/*/messages/@original", status=400)
    discord.faults.refuse("POST", "/webhooks/*", status=404, code=10008)
    await discord.command(person, room, "ask", question=PASSING)
    await discord.until(lambda: direct_messages(discord, person), PATIENCE)
    await live.idle()
    assert "Something went wrong on my side" in text_of(direct_messages(discord, person)[0])
    assert not [one for one in discord.world.messages_in(room.id) if one.author == discord.bot]
    live.incidents.lines.clear()
