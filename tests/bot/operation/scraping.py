"""Asking a bot how it is, as Prometheus and an orchestrator do."""

import asyncio
import json
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

from prometheus_client.parser import text_string_to_metric_families


@dataclass(frozen=True, slots=True)
class Scrape:
    """The samples of one scrape: each by its name and its labels."""

    samples: dict[tuple[str, frozenset[tuple[str, str]]], float]
    text: str

    def value(self, name: str, **labels: str) -> float:
        """One of them."""
        return self.samples[name, frozenset(labels.items())]

    @property
    def names(self) -> set[str]:
        """The names of all."""
        return {name for name, _ in self.samples}

    @property
    def labels(self) -> dict[str, set[str]]:
        """The values of each label, whichever sample has it."""
        found: dict[str, set[str]] = {}
        for _, labels in self.samples:
            for label, value in labels:
                found.setdefault(label, set()).add(value)
        return found


def parsed(text: str) -> Scrape:
    """What a page of figures says."""
    samples = {
        (one.name, frozenset(one.labels.items())): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }
    return Scrape(samples, text)


async def scrape(port: int) -> Scrape:
    """The figures of the bot on that port."""
    status, body = await get(port, "/metrics")
    assert status == 200
    return parsed(body)


async def told(port: int, path: str) -> tuple[int, Any]:
    """The status and the JSON of a path."""
    status, body = await get(port, path)
    return status, json.loads(body)


async def get(port: int, path: str, method: str = "GET") -> tuple[int, str]:
    """The status and the body of a path."""

    def work() -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request(method, path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    return await asyncio.to_thread(work)
