"""Monitoring of a running bot: its metrics, its health checks and the port that serves them."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.measuring.presence import Presence
from bot.operation.error_counter import ErrorCounter
from bot.operation.prometheus_meter import PrometheusMeter
from bot.operation.service_gauges import ServiceGauges
from bot.operation.status_server import status_server
from bot.operation.watch import Watch
from bot.service.service import Service


@dataclass(frozen=True, slots=True)
class Monitoring:
    """The running monitoring; health checks and metrics are served on `port`."""

    meter: PrometheusMeter
    watch: Watch
    port: int

    def waits(self, reason: str) -> None:
        """Set the reason why the start waits, which health checks report."""
        self.watch.starting = f"starting: {reason}"

    def opened(self, service: Service) -> None:
        """Add the gauges of a service that was opened."""
        self.watch.service = service
        self.meter.registry.register(ServiceGauges(service, self.watch))


@asynccontextmanager
async def monitored(
    address: tuple[str, int], presence: Presence, database: str = "sqlite"
) -> AsyncIterator[Monitoring]:
    """Serve health checks and metrics while the context is open, from before anything else is opened.
    `database` is as in `Watch`. Raises BadSetting if the address can't be opened."""
    meter = PrometheusMeter()
    counter = ErrorCounter(meter)
    watch = Watch(presence, database)
    logging.getLogger().addHandler(counter)
    try:
        async with status_server(address, watch, meter) as port:
            watch.start()
            try:
                yield Monitoring(meter, watch, port)
            finally:
                await watch.stop()
    finally:
        logging.getLogger().removeHandler(counter)
