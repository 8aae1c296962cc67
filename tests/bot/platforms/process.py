"""`newsdesk run` in a process of its own, on local servers: what an operator starts, stops and reads."""

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.bot.log_watch import leaks
from tests.bot.platforms.platform import Platform
from tools.local_discord import LocalDiscord
from tools.local_slack import LocalSlack

ROOT = Path(__file__).parents[3]
PATIENCE = 90.0
"""Seconds to wait for another process, on however busy a machine."""
MEGABYTE = 1024.0
"""Kilobytes."""
QUICKLY = "tests.fault.hashed_command"
"""The same command with the deterministic embedder: it starts in a second."""
OURS = ("NEWSDESK_", "SLACK_", "DISCORD_")


class Process:
    """A process of its own, for the time of the block; `lines` is what it said on standard error so far."""

    def __init__(
        self,
        home: Path,
        *servers: Platform | LocalDiscord | LocalSlack,
        module: str = "bot",
        **settings: str | None,
    ) -> None:
        """`module` is run in the place of `newsdesk`; `settings` are more of the environment, or less."""
        self.lines: list[str] = []
        self._command = (sys.executable, "-m", module, "--home", str(home), "run")
        made: dict[str, str | None] = {}
        for server in servers:
            made |= environment(server.server if isinstance(server, Platform) else server)
        made |= settings
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self._environment = {**kept, **{name: value for name, value in made.items() if value is not None}}
        words = {"DISCORD_TOKEN": "connected to Discord as", "SLACK_BOT_TOKEN": "listening for Slack"}
        if made.get("SLACK_APP_TOKEN"):
            words["SLACK_BOT_TOKEN"] = "connected to Slack"
        self._words = [said for name, said in words.items() if name in self._environment]
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._told = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            cwd=ROOT,
            env=self._environment,
            # As in a terminal, also where whoever runs the tests ignores it.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        self._reading = asyncio.create_task(self._read())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.returncode is None:
            self.process.kill()
        await self.ended()

    @property
    def process(self) -> asyncio.subprocess.Process:
        """The process that runs."""
        assert self._process
        return self._process

    @property
    def said(self) -> str:
        """All that it said."""
        return "\n".join(self.lines)

    async def up(self) -> None:
        """Until it is connected to each platform."""
        for words in self._words:
            await self.says(words)

    @property
    def is_up(self) -> bool:
        """Whether it runs, and was connected to each platform."""
        return self.process.returncode is None and all(words in self.said for words in self._words)

    async def says(self, words: str) -> None:
        """Until it has said this."""
        await self._until(lambda: words in self.said)

    async def says_more(self, words: str, times: int) -> None:
        """Until it has said this more than so many times."""
        await self._until(lambda: self.said.count(words) > times)

    async def ended(self) -> int:
        """Its exit status, once it has ended."""
        async with asyncio.timeout(PATIENCE):
            status = await self.process.wait()
            assert self._reading
            await self._reading
        assert not [(line, leaks(line)) for line in self.lines if leaks(line)]
        return status

    async def stopped(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Stop it as an operator does, and wait for its end, which is in order."""
        self.send(number)
        assert await self.ended() == 0

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def memory(self) -> float:
        """Megabytes that it has in memory (Linux)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmRSS:\s+(\d+)", status)
        assert found, status
        return int(found[1]) / MEGABYTE

    def failure(self) -> str:
        """The one line of its failure, which is the last, without a traceback before it."""
        assert "Traceback" not in self.said, self.said
        (line,) = [line for line in self.lines if line.startswith("newsdesk:")]
        assert line == self.lines[-1]
        return line.removeprefix("newsdesk: ")

    async def _until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not true():
                assert self.process.returncode is None, self.said
                self._told.clear()
                await self._told.wait()

    async def _read(self) -> None:
        assert self.process.stderr
        async for line in self.process.stderr:
            self.lines.append(line.decode().rstrip("\n"))
            self._told.set()
        await self.process.wait()
        self._told.set()


def environment(server: LocalDiscord | LocalSlack) -> dict[str, str]:
    """What a process needs to be told to find a server."""
    if isinstance(server, LocalDiscord):
        return {
            "DISCORD_TOKEN": server.token,
            "NEWSDESK_DISCORD_API": server.api,
            "NEWSDESK_DISCORD_GATEWAY": server.gateway,
        }
    return {
        "SLACK_BOT_TOKEN": server.bot_token,
        "SLACK_APP_TOKEN": server.app_token,
        "NEWSDESK_SLACK_API": server.api,
    }


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        return int(listening.getsockname()[1])
