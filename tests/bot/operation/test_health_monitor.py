"""What a bot says of itself where something is amiss."""

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

import bot.operation.health_monitor
from bot.corpus_admin.home import Home
from bot.measuring.presence import Presence
from bot.operation.health_monitor import STARTING, HealthMonitor
from bot.operation.monitoring import monitored
from bot.service.service import Service
from corpus.errors import StoreUnusable
from corpus.storage.store import Store
from tests.bot.operation.scraping import scrape, told


@pytest.fixture
def presence() -> Presence:
    return Presence({"discord"})


async def test_it_says_that_it_starts_until_its_service_is_open(service: Service, presence: Presence) -> None:
    async with monitored(("127.0.0.1", 0), presence) as watched:
        assert (await told(watched.port, "/healthz"))[0] == 200
        assert await told(watched.port, "/readyz") == (503, {"ready": False, "missing": [STARTING]})
        assert "newsdesk_articles" not in (await scrape(watched.port)).names
        watched.opened(replace(service, presence=presence))
        assert (await told(watched.port, "/readyz"))[1]["missing"] == ["discord: not connected"]
        presence.set("discord", connected=True)
        assert (await told(watched.port, "/readyz"))[0] == 200
        presence.drain()
        status, said = await told(watched.port, "/readyz")
        assert (status, len(said["missing"])) == (503, 1)
        assert (await scrape(watched.port)).value("newsdesk_ready") == 0


async def test_a_thread_that_does_not_come_back_makes_it_dead(
    service: Service, presence: Presence, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.operation.health_monitor, "STUCK", 0.1)
    presence.set("discord", connected=True)
    go_on = Event()
    async with monitored(("127.0.0.1", 0), presence) as watched:
        watched.opened(service)
        held = asyncio.create_task(service.reader.run(go_on.wait))
        try:
            await asyncio.sleep(0.3)
            status, said = await told(watched.port, "/healthz")
            assert (status, said["alive"], list(said["stuck_threads"])) == (503, False, ["reader"])
            [missing] = (await told(watched.port, "/readyz"))[1]["missing"]
            assert re.fullmatch(r"thread reader: stuck for \d+ s", missing)
            assert (await scrape(watched.port)).value("newsdesk_queue_length", worker="reader") == 1
        finally:
            go_on.set()
        await held
        assert (await told(watched.port, "/healthz"))[0] == 200


class Unanswered(Home):
    """A home whose database does something else before it opens."""

    def __init__(self, root: Path, instead: Callable[[], object]) -> None:
        super().__init__(root)
        self._instead = instead

    def store(self) -> Store:
        self._instead()
        return super().store()


async def test_a_database_that_does_not_answer_is_told_and_what_was_known_stays(
    service: Service, presence: Presence
) -> None:
    monitor = HealthMonitor(presence, "sqlite")
    await monitor._look(service.home)
    assert monitor.answers
    assert monitor.sources
    known = monitor.sources

    def broken() -> None:
        raise StoreUnusable("damaged")

    await monitor._look(Unanswered(service.home.root, broken))
    assert (monitor.answers, monitor.look_seconds, monitor.sources) == (False, None, known)


async def test_a_database_that_stalls_counts_as_no_answer(
    service: Service, presence: Presence, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()
    monkeypatch.setattr(bot.operation.health_monitor, "PATIENCE", 0.05)
    monitor = HealthMonitor(presence, "sqlite")
    try:
        await monitor._look(Unanswered(service.home.root, go_on.wait))
        assert monitor.answers is False
    finally:
        go_on.set()


async def test_an_event_loop_that_is_held_up_is_seen(
    presence: Presence, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    monkeypatch.setattr(bot.operation.health_monitor, "BEAT", 0.02)
    monitor = HealthMonitor(presence, "sqlite")
    monitor.start()
    await asyncio.sleep(0.05)
    time.sleep(0.3)
    await asyncio.sleep(0.05)
    assert monitor.lag > 0.2
    with suppress(asyncio.CancelledError):
        await monitor.stop()
