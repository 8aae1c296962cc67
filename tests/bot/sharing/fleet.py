"""Several processes of `newsdesk run` on one database and two platforms, killed and started again."""

import asyncio
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bot.platforms.crowd import QUESTIONS
from tests.bot.platforms.discord_platform import DiscordPlatform
from tests.bot.platforms.platform import Outcome, Person, Platform, Room, Seen
from tests.bot.platforms.process import PATIENCE, QUICKLY, ROOT, Process
from tests.bot.platforms.slack_platform import SlackPlatform
from tools.local_discord import Exchange

LOOKED_AGAIN = 150.0
"""Seconds to wait for an answer: Slack may let nobody look whether it stands there for a minute."""
EACH = 5
"""Questions of one person, below the limit of a minute."""
A_ROOM = 20
"""Questions in one channel, as far below its limit."""


@dataclass(slots=True)
class Fleet:
    """The processes, each with a folder of its own: what they share is the database."""

    root: Path
    url: str
    platforms: tuple[Platform, ...]
    module: str = QUICKLY
    settings: dict[str, str] = field(default_factory=dict)
    processes: list[Process] = field(default_factory=list)
    ended: list[Process] = field(default_factory=list)
    made: int = 0
    overlap: float = 0.0
    """Seconds that another process is to be connected before one is killed."""

    def make(self) -> Process:
        """One that is not started yet, on a machine that had none."""
        self.made += 1
        return Process(
            self.root / f"home-{self.made}",
            *self.platforms,
            module=self.module,
            NEWSDESK_DATABASE=self.url,
            **self.settings,
        )

    async def start(self, count: int) -> None:
        """Start so many, and wait until all are connected."""
        for number in range(count):
            process = await self.make().__aenter__()
            self.processes.append(process)
            if not number:
                await process.up()  # it loads the sample
        await asyncio.gather(*(one.up() for one in self.processes))

    async def kill(self, number: int) -> None:
        """Kill one with SIGKILL, and start another in its place, which is not waited for. Of those that are
        connected one is left, as long as there is another."""
        others = [one for at, one in enumerate(self.processes) if at != number]
        while not any(one.is_up for one in others):
            await asyncio.sleep(0.1)
        # What Discord told the one to be killed alone, before the other was connected, it has claimed then.
        await asyncio.sleep(self.overlap)
        old = self.processes[number]
        old.send(signal.SIGKILL)
        await old.ended()
        self.ended.append(old)
        self.processes[number] = await self.make().__aenter__()

    async def close(self) -> None:
        """Kill all."""
        for one in self.processes:
            if one.process.returncode is None:
                one.process.kill()
            await one.ended()

    @property
    def said(self) -> str:
        """What all of them said."""
        return "\n".join(one.said for one in (*self.ended, *self.processes))

    def history(self, event: str) -> list[str]:
        """What their logs have of an event (with EVENT_HISTORY in the settings), each line with the number of
        its process, in order."""
        lines = [
            (line, number)
            for number, one in enumerate((*self.ended, *self.processes))
            for line in one.lines
            if event in line
        ]
        return [f"process {number}: {line}" for line, number in sorted(lines)]

    async def command(self, *arguments: str) -> int:
        """The exit status of a command on the same database."""
        command = (sys.executable, "-m", self.module, "--home", str(self.root / "home"), *arguments)
        environment = {**os.environ, **self.settings, "NEWSDESK_DATABASE": self.url}
        process = await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, env=environment, stdout=asyncio.subprocess.DEVNULL
        )
        async with asyncio.timeout(PATIENCE):
            return await process.wait()


@asynccontextmanager
async def fleet(
    root: Path, url: str, count: int, module: str = QUICKLY, **settings: str
) -> AsyncIterator[Fleet]:
    """So many processes on a new Discord and a new Slack, for the time of the block."""
    async with DiscordPlatform.serve() as discord, SlackPlatform.serve() as slack:
        slack.server.world.history_allowed = True  # as to an app of the workspace's own
        made = Fleet(root, url, (discord, slack), module, settings)
        try:
            await made.start(count)
            yield made
        finally:
            await made.close()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, where it was asked and by whom."""

    platform: Platform
    outcome: Outcome

    @property
    def messages(self) -> list[Seen]:
        """All that the bot said to it, be it directly."""
        found = self.outcome.messages
        if not isinstance(self.outcome.raw, Exchange):
            return found
        told = [one for one in self.platform.told(self.outcome.by) if str(one.now.nonce or "") == self.id]
        return [*found, *(one for one in told if one not in found)]

    @property
    def id(self) -> str:
        """The platform's, which stands in what the logs have of it."""
        raw: Any = self.outcome.raw
        if isinstance(raw, Exchange):
            return str(raw.interaction.id)
        return str(self.outcome.said.id)


async def ask(platforms: Sequence[Platform], count: int, pause: float) -> list[Asked]:
    """Ask so many questions, one each `pause` seconds, on the platforms in turn:
    on Discord by command and by mention, on Slack by mention."""
    asked: list[Asked] = []
    reader: dict[Platform, Person] = {}
    room: dict[Platform, Room] = {}
    for number in range(count):
        platform, turn = platforms[number % len(platforms)], number // len(platforms)
        if turn % A_ROOM == 0:
            room[platform] = platform.new_room()
        if turn % EACH == 0:
            reader[platform] = platform.somebody("Reader")
            platform.join(room[platform], reader[platform])
        by_command = platform is platforms[0] and turn % 2
        way = platform.ask if by_command else platform.call
        question = QUESTIONS[turn % len(QUESTIONS)]
        asked.append(Asked(platform, await way(reader[platform], room[platform], question, wait=False)))
        await asyncio.sleep(pause)
    return asked


async def answered(asked: Sequence[Asked], patience: float = LOOKED_AGAIN) -> Counter[int]:
    """How many questions have how many answers, once each has one or patience is over."""

    async def one(each: Asked) -> None:
        try:
            await each.outcome.settled(patience)
        except AssertionError:
            return

    await asyncio.gather(*(one(each) for each in asked))
    return Counter(len(each.messages) for each in asked)
