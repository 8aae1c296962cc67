"""A bot on both platforms, in a process of its own, asked how it is: while it starts, answers and stops."""

import asyncio
import json
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from click.testing import CliRunner

from bot.cli.main import cli
from retrieval.models.embedder import HashEmbedder
from tests.bot.operation.scraping import Scrape, get, scrape, told
from tests.bot.platforms.discord_platform import DiscordPlatform
from tests.bot.platforms.platform import Platform
from tests.bot.platforms.process import PATIENCE, QUICKLY, Process, free_port
from tests.bot.platforms.slack_platform import SlackPlatform
from tests.fault.newsroom import new_home, publish

pytestmark = pytest.mark.asyncio(loop_scope="module")

LABELS = {
    "platform": {"discord", "slack"},
    "outcome": {
        *("answered", "not-found", "told", "refused", "silent", "failed"),
        *("published", "unchanged", "busy"),
        "changed",
    },
    "kind": {
        *("answer-gone", "busy", "no-collection", "no-source", "not-allowed", "reload-busy", "stopping"),
        *("switched-off", "too-fast", "too-late", "limit", "question", "unknown-name", "other"),
        *("home", "database", "generation", "model", "settings", "platform", "network", "files"),
        *("timeout", "system"),
    },
    "stage": {"queue", "search", "reading", "rendering", "sending", "whole"},
    "worker": {"chat-store", "reader", "search"},
    "state": {"failing", "sound"},
    "version": {"0.1.0"},
    "database": {"sqlite", "postgresql"},
}
"""Every label that there may be besides the bounds of histograms, and every value of it."""
ODD = "Quizzaciously who inspected the xylophone warehouse?"
"""What nobody else says."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A bot that runs, the platforms it answers on, and where it says how it is."""

    bot: Process
    platforms: tuple[Platform, ...]
    port: int


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def watched(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Watched]:
    folder = tmp_path_factory.mktemp("watched")
    home = new_home(folder / "home", folder / "sources")
    publish(home, folder / "sources", 0)
    port = free_port()
    async with DiscordPlatform.serve() as discord, SlackPlatform.serve() as slack:
        settings = {"NEWSDESK_METRICS": f"127.0.0.1:{port}", "NEWSDESK_LOG_FORMAT": "json"}
        async with Process(folder / "home", discord, slack, module=QUICKLY, **settings) as bot:
            await bot.up()
            yield Watched(bot, (discord, slack), port)


async def ask(platform: Platform, text: str) -> None:
    asked = await platform.call(platform.ann, platform.general, text, wait=False)
    await asked.settled(PATIENCE)


async def counted(port: int, name: str, **labels: str) -> Scrape:
    """A scrape in which this is counted at last: the figures follow what people see by a moment."""
    async with asyncio.timeout(PATIENCE):
        while not (found := await scrape(port)).samples.get((name, frozenset(labels.items()))):
            await asyncio.sleep(0.05)
    return found


async def test_it_is_alive_and_ready_once_it_is_connected_everywhere(watched: Watched) -> None:
    status, said = await told(watched.port, "/healthz")
    assert (status, said["alive"], said["stuck_threads"]) == (200, True, {})
    assert said["event_loop_lag_seconds"] < 5
    assert await told(watched.port, "/readyz") == (200, {"ready": True, "missing": []})


async def test_questions_are_counted_and_timed_and_no_label_holds_anything_of_them(watched: Watched) -> None:
    found = await scrape(watched.port)
    for platform in watched.platforms:
        await ask(platform, ODD)
        await ask(platform, "How many articles mention xylophones?")
        await ask(platform, "?!")
        found = await counted(
            watched.port, "newsdesk_questions_total", platform=platform.name, outcome="not-found"
        )
        assert found.value("newsdesk_questions_total", platform=platform.name, outcome="failed") == 0
    for stage in ("queue", "search", "rendering", "sending", "whole"):
        assert found.value("newsdesk_stage_seconds_count", stage=stage) >= 2
    assert found.value("newsdesk_refusals_total", kind="question") >= 1
    labels = found.labels
    bounds = labels.pop("le")
    assert all(bound == "+Inf" or float(bound) > 0 for bound in bounds)
    assert labels.keys() == LABELS.keys()
    assert [(label, values) for label, values in labels.items() if values - LABELS[label]] == []
    for platform in watched.platforms:
        people = (platform.ann, platform.general, platform.community)
        for secret in (getattr(one, "id", one) for one in people):
            assert str(secret) not in found.text
    assert "xylophone" not in found.text.casefold()


async def test_the_figures_of_the_moment_are_there(watched: Watched) -> None:
    found = await counted(watched.port, "newsdesk_database_up")
    assert found.value("newsdesk_build_info", version="0.1.0", database="sqlite") == 1
    assert found.value("newsdesk_ready") == 1
    assert found.value("newsdesk_collections") == 1
    assert found.value("newsdesk_articles") > 0
    assert found.value("newsdesk_passages") >= found.value("newsdesk_articles")
    assert found.value("newsdesk_generations_taken_on_total") == 1
    made = found.value("newsdesk_generation_made_timestamp_seconds")
    assert made <= found.value("newsdesk_generation_taken_on_timestamp_seconds") + 1
    assert all(found.value("newsdesk_connected", platform=one) == 1 for one in ("discord", "slack"))
    assert found.value("newsdesk_sources", state="sound") >= 1
    assert found.value("newsdesk_sources", state="failing") == 0
    assert found.value("newsdesk_database_seconds_count") > 0
    assert found.value("process_resident_memory_bytes") > 1e6
    assert all(found.value("newsdesk_queue_length", worker=one) <= 3 for one in LABELS["worker"])


async def test_each_line_of_its_log_is_an_object(watched: Watched) -> None:
    rows = [json.loads(line) for line in watched.bot.lines]
    assert all({"time", "level", "logger", "message"} <= row.keys() for row in rows)
    asked = [row for row in rows if row["message"].startswith("asked")]
    assert {row["platform"] for row in asked} == {"discord", "slack"}
    assert {row["outcome"] for row in asked} <= {"Answer", "NoAnswer"}


@pytest.mark.parametrize("path", ["/", "/metrics/x", "/debug"])
async def test_nothing_else_is_there(watched: Watched, path: str) -> None:
    assert (await get(watched.port, path))[0] == 404


async def test_nothing_can_be_changed_there(watched: Watched) -> None:
    assert [(await get(watched.port, path, "POST"))[0] for path in ("/metrics", "/readyz")] == [405, 405]


@pytest.mark.parametrize("option", [[], ["--ready"]])
async def test_the_command_asks_it(watched: Watched, option: list[str]) -> None:
    asks = CliRunner(env={"NEWSDESK_METRICS": f"0.0.0.0:{watched.port}"})
    done = await asyncio.to_thread(
        lambda: asks.invoke(cli, ["health", *option], obj=HashEmbedder, standalone_mode=False)
    )
    assert done.return_value == 0, done
    assert ('"ready": true' if option else '"alive": true') in done.output


async def test_a_platform_that_is_away_is_named_and_it_stays_alive(watched: Watched) -> None:
    discord, _ = watched.platforms
    await discord.server.down()
    async with asyncio.timeout(PATIENCE):
        while (found := await told(watched.port, "/readyz"))[0] == 200:
            await asyncio.sleep(0.05)
    assert found == (503, {"ready": False, "missing": ["discord: not connected"]})
    assert (await told(watched.port, "/healthz"))[0] == 200
    assert (await scrape(watched.port)).value("newsdesk_connected", platform="discord") == 0
    await discord.server.up()
    async with asyncio.timeout(PATIENCE):
        while (await told(watched.port, "/readyz"))[0] != 200:
            await asyncio.sleep(0.05)


async def test_it_is_not_ready_while_it_is_being_stopped(quick_home: Path) -> None:
    port = free_port()
    async with SlackPlatform.serve() as slack:
        await slack.server.down()
        async with Process(quick_home, slack, module=QUICKLY, NEWSDESK_METRICS=f"127.0.0.1:{port}") as bot:
            await bot.says("can't be reached")
            assert (await told(port, "/readyz"))[1]["missing"] == ["slack: not connected"]
            await slack.server.up()
            await bot.up()
            slow = slack.slow_answers(1.0)  # it takes as long to stop, which is otherwise done in no time
            asked = await slack.call(slack.ann, slack.general, wait=False)
            await slack.until(lambda: slow.hits > 0, PATIENCE)
            bot.send(signal.SIGTERM)
            seen = []
            while bot.process.returncode is None:
                try:
                    seen.append(await told(port, "/readyz"))
                except OSError:
                    break
            assert await bot.ended() == 0
            assert asked.messages
    assert any(said["missing"][:1] and said["missing"][0].startswith("stopping") for _, said in seen)


async def test_a_port_that_is_taken_is_said_in_a_line(quick_home: Path) -> None:
    async with SlackPlatform.serve() as slack:
        with closing(socket.create_server(("127.0.0.1", 0))) as taken:
            place = f"127.0.0.1:{taken.getsockname()[1]}"
            async with Process(quick_home, slack, module=QUICKLY, NEWSDESK_METRICS=place) as bot:
                assert await bot.ended() == 2
        assert bot.failure() == (
            f"NEWSDESK_METRICS {place} can't be listened to (address already in use): name another"
        )
