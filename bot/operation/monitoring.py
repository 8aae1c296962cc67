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
    """The open monitoring; `port` is where health checks and metrics are served."""

    meter: PrometheusMeter
    watch: Watch
    port: int

    def waits(self, reason: str) -> None:
        """The start waits for something: whoever asks hears for what."""
        self.watch.starting = f"starting: {reason}"

    def opened(self, service: Service) -> None:
        """The service is open: from now on its figures are told too."""
        self.watch.service = service
        self.meter.registry.register(ServiceGauges(service, self.watch))


@asynccontextmanager
async def monitored(
    address: tuple[str, int], presence: Presence, database: str = "sqlite"
) -> AsyncIterator[Monitoring]:
    """For the time of the block the address answers, from before anything else is opened. `database` is as in
    `Watch`. Raises BadSetting if it can't be listened to."""
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
