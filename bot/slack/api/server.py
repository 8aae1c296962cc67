"""The HTTP server for Slack's requests, with limits on connections.

Whoever can reach the port can open connections; what aiohttp waits for without end is given an end here.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from aiohttp.http import HttpProcessingError

ARRIVAL = 3.0
"""Seconds for a request's body to arrive, and for those under way to end at a stop: Slack waits no longer for
its answer."""
BACKLOG = 128
"""Connections that the system holds ready before they are taken: aiohttp's own value."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_log = logging.getLogger(__name__)
_noise = logging.getLogger(f"{__name__}.noise")
"""What aiohttp says of connections."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`head` is how many seconds a request's line and header may take, and a connection may be without any
    request: a server in front sends them at once, and Slack itself within its three. `connections` are those
    open at a time: Slack's 30,000 events an hour take some 25, and a process has 1,024 files by default.

    There is no limit for each address: behind a server with TLS all come from one.
    """

    head: float = 10.0
    connections: int = 256


class ConnectionLimiter:
    """Accepts connections, and closes the oldest idle one if there are too many: connections that flood the
    server displace each other, and not Slack's requests."""

    def __init__(self, limits: Limits) -> None:
        """Nobody came yet."""
        self.limits = limits
        self._busy: set[object] = set()

    @web.middleware
    async def mark(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """The request's connection carries one, for as long as it is handled."""
        connection = request.protocol
        self._busy.add(connection)
        try:
            return await handler(request)
        finally:
            self._busy.discard(connection)

    def connection(self, server: web.Server) -> asyncio.BaseProtocol:
        """A new connection to the server."""
        there = server.connections
        if len(there) >= self.limits.connections:
            _log.warning("there are %d connections: the oldest without a request is closed", len(there))
            idle = next((one for one in there if one not in self._busy), None)
            if idle is None:
                return _Closed()
            idle.force_close()
        return server()


class _Closed(asyncio.Protocol):
    """A connection that is not taken."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()


@asynccontextmanager
async def listening(
    app: web.Application, limiter: ConnectionLimiter, host: str, port: int
) -> AsyncIterator[int]:
    """Serve for the time of the block; gives the port. Raises OSError if it can't be listened to."""
    runner = web.AppRunner(
        app,
        access_log=None,
        logger=_noise,
        shutdown_timeout=ARRIVAL,
        # Counted from the connection's beginning, or its last answer, until a request's header is whole.
        keepalive_timeout=limiter.limits.head,
        lingering_time=ARRIVAL,
        # What Slack sends is not packed, and its signature is of what was sent.
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
    """What is no HTTP is noise of strangers: a line, without its bytes and without a traceback."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, HttpProcessingError):
        record.msg, record.args = "a request was refused: %d, %s", (error.code, type(error).__name__)
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.exc_info = None
    return True


_noise.addFilter(_one_line)
