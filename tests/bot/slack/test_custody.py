"""Who looks after the collections for all where the operator named no workspace."""

from pathlib import Path

import pytest

from bot.cli.composition import LoadModel
from tests.bot.slack.live import live_bot


async def test_the_one_workspace_of_the_first_start_looks_after_what_all_see(
    load: LoadModel, sample_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    async with live_bot(load, sample_home, slack_workspaces=frozenset()) as live:
        slack = live.slack
        planned = await live.command(slack.admin, slack.general, "/corpus", "reload")
        assert "You can't administer any collection here" not in planned.text
        assert live.service.chat_store.custodians.get() == frozenset({("slack", slack.team.id)})
        assert f"slack:{slack.team.id}, alone with the bot at its first start" in caplog.text


async def test_where_another_workspace_is_named_this_one_changes_nothing_that_all_see(
    load: LoadModel, sample_home: Path
) -> None:
    async with live_bot(load, sample_home, slack_workspaces=frozenset({"T0ELSEWHERE"})) as live:
        slack = live.slack
        refused = await live.command(slack.admin, slack.general, "/corpus", "reload")
        assert "You can't administer any collection here" in refused.text
