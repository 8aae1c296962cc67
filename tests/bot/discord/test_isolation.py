"""Two servers with collections of their own: what is completed, and where the bot was brought or left."""

import pytest
import pytest_asyncio

from bot.chat.venue import Venue
from tests.bot.discord.live import LiveBot, upload
from tests.bot.running_bot import PASSING
from tests.bot.samples.committees import HERON, OTTER

pytestmark = pytest.mark.asyncio(loop_scope="module")
OURS, THEIRS = ("heron", "Brandt", "Heron"), ("otter", "Kranz", "Otter")


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def collections(live: LiveBot) -> None:
    """Each of the two servers has a collection of its own, and the sample is for both."""
    discord = live.discord
    if "otter" not in live.service.desk.collections:
        for channel, name, row in ((discord.general, "heron", HERON), (discord.elsewhere, "otter", OTTER)):
            file = upload(f"{name}.jsonl", row)
            added = await live.command(discord.admin, channel, "corpus add", file=file, collection=name)
            assert f"**{name}**: 1 new" in added.text


@pytest.mark.parametrize(
    ("command", "option"),
    [
        ("ask", "source"),
        ("ask", "collection"),
        ("article", "article"),
        ("corpus rollback", "collection"),
        ("corpus remove", "target"),
        ("corpus add", "collection"),
        ("corpus restore", "collection"),
    ],
)
@pytest.mark.parametrize("side", ["ours", "theirs"])
async def test_nothing_of_the_other_is_offered(live: LiveBot, side: str, command: str, option: str) -> None:
    discord, own, others = live.discord, OURS, THEIRS
    user, channel = discord.admin if "corpus" in command else discord.ann, discord.general
    if side == "theirs":
        channel, own, others = discord.elsewhere, THEIRS, OURS
    every = ""
    for typed in ("", "o", "committee", "shared", own[0]):
        every += "\n".join(await live.type(user, channel, command, option, typed)).casefold()
    assert own[0] in every
    assert not any(word.casefold() in every for word in others)


async def test_nothing_stays_of_a_server_that_the_bot_is_taken_out_of(live: LiveBot) -> None:
    discord = live.discord
    guild = discord.add_guild("Short-lived")
    channel = discord.world.add_channel(guild, "only")
    await discord.until(lambda: live.client.get_guild(int(guild.id)))
    panel = await live.command(discord.admin, channel, "settings server")
    await live.choose(discord.admin, panel.message, "passages", ["1"])
    asked = await live.ask(discord.admin, channel, PASSING)
    await live.press(discord.admin, asked.message, "up")
    discord.remove_bot(guild)
    chat_store = live.service.chat_store

    def names(server: str) -> bool:
        tables = ("answers", "settings", "audit", "threads", "votes")
        return any(server in str(chat_store.rows(f"SELECT * FROM {table}")) for table in tables)

    await discord.until(lambda: not names(guild.id))
    assert names(discord.guild.id)  # of the others everything is there
    assert live.service.settings.chosen(Venue("discord", guild.id, channel.id), whole=True).passages is None
