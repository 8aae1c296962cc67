"""Make the dashboard's picture: two bots under load, watched by a real Prometheus.

    python -m benchmarks.watched HOME docs/grafana-dashboard.png

HOME is moved to a database of the tests' PostgreSQL, and both bots answer from it on the tests' local Discord
and Slack. People ask all the time, then 200 questions at once; a reload runs, and Discord is unavailable for
a while. `prometheus` must be on the path. Printed as JSON: the number of series in each panel of the
dashboard.
"""

import argparse
import asyncio
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests.bot.platforms.crowd import QUESTIONS, ask_at_once, make_crowd, variations
from tests.bot.platforms.discord_platform import DiscordPlatform
from tests.bot.platforms.platform import Platform
from tests.bot.platforms.process import Process, free_port
from tests.bot.platforms.slack_platform import SlackPlatform
from tools.local_postgres.cluster import Cluster
from tools.preview.dashboard import Span, draw

SCRAPE = 2
"""Seconds between two scrapes: minutes in the picture represent hours."""
PAUSES = (0.2, 1.5)
"""The least and the most seconds between two questions on a platform."""
PHASES = {"quiet": 40.0, "burst": 35.0, "reload": 45.0, "away": 20.0, "after": 30.0}
"""The seconds of each phase, in order."""
ARTICLES = 150


async def ask_on(platform: Platform, stop: asyncio.Event) -> None:
    """Ask one question after the other, each as another person."""
    drawn = random.Random(1)
    while not stop.is_set():
        person = platform.somebody("Reader")
        question = drawn.choice((*QUESTIONS, "How many articles mention the mine?", "?!"))
        await platform.call(person, platform.random, question, wait=False)
        await asyncio.sleep(drawn.uniform(*PAUSES))


@asynccontextmanager
async def prometheus(folder: Path, ports: dict[str, int]) -> AsyncIterator[str]:
    """Run a Prometheus that scrapes these bots. Returns its address."""
    targets = [
        {"targets": [f"127.0.0.1:{port}"], "labels": {"instance": name}} for name, port in ports.items()
    ]
    scraped = {"job_name": "newsdesk", "scrape_interval": f"{SCRAPE}s", "static_configs": targets}
    configuration = folder / "prometheus.yml"
    configuration.write_text(json.dumps({"scrape_configs": [scraped]}))
    place = f"127.0.0.1:{free_port()}"
    process = await asyncio.create_subprocess_exec(
        "prometheus",
        f"--config.file={configuration}",
        f"--storage.tsdb.path={folder / 'tsdb'}",
        f"--web.listen-address={place}",
        "--log.level=error",
    )
    try:
        for _ in range(100):
            await asyncio.sleep(0.1)
            try:
                await asyncio.to_thread(urlopen, f"http://{place}/-/ready")
                break
            except OSError:
                pass
        yield f"http://{place}"
    finally:
        process.terminate()
        await process.wait()


async def measure(home: Path, picture: Path, folder: Path) -> None:
    """Run the load, and draw what Prometheus has recorded."""
    ports = {"bot-1": free_port(), "bot-2": free_port()}
    async with AsyncExitStack() as opened:
        cluster = opened.enter_context(Cluster())
        url = opened.enter_context(cluster.database())
        subprocess.run([sys.executable, "-m", "bot", "--home", home, "move", "--to", url], check=True)
        discord = await opened.enter_async_context(DiscordPlatform.serve())
        slack = await opened.enter_async_context(SlackPlatform.serve())
        first, second = (
            Process(
                folder / name,
                discord,
                slack,
                NEWSDESK_METRICS=f"127.0.0.1:{port}",
                NEWSDESK_DATABASE=url,
            )
            for name, port in ports.items()
        )
        async with first, second, prometheus(folder, ports) as address:
            await asyncio.gather(first.up(), second.up())
            stop, began = asyncio.Event(), time.time()
            asking: list[asyncio.Task[Any]] = []
            asking += [asyncio.create_task(ask_on(one, stop)) for one in (discord, slack)]
            for phase, seconds in PHASES.items():
                ends = asyncio.create_task(asyncio.sleep(seconds))
                if phase == "burst":
                    asking.append(asyncio.create_task(ask_at_once(slack, make_crowd(slack))))
                elif phase == "reload":
                    await discord.add(discord.admin, discord.general, variations(ARTICLES), wait=False)
                elif phase == "away":
                    await discord.server.down()
                await ends
                if phase == "away":
                    await discord.server.up()
            stop.set()
            for task in asking:
                task.cancel()
            await asyncio.gather(*asking, return_exceptions=True)
            span = Span(began, time.time(), SCRAPE, f"{8 * SCRAPE}s")
            caption = (
                "Two bots on one database, scraped every 2 s by a real Prometheus. Drawn by "
                "matplotlib from the dashboard's own queries, as no Grafana was at hand. In minutes."
            )
            print(json.dumps(draw(address, span, caption, picture)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("picture", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        asyncio.run(measure(arguments.home, arguments.picture, Path(made)))
