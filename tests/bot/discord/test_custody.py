"""Who looks after the collections for all where the operator named no server, in a bot of two servers."""

from pathlib import Path

import pytest

from bot.cli.composition import LoadModel
from tests.bot.discord.live import live_bot, upload
from tools.local_discord import LocalDiscord

MINE = {"id": "mine", "title": "Mine", "source": "Mine", "text": "The heron keeps the code of the vault."}


async def test_in_two_servers_nobody_changes_what_all_see_until_the_operator_names_one(
    load: LoadModel, sample_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    async with live_bot(load, sample_home, discord_servers=frozenset()) as live:
        discord = live.discord
        before = live.service.desk.collections["news"]
        for channel in (discord.general, discord.elsewhere):
            refused = await live.command(discord.admin, channel, "corpus reload")
            assert "You can't administer any collection here" in refused.text
            refused = await live.command(discord.admin, channel, "corpus rollback", collection="news")
            assert "You can't administer any collection here" in refused.text
        assert live.service.desk.collections["news"] is before
        assert "nobody may look after the collections for all" in caplog.text
        # What they add is their own.
        await live.command(discord.admin, discord.elsewhere, "corpus add", file=upload("m.jsonl", MINE))
        assert f"discord-{discord.other_guild.id}" in live.service.desk.collections
        assert live.service.desk.collections["news"] is before


async def test_a_named_server_looks_after_what_all_see_and_the_other_does_not(
    load: LoadModel, sample_home: Path
) -> None:
    async with (
        LocalDiscord() as discord,
        live_bot(load, sample_home, discord, discord_servers=frozenset({discord.guild.id})) as live,
    ):
        assert (
            "Nothing would change"
            in (await live.command(discord.admin, discord.general, "corpus reload")).text
        )
        refused = await live.command(discord.admin, discord.elsewhere, "corpus reload")
        assert "You can't administer any collection here" in refused.text
