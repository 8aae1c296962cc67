"""`newsdesk run` in a process of its own, on a local Discord: what an operator starts, stops and reads."""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.bot.log_watch import leaks
from tools.local_discord import LocalDiscord

ROOT = Path(__file__).parents[3]
PATIENCE = 90.0
"""Seconds to wait for another process, on however busy a machine."""
MEGABYTE = 1024.0
"""Kilobytes."""


class Running:
    """A process of its own, for the time of the block; `lines` is what it said on standard error so far."""

    def __init__(
        self, discord: LocalDiscord, home: Path, *, module: str = "bot", **settings: str | None
    ) -> None:
        """`module` is run in the place of `newsdesk`; `settings` are more of the environment."""
        self.lines: list[str] = []
        self._discord = discord
        self._command = (sys.executable, "-m", module, "--home", str(home), "run")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("NEWSDESK_")}
        made = {
            "DISCORD_TOKEN": discord.token,
            "NEWSDESK_DISCORD_API": discord.api,
            "NEWSDESK_DISCORD_GATEWAY": discord.gateway,
            **settings,
        }
        self._environment = {**kept, **{name: value for name, value in made.items() if value is not None}}
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None

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
        """Until it is connected."""
        await self._discord.until(lambda: self._has("connected to Discord as"), PATIENCE)

    async def says(self, words: str) -> None:
        """Until it has said this."""
        await self._discord.until(lambda: self._has(words), PATIENCE)

    async def ended(self) -> int:
        """Its exit status, once it has ended."""
        async with asyncio.timeout(PATIENCE):
            status = await self.process.wait()
            assert self._reading
            await self._reading
        assert not [(line, leaks(line)) for line in self.lines if leaks(line)]
        return status

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def memory(self) -> float:
        """Megabytes that it has in memory (Linux)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmRSS:\s+(\d+)", status)
        assert found, status
        return int(found[1]) / MEGABYTE

    def _has(self, words: str) -> bool:
        assert self.process.returncode is None or words in self.said, self.said
        return words in self.said

    async def _read(self) -> None:
        assert self.process.stderr
        async for line in self.process.stderr:
            self.lines.append(line.decode().rstrip("\n"))
