"""Many servers: the bot's shards in one process, and in two that share a home."""

import asyncio
import logging
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.composition import LoadModel, Parts
from bot.discord.api.identify_turns import APART, IdentifyTurns
from bot.discord.api.session_starts import LONGEST_PAUSE, StartLimit, wanted_pause
from bot.discord.api.shards import ID_SHIFT
from bot.discord.doctor import CROWDED, FULL, diagnose_discord
from bot.discord.run import run_discord
from bot.runtime.clock import ManualClock
from bot.settings import Settings, read_settings
from corpus.errors import BadSetting, PlatformRefused
from tests.bot.conftest import MakeHome
from tests.bot.discord.live import live_bot, upload
from tests.bot.running_bot import PASSING, PATIENCE
from tests.bot.samples.committees import HERON, OTTER, QUESTION
from tools.local_discord import Channel, LocalDiscord, pointed_at

ANYBODY: frozenset[str] = frozenset()


def two_servers(discord: LocalDiscord) -> list[Channel]:
    """A channel on each of two shards, in servers that `admin` looks after."""
    found: dict[int, Channel] = {}
    while len(found) < 2:
        guild = discord.world.add_guild(f"Server {len(discord.world.guilds)}", owner=discord.admin)
        number = (int(guild.id) >> ID_SHIFT) % 2
        found.setdefault(number, discord.world.add_channel(guild, "lobby"))
    return [found[0], found[1]]


@pytest.fixture
def paced() -> LocalDiscord:
    """A Discord that recommends two shards, and takes one identify in five seconds."""
    discord = LocalDiscord(shards=2)
    discord.sessions.max_concurrency, discord.sessions.paced = 1, True
    return discord


async def test_two_shards_of_one_process_identify_one_after_the_other_and_each_is_answered(
    load: LoadModel, make_home: MakeHome, paced: LocalDiscord
) -> None:
    first, second = two_servers(paced)
    async with paced, live_bot(load, make_home(), paced) as bot:
        assert [one["shard"] for one in paced.sessions.identifies] in ([[0, 2], [1, 2]], [[1, 2], [0, 2]])
        begun = paced.sessions.identified_at
        assert begun[1] - begun[0] >= 5
        assert not paced.sessions.too_soon
        for channel, name, row in ((first, "heron", HERON), (second, "otter", OTTER)):
            file = upload(f"{name}.jsonl", row)
            added = await bot.command(paced.admin, channel, "corpus add", file=file, collection=name)
            assert f"**{name}**: 1 new" in added.text
        heron = (await bot.ask(paced.admin, first, QUESTION)).text
        otter = (await bot.ask(paced.admin, second, QUESTION)).text
        assert "Heron" in heron
        assert "Otter" not in heron
        assert "Otter" in otter
        assert "Heron" not in otter
        assert (await bot.say(paced.ann, paced.world.dm(paced.ann), PASSING)).text
        # One shard breaks, the other goes on, and the first takes its session up again.
        resumed = paced.sessions.resumes
        connection = next(one for one in paced.sessions.sessions.values() if one.shard[0] == 1).connection
        assert connection
        connection.close(1006)
        assert (await bot.ask(paced.admin, first)).text
        await paced.until(lambda: paced.sessions.resumes > resumed, PATIENCE)
        assert (await bot.ask(paced.admin, second)).text
        assert len(paced.sessions.identifies) == 2


async def test_two_processes_have_a_shard_each_and_the_commands_are_told_once(
    load: LoadModel, make_home: MakeHome, paced: LocalDiscord
) -> None:
    channels, home = two_servers(paced), make_home()
    async with (
        paced,
        live_bot(load, home, paced, discord_shards=(range(1), 2), discord_servers=ANYBODY) as one,
    ):
        other_shard = {"discord_shards": (range(1, 2), 2), "discord_servers": ANYBODY}
        async with live_bot(load, home, paced, **other_shard) as other:
            assert [said["shard"] for said in paced.sessions.identifies] == [[0, 2], [1, 2]]
            assert paced.sessions.identified_at[1] - paced.sessions.identified_at[0] >= 5
            for bot, channel in zip((one, other), channels, strict=True):
                own, foreign = channel.guild_id, channels[1 - channels.index(channel)].guild_id
                assert own is not None
                assert foreign is not None
                assert bot.client.get_guild(int(own))
                assert bot.client.get_guild(int(foreign)) is None
                assert bot.client.serves(int(own))
                assert not bot.client.serves(int(foreign))
                assert (await bot.ask(paced.admin, channel)).text
            assert (one.client.serves(None), other.client.serves(None)) == (True, False)
            assert (await one.say(paced.ann, paced.world.dm(paced.ann), PASSING)).text
            assert len(paced.requests.of("bulk_set_application_commands")) == 1
            # Each sees a part of the servers alone; neither takes that for a bot with one server.
            assert not one.service.settings.rights.custodians
            assert not other.service.settings.rights.custodians


async def test_where_discord_wants_more_shards_the_bot_begins_anew_with_as_many(
    load: LoadModel, sample_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with LocalDiscord() as discord:
        two_servers(discord)
        discord.sessions.guilds_a_shard = len(discord.world.guilds) - 1
        settings = Settings(
            home=sample_home,
            discord_token=discord.token,
            discord_api=discord.api,
            discord_gateway=discord.gateway,
        )
        stop = asyncio.Event()
        with pointed_at(discord):
            async with Parts(settings, load).service() as service:
                running = asyncio.create_task(run_discord(settings, service, stop))
                await discord.until(lambda: "wants more shards" in caplog.text or running.done(), PATIENCE)
                assert not running.done(), running
                discord.sessions.shards = 2
                await discord.until(lambda: len(discord.sessions.identifies) == 2, PATIENCE)
                stop.set()
                await asyncio.wait_for(running, PATIENCE)
            refused = replace(settings, discord_shards=(range(1), 1))
            async with Parts(refused, load).service() as service:
                with pytest.raises(PlatformRefused, match="name more in NEWSDESK_DISCORD_SHARDS"):
                    await asyncio.wait_for(run_discord(refused, service, asyncio.Event()), PATIENCE)


async def test_turns_are_apart_for_shards_of_one_kind_alone(load: LoadModel, sample_home: Path) -> None:
    async with Parts(Settings(home=sample_home), load).service() as service:
        clock = ManualClock()
        turns, limit = IdentifyTurns(service, clock), StartLimit(1000, 1000, 86_400, at_once=2)
        for shard in (0, 1):
            await turns.wait(1, shard, limit)
        assert clock.waited == []
        await turns.wait(1, 2, limit)
        assert APART - 0.1 <= sum(clock.waited) < APART + 1
        before = sum(clock.waited)
        await turns.wait(2, 0, limit)  # of another bot
        assert sum(clock.waited) == before


def test_with_more_shards_the_pauses_are_longer() -> None:
    assert wanted_pause(30, shards=4) >= 4 * LONGEST_PAUSE / 2
    assert wanted_pause(30) <= LONGEST_PAUSE
    assert 0 < wanted_pause(10_000, shards=4) <= 4 * LONGEST_PAUSE


@pytest.mark.parametrize(
    ("value", "numbers"),
    [("0-3/16", (range(4), 16)), ("15-15/16", (range(15, 16), 16)), ("0-0/1", (range(1), 1))],
)
def test_a_range_of_shards_is_read(value: str, numbers: tuple[range, int]) -> None:
    assert read_settings({"NEWSDESK_DISCORD_SHARDS": value}).discord_shards == numbers


@pytest.mark.parametrize("value", ["3", "0-4/4", "2-1/4", "0-3", "a-b/c", "-1-2/4", "0-3/99999", "٠-٣/١٦"])
def test_what_is_no_range_of_shards_is_refused(value: str) -> None:
    with pytest.raises(BadSetting, match="is no range of shards: write the first and the last"):
        read_settings({"NEWSDESK_DISCORD_SHARDS": value})


async def test_the_doctor_says_how_full_the_shards_are(tmp_path: Path) -> None:
    async with LocalDiscord() as discord:
        settings = Settings(
            home=tmp_path,
            discord_token=discord.token,
            discord_api=discord.api,
            discord_gateway=discord.gateway,
        )
        with pointed_at(discord):
            discord.world.more_guilds = CROWDED - 3
            few = await asyncio.to_thread(diagnose_discord, settings)
            discord.world.more_guilds = CROWDED
            many = await asyncio.to_thread(diagnose_discord, settings)
            chosen = replace(settings, discord_shards=(range(1), 1))
            named = await asyncio.to_thread(diagnose_discord, chosen)
    found = [next(one for one in findings if one.what == "shards") for findings in (few, many, named)]
    assert [one.sound for one in found] == [True, False, False]
    assert f"Discord takes {FULL} at most: start the bot again" in found[1].detail
    assert "name at least 2 in all in NEWSDESK_DISCORD_SHARDS" in found[2].detail
