"""Monitoring of a running bot: its metrics, its health checks and the port that serves them."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.measuring.presence import Presence
from bot.operation.error_counter import ErrorCounter
from bot.operation.health_monitor import HealthMonitor
from bot.operation.prometheus_meter import PrometheusMeter
from bot.operation.service_gauges import ServiceGauges
from bot.operation.status_server import status_server
from bot.service.service import Service


@dataclass(frozen=True, slots=True)
class Monitoring:
    """The running monitoring; health checks and metrics are served on `port`."""

    meter: PrometheusMeter
    monitor: HealthMonitor
    port: int

    def waits(self, reason: str) -> None:
        """Set the reason why the start waits, which health checks report."""
        self.monitor.starting = f"starting: {reason}"

    def opened(self, service: Service) -> None:
        """Add the gauges of a service that was opened."""
        self.monitor.service = service
        self.meter.registry.register(ServiceGauges(service, self.monitor))


@asynccontextmanager
async def monitored(
    address: tuple[str, int], presence: Presence, database: str = "sqlite"
) -> AsyncIterator[Monitoring]:
    """Serve health checks and metrics while the context is open, from before anything else is opened.
    `database` is as in `HealthMonitor`. Raises BadSetting if the address can't be opened."""
    meter = PrometheusMeter()
    counter = ErrorCounter(meter)
    monitor = HealthMonitor(presence, database)
    logging.getLogger().addHandler(counter)
    try:
        async with status_server(address, monitor, meter) as port:
            monitor.start()
            try:
                yield Monitoring(meter, monitor, port)
            finally:
                await monitor.stop()
    finally:
        logging.getLogger().removeHandler(counter)
