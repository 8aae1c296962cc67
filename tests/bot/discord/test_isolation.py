"""Two servers with collections of their own: what is completed, and where the bot was brought or left."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.chat.venue import Venue
from bot.cli.composition import LoadModel
from tests.bot.discord.live import PASSING, LiveBot, live_bot, upload
from tests.bot.samples.committees import HERON, OTTER, QUESTION
from tools.local_discord import Channel, Exchange, NotPossible, text_of, walk_components

pytestmark = pytest.mark.asyncio(loop_scope="module")
OURS, THEIRS = ("heron", "Brandt", "Heron"), ("otter", "Kranz", "Otter")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def live(
    load: LoadModel, loaded_sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[LiveBot]:
    """A bot in two servers, each with a collection of its own and the sample for both."""
    home = tmp_path_factory.mktemp("two") / "home"
    shutil.copytree(loaded_sample, home)
    async with live_bot(load, home) as bot:
        discord = bot.discord
        for channel, name, row in (
            (discord.general, "heron", HERON),
            (discord.elsewhere, "otter", OTTER),
        ):
            file = upload(f"{name}.jsonl", row)
            added = await bot.command(discord.admin, channel, "corpus add", file=file, collection=name)
            assert f"{name}" in added.text
            assert "1" in added.text
        yield bot


@pytest.fixture(params=["ours", "theirs"])
def side(live: LiveBot, request: pytest.FixtureRequest) -> tuple[Channel, tuple[str, ...], tuple[str, ...]]:
    """A channel, words of its server's own articles, and words of the other's."""
    discord = live.discord
    return (discord.general, OURS, THEIRS) if request.param == "ours" else (discord.elsewhere, THEIRS, OURS)


Side = tuple[Channel, tuple[str, ...], tuple[str, ...]]


def all_of(exchange: Exchange) -> str:
    """Everything in an exchange, also in ids, labels and options."""
    messages = [*([exchange.message] if exchange.message else []), *exchange.followups]
    parts = [text_of(message) for message in messages]
    parts += [str(one) for message in messages for _, one in walk_components(message.components)]
    return "\n".join(parts)


def check(text: str, side: Side, *, own: bool = True) -> None:
    """The own words are there, unless there need be none, and nothing of the other's."""
    _, ours, theirs = side
    assert not any(word.casefold() in text.casefold() for word in theirs), text
    if own:
        assert any(word in text for word in ours), text


@pytest.mark.parametrize(
    ("command", "option"), [("ask", "source"), ("ask", "collection"), ("article", "article")]
)
async def test_nothing_of_the_other_is_offered(live: LiveBot, side: Side, command: str, option: str) -> None:
    discord, channel = live.discord, side[0]
    for typed in ("", "o", "committee", "shared", "ot", "he"):
        offered = await live.type(discord.ann, channel, command, option, typed)
        check("\n".join(offered), side, own=False)
    everything = await live.type(discord.ann, channel, command, option, side[1][0])
    check("\n".join(everything), side)


async def test_status_history_audit_plan_and_settings_are_ones_own(live: LiveBot, side: Side) -> None:
    discord, channel = live.discord, side[0]
    for command in ("corpus status", "corpus history", "corpus audit", "settings server"):
        check(all_of(await live.command(discord.admin, channel, command)), side)
    check(all_of(await live.command(discord.admin, channel, "corpus reload")), side)
    for command, option in (
        ("corpus rollback", "collection"),
        ("corpus remove", "target"),
        ("corpus add", "collection"),
        ("corpus restore", "collection"),
    ):
        check("\n".join(await live.type(discord.admin, channel, command, option, "")), side, own=False)


async def test_a_server_that_the_bot_was_brought_to_sees_nothing_of_its_members_servers(
    live: LiveBot,
) -> None:
    discord = live.discord
    discord.world.installed_by.add(discord.ann.id)
    guild = discord.world.add_guild("Elsewhere entirely", owner=discord.kim, bot_inside=False)
    discord.world.join(guild, discord.ann)
    square = discord.world.add_channel(guild, "square")
    asked = await live.ask(discord.ann, square, QUESTION)
    for word in (*OURS, *THEIRS):
        assert word not in asked.text
    with pytest.raises(NotPossible):
        await live.command(discord.ann, square, "corpus status")


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
