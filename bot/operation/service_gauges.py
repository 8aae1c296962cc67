"""Gauges of an open service, read at each scrape."""

from collections.abc import Iterator
from importlib.metadata import version

from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot.operation.health_monitor import HealthMonitor
from bot.service.service import Service
from retrieval.generations.manifest import moment_of


class ServiceGauges(Collector):
    """Reads values from memory only, without waiting."""

    def __init__(self, service: Service, monitor: HealthMonitor) -> None:
        """The service must be open."""
        self._service = service
        self._monitor = monitor

    def collect(self) -> Iterator[Metric]:
        """The current values."""
        service, monitor = self._service, self._monitor
        build = InfoMetricFamily("newsdesk_build", "The release that runs, and what it keeps its state in.")
        build.add_metric((), {"version": version("newsdesk"), "database": monitor.database})
        yield build
        queue = GaugeMetricFamily(
            "newsdesk_queue_length", "Pieces of work that wait or are done.", labels=("worker",)
        )
        for worker in service.workers:
            queue.add_metric((worker.name,), worker.waiting)
        yield queue
        connected = GaugeMetricFamily(
            "newsdesk_connected", "Whether the bot is connected there.", labels=("platform",)
        )
        for name, holds in service.presence.platforms.items():
            connected.add_metric((name,), holds)
        yield connected
        yield _gauge("newsdesk_ready", "Whether it can answer now.", not monitor.missing())
        yield _gauge(
            "newsdesk_event_loop_lag_seconds",
            "The worst delay of the event loop in the last minute.",
            monitor.lag,
        )
        yield from self._corpus()
        if monitor.sources is not None:
            sources = GaugeMetricFamily(
                "newsdesk_sources", "Sources that are registered, by how it is about them.", labels=("state",)
            )
            sources.add_metric(("failing",), monitor.sources.failing)
            sources.add_metric(("sound",), monitor.sources.sound)
            yield sources
        if monitor.answers is not None:
            yield _gauge(
                "newsdesk_database_up", "Whether the database answered when last looked at.", monitor.answers
            )
        if monitor.look_seconds is not None:
            yield _gauge(
                "newsdesk_database_look_seconds", "Seconds that the last look took.", monitor.look_seconds
            )

    def _corpus(self) -> Iterator[Metric]:
        held = list(self._service.desk.collections.values())
        yield _gauge("newsdesk_collections", "Collections that are answered from.", len(held))
        yield _gauge("newsdesk_articles", "Articles in them.", sum(len(one.articles) for one in held))
        yield _gauge("newsdesk_passages", "Passages in them.", sum(one.passage_count for one in held))
        if held:
            made = max(moment_of(one.generation).timestamp() for one in held)
            yield _gauge(
                "newsdesk_generation_made_timestamp_seconds",
                "When the newest generation that is answered from was made (Unix time).",
                made,
            )


def _gauge(name: str, said: str, value: float) -> Metric:
    return GaugeMetricFamily(name, said, value=float(value))
