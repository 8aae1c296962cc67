"""`newsdesk run` as whoever operates it sees it on Slack: what it says, and how it ends."""

import asyncio
import re
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.chat.refusal import Refusal
from bot.chat.venue import Caller, Person, Venue
from bot.cli.composition import LoadModel, Parts
from bot.community_admin.change_progress import ChangeProgress
from bot.corpus_admin.reload import ReloadReport
from bot.slack.run import run_slack
from corpus.errors import PlatformRefused
from tests.bot.platforms.process import QUICKLY, Process
from tests.bot.running_bot import PATIENCE
from tests.bot.samples.articles import LIGHTHOUSE
from tests.bot.slack.live import LiveBot, local_slack, upload
from tests.bot.slack.trouble import ask, mention, settings_for, texts_of
from tools.local_slack import LocalSlack

BOT_SECRET = "xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcBrzbqgy"
APP_SECRET = "xapp-1-A0123456789-1234567890123-0123456789abcdef"
"""Tokens of the shapes that Slack gives."""


def failure(bot: Process) -> str:
    """The one line of its failure; no secret anywhere."""
    for secret in (BOT_SECRET, APP_SECRET):
        assert secret not in bot.said
    return bot.failure()


# Not let in


REFUSED = "install the app to the workspace again, and copy its tokens"
NO_TOKEN = f"copy it whole, or {REFUSED}"


async def test_a_wrong_token_ends_it_with_one_line(quick_home: Path) -> None:
    wrong = {"SLACK_BOT_TOKEN": BOT_SECRET}
    async with LocalSlack() as slack, Process(quick_home, slack, module=QUICKLY, **wrong) as bot:
        assert await bot.ended() == 1
        assert failure(bot) == f"Slack refuses SLACK_BOT_TOKEN (invalid_auth): {REFUSED}"


@pytest.mark.parametrize(
    ("tokens", "line"),
    [
        ({"slack_app_token": APP_SECRET}, f"Slack refuses SLACK_APP_TOKEN (invalid_auth): {REFUSED}"),
        (
            {"slack_bot_token": f"{BOT_SECRET[:20]}\n{BOT_SECRET[20:]}"},
            f"what is in SLACK_BOT_TOKEN is no token: {NO_TOKEN}",
        ),
        ({"slack_app_token": "xapp-1-é"}, f"what is in SLACK_APP_TOKEN is no token: {NO_TOKEN}"),
    ],
    ids=["app token", "broken in two", "odd letters"],
)
async def test_each_wrong_token_is_refused_in_words(
    load: LoadModel, sample_home: Path, tokens: dict[str, Any], line: str
) -> None:
    async with LocalSlack() as slack:
        settings = replace(settings_for(slack, sample_home), **tokens)
        async with Parts(settings, load).service() as service:
            with pytest.raises(PlatformRefused, match=f"^{re.escape(line)}$"):
                await asyncio.wait_for(run_slack(settings, service, asyncio.Event()), PATIENCE)


@pytest.mark.parametrize("reason", ["missing_scope", "account_inactive", "org_login_required"])
async def test_whatever_keeps_it_out_is_said_in_slack_s_own_word(
    load: LoadModel, sample_home: Path, reason: str
) -> None:
    async with LocalSlack() as slack:
        settings = settings_for(slack, sample_home)
        slack.faults.refuse("auth.test", reason)
        async with Parts(settings, load).service() as service:
            with pytest.raises(PlatformRefused, match=f"refuses SLACK_BOT_TOKEN \\({reason}\\)"):
                await asyncio.wait_for(run_slack(settings, service, asyncio.Event()), PATIENCE)
        assert not slack.requests.of("apps.connections.open")


# Not there yet


async def test_it_waits_for_a_slack_that_is_away_or_broken_at_the_start(quick_home: Path) -> None:
    async with LocalSlack() as slack:
        await slack.down()
        slack.faults.fail("auth.test", status=500)
        slack.faults.refuse("auth.test", "internal_error")
        slack.faults.limit("auth.test", retry_after=1)
        async with Process(quick_home, slack, module=QUICKLY) as bot:
            await bot.says("Slack can't be reached (ClientConnectorError), trying again in")
            await slack.up()
            await bot.up()
            one = await (await mention(slack)).settled(PATIENCE)
            assert "these articles" in one.text
            assert "internal_error" in bot.said
            assert "Traceback" not in bot.said


# What it says


async def test_a_start_says_little_and_nothing_of_a_message(sample_home: Path) -> None:
    async with local_slack() as slack, Process(sample_home, slack) as bot:
        await bot.up()
        asked = await (await ask(slack)).settled(PATIENCE)
        said = await (await mention(slack)).settled(PATIENCE)
        bot.send(signal.SIGTERM)
        assert await bot.ended() == 0
        lines = [re.sub(r"^\S+ \S+ |(?<=confidence 0\.)\d+$", "", line) for line in bot.lines]
        slack.assert_valid()
    assert lines == [
        "INFO bot.permissions.chat_settings: the collections for all are looked after by "
        f"slack:{slack.team.id}, alone with the bot at its first start",
        "INFO bot.slack.run: answering on Slack, in workspace " + slack.team.id,
        "INFO bot.slack.api.connection: connected to Slack",
        "INFO bot.dispatch.dispatcher: asked: Answer, confidence 0.",
        "INFO bot.dispatch.dispatcher: asked: Answer, confidence 0.",
        "INFO bot.runtime.supervisor: stopping: answers under way are finished first",
    ]
    assert "Chosei" in asked.text
    assert "Chosei" in said.text


async def test_what_bolt_would_read_by_itself_changes_nothing(quick_home: Path) -> None:
    async with (
        LocalSlack() as slack,
        Process(
            quick_home,
            slack,
            module=QUICKLY,
            SLACK_CLIENT_ID="1.2",
            SLACK_CLIENT_SECRET="3",
            SLACK_VERIFICATION_TOKEN="4",
        ) as bot,
    ):
        await bot.up()
        assert "these articles" in (await (await mention(slack)).settled(PATIENCE)).text
        assert " WARNING " not in bot.said


# Stopped


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_lets_what_was_acknowledged_be_finished(
    quick_home: Path, number: signal.Signals
) -> None:
    async with LocalSlack() as slack, Process(quick_home, slack, module=QUICKLY) as bot:
        await bot.up()
        slack.faults.slow("users.info", 0.5, times=None)  # nobody is known, let alone asked for
        slack.faults.slow("chat.postMessage", 0.3, times=None)
        asked = [await ask(slack) for _ in range(10)] + [await mention(slack) for _ in range(5)]
        await slack.until(lambda: all(one.acked for one in asked))
        assert not any(one.messages for one in asked)
        bot.send(number)
        assert await bot.ended() == 0
        assert [len(texts_of(one)) for one in asked] == [1] * 15
        assert bot.lines[-1].endswith("stopping: answers under way are finished first")
        await slack.until(lambda: not slack.sockets.links)


# Twice


async def test_where_slack_alone_is_over_a_reload_goes_on_and_at_a_stop_it_does_not(fresh: LiveBot) -> None:
    """It may have been asked for on the other platform."""
    venue = Venue("discord", "1", "2")
    admin = Person("3", "Ada", manages=True)
    corpus_editor = fresh.service.corpus_editor

    def adding(name: str) -> tuple["asyncio.Task[ReloadReport]", ChangeProgress]:
        rows = [{**LIGHTHOUSE, "id": f"{name}-{n}", "text": f"{LIGHTHOUSE['text']} {n}"} for n in range(40)]
        data, progress = upload(f"{name}.jsonl", *rows).content, ChangeProgress()
        return asyncio.create_task(
            corpus_editor.add_upload(Caller(venue, admin), "port", f"{name}.jsonl", data, progress)
        ), progress

    goes_on, progress = adding("first")
    await fresh.slack.until(lambda: progress in corpus_editor._changes.under_way, PATIENCE)
    await fresh.app.dispatcher.gate.drain(alone=True)
    assert (await asyncio.wait_for(goes_on, PATIENCE)).generations
    stopped, progress = adding("second")
    await fresh.slack.until(lambda: progress in corpus_editor._changes.under_way, PATIENCE)
    await fresh.app.dispatcher.gate.drain()
    with pytest.raises(Refusal, match="stopping"):
        await asyncio.wait_for(stopped, PATIENCE)
