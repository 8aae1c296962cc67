"""Who looks after the collections for all where the operator named no server, in a bot of two servers."""

from pathlib import Path

import pytest

from bot.cli.composition import LoadModel
from tests.bot.discord.live import live_bot


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
