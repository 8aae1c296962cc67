"""The HTTP server of `/healthz`, `/readyz` and `/metrics`.

It serves no questions and no names, and can change nothing; access to it is restricted by the network.
"""

import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.operation.health_monitor import HealthMonitor
from bot.operation.prometheus_meter import PrometheusMeter
from corpus.errors import BadSetting

IDLE = 75.0
"""Seconds that an idle connection is kept: longer than Prometheus takes between two scrapes."""
END = 1.0
"""Seconds that a running scrape has to end when the bot is stopped."""

_log = logging.getLogger(__name__)


@asynccontextmanager
async def status_server(
    address: tuple[str, int], monitor: HealthMonitor, meter: PrometheusMeter
) -> AsyncIterator[int]:
    """Serve while the context is open; yields the port. Raises BadSetting if the port can't be opened."""

    async def healthz(_request: web.Request) -> web.Response:
        stuck = monitor.stuck()
        said = {
            "alive": not stuck,
            "event_loop_lag_seconds": round(monitor.lag, 3),
            "stuck_threads": {name: round(seconds) for name, seconds in stuck.items()},
        }
        return web.json_response(said, status=503 if stuck else 200)

    async def readyz(_request: web.Request) -> web.Response:
        missing = monitor.missing()
        return web.json_response({"ready": not missing, "missing": missing}, status=503 if missing else 200)

    async def metrics(request: web.Request) -> web.Response:
        body, kind = meter.page(request.headers.get("Accept", ""))
        return web.Response(body=body, headers={"Content-Type": kind})

    app = web.Application()
    app.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)])
    runner = web.AppRunner(app, access_log=None, keepalive_timeout=IDLE, shutdown_timeout=END)
    await runner.setup()
    host, port = address
    site = web.TCPSite(runner, host, port)
    try:
        try:
            await site.start()
        except OSError as error:
            reason = os.strerror(error.errno).lower() if error.errno else "no such address"
            raise BadSetting(
                "NEWSDESK_METRICS", f"{host}:{port} can't be listened to ({reason}): name another"
            ) from error
        listening = int(runner.addresses[0][1])
        _log.info("telling how it is on port %d: /healthz, /readyz, /metrics", listening)
        yield listening
    finally:
        await runner.cleanup()
