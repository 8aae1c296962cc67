"""Discord and Slack in one process, on one desk: `newsdesk run` with both."""

import asyncio
import json
import os
import re
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.runtime.supervisor import serve
from corpus.errors import PlatformRefused
from tests.bot.conftest import MakeHome
from tests.bot.discord import trouble as on_discord
from tests.bot.discord.live import custom_id
from tests.bot.platforms.process import PATIENCE, QUICKLY, Process
from tests.bot.samples.articles import LIGHTHOUSE
from tests.bot.slack import trouble as on_slack
from tests.bot.slack.live import action_id, local_slack
from tools.local_discord import LocalDiscord
from tools.local_discord import Upload as DiscordUpload
from tools.local_slack import Exchange, LocalSlack, text_of
from tools.local_slack import Upload as SlackUpload

pytestmark = pytest.mark.asyncio(loop_scope="module")

FILE = ("lighthouse.jsonl", json.dumps(LIGHTHOUSE).encode(), "application/jsonl")
OTHER = (
    "other.jsonl",
    json.dumps({**LIGHTHOUSE, "id": "other", "source": "Hill Post"}).encode(),
    "application/jsonl",
)


@dataclass(frozen=True, slots=True)
class Both:
    """One process on two platforms."""

    slack: LocalSlack
    discord: LocalDiscord
    bot: Process


@asynccontextmanager
async def both_platforms(home: Path, **settings: str) -> AsyncIterator[Both]:
    """`newsdesk run` on both, for the time of the block; a server and the workspace are the operator's."""
    async with local_slack() as slack, LocalDiscord() as discord:
        own = {
            "NEWSDESK_DISCORD_SERVERS": discord.guild.id,
            "NEWSDESK_SLACK_WORKSPACES": slack.team.id,
        }
        async with Process(home, slack, discord, **{**own, **settings}) as bot:
            yield Both(slack, discord, bot)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def both(make_home: MakeHome) -> AsyncIterator[Both]:
    """One process for the module; both servers' administrators may look after the corpus."""
    async with both_platforms(make_home()) as made:
        await made.bot.up()
        yield made
        made.slack.assert_valid()
        made.discord.assert_valid()
        assert not made.slack.pings
        assert not made.discord.pings
        assert "incident" not in made.bot.said, made.bot.said


async def test_a_reload_from_slack_is_seen_on_discord(both: Both) -> None:
    slack, discord = both.slack, both.discord
    before = await discord.command(discord.ann, discord.general, "sources")
    assert "Harbour Gazette" not in (await before.settled(PATIENCE)).text
    shared = await slack.say(slack.admin, slack.general, "See this", files=[SlackUpload(*FILE)])
    assert shared.said
    added = await slack.shortcut(slack.admin, "add_file", shared.said)
    await slack.until(lambda: any("1 new" in text for text in on_slack.texts_of(added)), PATIENCE)
    after = await discord.command(discord.ann, discord.general, "sources")
    assert "Harbour Gazette" in (await after.settled(PATIENCE)).text


async def test_a_reload_from_discord_is_seen_on_slack(both: Both) -> None:
    slack, discord = both.slack, both.discord
    file = DiscordUpload(*OTHER)
    added = await discord.command(discord.admin, discord.general, "corpus add", file=file)
    await discord.until(lambda: "1 new" in added.text, PATIENCE)
    shown = await slack.command(slack.ann, slack.general, "/sources")
    assert "Hill Post" in (await shown.settled(PATIENCE)).text


async def test_an_answer_of_one_platform_can_t_be_opened_from_the_other(both: Both) -> None:
    slack, discord = both.slack, both.discord
    asked = await (await on_slack.ask(slack)).settled(PATIENCE)
    there = await (await on_discord.ask(discord)).settled(PATIENCE)
    pressed = await slack.click(asked.action.user, asked.message, action_id(asked.message, "more"))
    await slack.until(lambda: pressed.ephemerals, PATIENCE)
    (action,) = pressed.deliveries[0].payload["actions"]
    stolen = {**action, "action_id": custom_id(there.message, "more"), "action_ts": "1"}
    slack.send_raw("interactive", {**pressed.deliveries[0].payload, "actions": [stolen]})
    await slack.until(lambda: len(pressed.ephemerals) == 2, PATIENCE)
    assert "2 · " in text_of(pressed.ephemerals[0])
    assert text_of(pressed.ephemerals[1]).startswith("That answer is no longer kept")


# Ends


REFUSALS: dict[str, tuple[dict[str, str], str, str]] = {
    "Discord's token": ({"DISCORD_TOKEN": "wrong"}, "Discord", "refuses the token in DISCORD_TOKEN"),
    "Slack's token": ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "Slack", "SLACK_BOT_TOKEN (invalid_auth)"),
}


async def answers(both: Both, platform: str) -> None:
    """A question is answered there."""
    if platform == "Slack":
        await both.bot.says("connected to Slack")
        assert "these articles" in (await (await on_slack.mention(both.slack)).settled(PATIENCE)).text
    else:
        await both.bot.says("connected to Discord as")
        assert "these articles" in (await (await on_discord.ask(both.discord)).settled(PATIENCE)).text


async def doctor(home: Path, **settings: str) -> str:
    """What `newsdesk doctor` says of that home."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", QUICKLY, "--home", str(home), "doctor"),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "DISCORD_TOKEN": "x", "SLACK_BOT_TOKEN": "x", **settings},
    )
    said, _ = await process.communicate()
    return said.decode()


@pytest.mark.parametrize("what", REFUSALS)
async def test_one_that_is_refused_at_the_start_is_over_and_the_other_answers(
    quick_home: Path, what: str
) -> None:
    settings, over, line = REFUSALS[what]
    other = "Slack" if over == "Discord" else "Discord"
    async with both_platforms(quick_home, module=QUICKLY, **settings) as both:
        await both.bot.says(f"{over} is over, {other} goes on: ")
        assert line in both.bot.said
        await answers(both, other)
        found = await doctor(quick_home)
        assert re.search(rf"FIX  {over}: over since \S+ \S+ UTC: .*{re.escape(line)}", found), found
        assert f"ok   {other}: " in found
        both.bot.send(signal.SIGTERM)
        assert await both.bot.ended() == 0
    if what == "Slack's token":
        async with both_platforms(quick_home, module=QUICKLY) as both:
            await both.bot.up()
            assert "over since" not in await doctor(quick_home)


@pytest.mark.parametrize("how", ["at the gateway", "at a call"])
async def test_discord_is_over_once_it_does_not_take_the_token_any_more(quick_home: Path, how: str) -> None:
    async with both_platforms(quick_home, module=QUICKLY) as both:
        await both.bot.up()
        if how == "at the gateway":
            both.discord.revoke_token()
        else:
            both.discord.sessions.token_revoked = True
            await on_discord.mention(both.discord)
        await both.bot.says("Discord is over, Slack goes on: Discord does not take the token")
        await answers(both, "Slack")
        both.bot.send(signal.SIGTERM)
        assert await both.bot.ended() == 0


@pytest.mark.parametrize("how", ["token revoked", "app removed", "socket switched off"])
async def test_slack_is_over_once_it_does_not_let_the_bot_in_any_more(quick_home: Path, how: str) -> None:
    async with both_platforms(quick_home, module=QUICKLY) as both:
        await both.bot.up()
        asked: list[Exchange] = []
        if how == "token revoked":
            both.slack.revoke_token()
            await on_slack.mention(both.slack)
        elif how == "app removed":
            await both.slack.uninstall(both.slack.admin)
        else:
            both.slack.faults.slow("chat.postMessage", 1.0, times=None)
            asked = [await on_slack.mention(both.slack) for _ in range(3)]
            await both.slack.until(lambda: all(one.acked for one in asked))
            await both.slack.disconnect("link_disabled", linger=0)
        await both.bot.says("Slack is over, Discord goes on: Slack ")
        # What was under way is finished.
        assert [len(one.messages) for one in asked] == [1] * len(asked)
        await answers(both, "Discord")
        both.bot.send(signal.SIGTERM)
        assert await both.bot.ended() == 0


async def test_both_refused_end_the_process_with_one_line_that_names_both(quick_home: Path) -> None:
    wrong = {"DISCORD_TOKEN": "wrong", "SLACK_BOT_TOKEN": "xoxb-wrong"}
    async with both_platforms(quick_home, module=QUICKLY, **wrong) as both:
        assert await both.bot.ended() == 1
        line = both.bot.failure()
        assert "Discord refuses the token in DISCORD_TOKEN" in line
        assert "Slack refuses SLACK_BOT_TOKEN (invalid_auth)" in line
    async with both_platforms(quick_home, module=QUICKLY) as both:
        await both.bot.up()
        both.discord.revoke_token()
        await both.bot.says("Discord is over, Slack goes on")
        await both.slack.disconnect("link_disabled", linger=0)
        assert await both.bot.ended() == 1
        assert "(4004)" in both.bot.failure()
        assert "(access_denied)" in both.bot.failure()


async def test_one_that_is_away_does_not_keep_the_other_from_answering(quick_home: Path) -> None:
    async with local_slack() as slack, LocalDiscord() as discord:
        await slack.down()
        async with Process(quick_home, slack, discord, module=QUICKLY) as bot:
            await bot.says("connected to Discord as")
            await bot.says("Slack can't be reached")
            assert "these articles" in (await (await on_discord.ask(discord)).settled(PATIENCE)).text
            await slack.up()
            await bot.up()
            assert "these articles" in (await (await on_slack.mention(slack)).settled(PATIENCE)).text
            bot.send(signal.SIGTERM)
            assert await bot.ended() == 0


async def test_a_signal_lets_what_is_under_way_on_both_be_finished(quick_home: Path) -> None:
    async with both_platforms(quick_home, module=QUICKLY) as both:
        slack, discord = both.slack, both.discord
        await both.bot.up()
        slack.faults.slow("chat.postMessage", 0.5, times=None)
        discord.faults.slow("PATCH", "*", 0.5, times=None)
        asked = [await on_slack.ask(slack) for _ in range(5)] + [await on_slack.mention(slack)]
        there = [await on_discord.ask(discord) for _ in range(5)]
        await slack.until(lambda: all(one.acked for one in asked))
        await discord.until(lambda: all(one.acked for one in there))
        both.bot.send(signal.SIGTERM)
        assert await both.bot.ended() == 0
        # Who was not admitted yet is told, alone, that the bot is being stopped.
        assert [len(one.messages) + len(one.ephemerals) for one in asked] == [1] * 6
        assert all(one.interaction.edits == 1 for one in there)


async def test_a_second_signal_ends_both_at_once(quick_home: Path) -> None:
    async with both_platforms(quick_home, module=QUICKLY, PAUSE_AT="embed") as both:
        await both.bot.up()
        asked = await on_slack.ask(both.slack)  # and the model never answers
        there = await on_discord.ask(both.discord)
        await both.slack.until(lambda: asked.acked)
        await both.discord.until(lambda: there.acked)
        both.bot.send(signal.SIGINT)
        await both.bot.says("stopping")
        began = time.monotonic()
        both.bot.send(signal.SIGINT)
        assert await both.bot.ended() == -signal.SIGINT
        assert time.monotonic() - began < 5


# By itself


async def refused(stop: asyncio.Event) -> None:
    """A platform that does not let the bot in."""
    raise PlatformRefused("not let in")


async def test_what_breaks_in_one_is_raised_once_the_others_are_done() -> None:
    done: list[str] = []

    async def broken(stop: asyncio.Event) -> None:
        raise ZeroDivisionError

    async def finishing(stop: asyncio.Event) -> None:
        await stop.wait()
        await asyncio.sleep(0.05)
        done.append("finished")

    with pytest.raises(ZeroDivisionError):
        await serve({"first": finishing, "second": broken, "third": refused})
    assert done == ["finished"]
