"""The HTTP server for Slack's requests, with limits on connections.

Anybody who can reach the port can open connections, so every wait that aiohttp leaves unlimited gets a
timeout here.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from aiohttp.http import HttpProcessingError

BODY_TIMEOUT = 3.0
"""Timeout in seconds for a request's body, and for requests in progress at a stop: Slack waits no longer for
a response."""
BACKLOG = 128
"""Connections that the system queues before they are accepted: aiohttp's own value."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_log = logging.getLogger(__name__)
_noise = logging.getLogger(f"{__name__}.noise")
"""aiohttp's log of connections."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on connections.

    `head` is the timeout in seconds for a request's line and headers, and for an idle connection: a proxy in
    front sends them at once, and Slack within its own three seconds. `connections` is the number of open
    connections: Slack's 30,000 events an hour need about 25, and a process may have 1,024 open files by
    default.

    There is no limit for each address, since behind a TLS proxy all connections come from one.
    """

    head: float = 10.0
    connections: int = 256


class ConnectionLimiter:
    """Accepts connections, and closes the oldest idle one if there are too many, so that a flood displaces
    its own connections and not Slack's requests."""

    def __init__(self, limits: Limits) -> None:
        """There are no connections yet."""
        self.limits = limits
        self._busy: set[object] = set()

    @web.middleware
    async def mark(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Middleware that marks a connection as busy while its request is handled."""
        connection = request.protocol
        self._busy.add(connection)
        try:
            return await handler(request)
        finally:
            self._busy.discard(connection)

    def connection(self, server: web.Server) -> asyncio.BaseProtocol:
        """The protocol of a new connection to the server."""
        there = server.connections
        if len(there) >= self.limits.connections:
            _log.warning("there are %d connections: the oldest without a request is closed", len(there))
            idle = next((one for one in there if one not in self._busy), None)
            if idle is None:
                return _Closed()
            idle.force_close()
        return server()


class _Closed(asyncio.Protocol):
    """Refuses a connection by closing it at once."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()


@asynccontextmanager
async def listening(
    app: web.Application, limiter: ConnectionLimiter, host: str, port: int
) -> AsyncIterator[int]:
    """Serve while the context is open; yields the port. Raises OSError if the port can't be opened."""
    runner = web.AppRunner(
        app,
        access_log=None,
        logger=_noise,
        shutdown_timeout=BODY_TIMEOUT,
        # Counted from the start of the connection, or its last response, until the next request's headers are
        # complete.
        keepalive_timeout=limiter.limits.head,
        lingering_time=BODY_TIMEOUT,
        # Slack does not compress its requests, and signs the bytes as they are sent.
        auto_decompress=False,
    )
    await runner.setup()
    try:
        server = runner.server
        if server is None:
            raise RuntimeError("the runner was set up")
        loop = asyncio.get_running_loop()
        door = await loop.create_server(lambda: limiter.connection(server), host, port, backlog=BACKLOG)
        try:
            yield int(door.sockets[0].getsockname()[1])
        finally:
            door.close()
    finally:
        await runner.cleanup()


def _one_line(record: logging.LogRecord) -> bool:
    """Log malformed HTTP, which comes from strangers, in one line without its bytes and traceback."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, HttpProcessingError):
        record.msg, record.args = "a request was refused: %d, %s", (error.code, type(error).__name__)
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.exc_info = None
    return True


_noise.addFilter(_one_line)
