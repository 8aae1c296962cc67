"""A server on this machine: its port, its life, and what tests ask of any of them."""

import asyncio
import socket
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, ClassVar, Self

from aiohttp import web

from tools.local_platform.changes import Changes
from tools.local_platform.requests import Requests

BACKLOG = 1024
"""Connections that may wait to be taken: of two hundred at once the system drops what is past aiohttp's 128,
and some of those were not heard again for half a minute."""
HOST = "127.0.0.1"
CLOSE_SECONDS = 0.1
"""How long the end waits for requests that are under way."""
SETTLE_SECONDS = 10.0
"""How long a wait lasts unless it is told otherwise."""


class LocalServer(ABC):
    """Serves under `async with`. It takes a port at once, so that its addresses are known before."""

    request_limit: ClassVar[int]
    """Bytes of a request."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = socket.create_server((HOST, 0))
        self._port: int = self._socket.getsockname()[1]
        self.base = f"http://{HOST}:{self._port}"
        self._runner: web.AppRunner | None = None
        self._site: web.SockSite | None = None

    @property
    @abstractmethod
    def _changes(self) -> Changes: ...

    @property
    @abstractmethod
    def requests(self) -> Requests[Any]:
        """Every request, in order; `print` shows them."""

    @abstractmethod
    def _routes(self) -> Iterable[web.RouteDef]: ...

    @property
    def problems(self) -> list[str]:
        """Everything that was wrong with any request."""
        return self.requests.problems

    def assert_valid(self) -> None:
        """Fail where any request was wrong in any way, if only by a key that the platform does not know."""
        assert not self.problems, "\n".join(self.problems)

    async def until(self, true: Callable[[], object], timeout: float = SETTLE_SECONDS) -> None:
        """Wait until it is true; raises AssertionError after `timeout` seconds."""
        await self._changes.until(true, timeout, lambda: f"it is not so; requests:\n{self.requests}")

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=self.request_limit)
        app.router.add_routes(self._routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=CLOSE_SECONDS)
        await self._runner.setup()
        await self.up()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.down()
        assert self._runner is not None
        await self._runner.cleanup()

    async def up(self) -> None:
        """Answer again, on the port as before."""
        assert self._runner is not None
        if self._site is None:
            listening = self._socket or socket.create_server((HOST, self._port))
            self._socket = None
            self._site = web.SockSite(self._runner, listening, backlog=BACKLOG)
            await self._site.start()

    async def down(self) -> None:
        """Cut every connection and refuse new ones; what a bot was to be told waits."""
        if self._site is None:
            return
        await self._site.stop()
        self._site = None
        assert self._runner is not None
        assert self._runner.server is not None
        for protocol in list(self._runner.server.connections):
            if protocol.transport is not None:
                protocol.transport.abort()
        await asyncio.sleep(0)
