"""Two processes on one home and one workspace: Slack gives each event to one of them, and none is lost."""

import logging
from pathlib import Path

import pytest

from bot.cli.composition import LoadModel
from tests.bot.running_bot import PASSING, PATIENCE
from tests.bot.slack.live import LiveBot
from tests.bot.slack.trouble import PASSED, room, troubled_bot
from tools.local_slack import LocalSlack

FURTHER = "And how many people died there?"


def taken_by(bot: LiveBot) -> list[str]:
    """The events that a process has taken."""
    return list(bot.dispatcher.gate._seen)


async def test_a_follow_up_that_reaches_the_other_process_is_answered(
    load: LoadModel, sample_home: Path
) -> None:
    async with (
        LocalSlack() as slack,
        troubled_bot(load, sample_home, slack) as first,
        troubled_bot(load, sample_home, slack),
    ):
        await slack.until(lambda: len(slack.sockets.links) == 2, PATIENCE)
        place = room(slack, slack.ann)
        asked = await (await slack.say(slack.ann, place, f"{slack.mention()} {PASSING}")).settled(PATIENCE)
        assert asked.said
        assert PASSED in asked.text
        took: list[bool] = []
        for number in range(4):
            if number % 2:  # Slack gives to each in turn, and tells of the answers as well
                await (await slack.say(slack.ann, place, "Sad.")).acknowledged()
            before = len(taken_by(first))
            further = await slack.say(slack.ann, place, FURTHER, thread_ts=asked.said.ts)
            await further.settled(PATIENCE)
            assert "183" in further.text
            took.append(len(taken_by(first)) > before)
        assert set(took) == {True, False}


async def test_a_second_process_that_shares_the_events_is_warned_of(
    load: LoadModel, sample_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    words = "another process answers with its app token"
    async with LocalSlack() as slack, troubled_bot(load, sample_home, slack):
        await slack.until(lambda: "connected to Slack" in caplog.text, PATIENCE)
        await slack.disconnect("warning", linger=1)  # its own next connection is none of another's
        await slack.until(lambda: slack.sockets.opened == 2 and len(slack.sockets.links) == 1, PATIENCE)
        assert words not in caplog.text
        async with troubled_bot(load, sample_home, slack):
            await slack.until(lambda: words in caplog.text, PATIENCE)
