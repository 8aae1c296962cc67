"""The base class of the local servers: port, life cycle, and checks for tests."""

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
"""The most connections that wait to be accepted. With aiohttp's 128, the system dropped some of two hundred
concurrent ones, and some of these were only retried after half a minute."""
HOST = "127.0.0.1"
CLOSE_SECONDS = 0.1
"""Seconds that closing waits for running requests."""
SETTLE_SECONDS = 10.0
"""The default timeout of waits, in seconds."""


class LocalServer(ABC):
    """A server that serves under `async with`. It binds a port at once, so that its addresses are known."""

    request_limit: ClassVar[int]
    """The most bytes of a request."""

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
        """All requests, in order; `print` shows them."""

    @abstractmethod
    def _routes(self) -> Iterable[web.RouteDef]: ...

    @property
    def problems(self) -> list[str]:
        """The problems of all requests."""
        return self.requests.problems

    def assert_valid(self) -> None:
        """Fail if any request had a problem, even one like an unknown key, which the platform ignores."""
        assert not self.problems, "\n".join(self.problems)

    async def until(self, true: Callable[[], object], timeout: float = SETTLE_SECONDS) -> None:
        """Wait until the condition is true; raises AssertionError after `timeout` seconds."""
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
        """Serve again, on the same port."""
        assert self._runner is not None
        if self._site is None:
            listening = self._socket or socket.create_server((HOST, self._port))
            self._socket = None
            self._site = web.SockSite(self._runner, listening, backlog=BACKLOG)
            await self._site.start()

    async def down(self) -> None:
        """Cut all connections and refuse new ones; events for the bot wait."""
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
