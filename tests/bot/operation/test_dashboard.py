"""What an operator loads into Grafana and Prometheus asks for nothing that no bot tells."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.measuring.presence import Presence
from bot.operation.health_monitor import HealthMonitor, SourceHealth
from bot.operation.prometheus_meter import PrometheusMeter
from bot.operation.service_gauges import ServiceGauges
from bot.service.service import Service
from tests.bot.operation.scraping import Scrape, parsed

ROOT = Path(__file__).parents[3]
DASHBOARD: dict[str, Any] = json.loads((ROOT / "docs" / "grafana-dashboard.json").read_text())
RULES: list[dict[str, Any]] = [
    rule
    for group in yaml.safe_load((ROOT / "docs" / "alerts.yaml").read_text())["groups"]
    for rule in group["rules"]
]
QUERIES = {
    **{
        f"{panel['title']}: {target['legendFormat']}": target["expr"]
        for panel in DASHBOARD["panels"]
        for target in panel["targets"]
    },
    **{rule["alert"]: rule["expr"] for rule in RULES},
}
PAGE = (ROOT / "docs" / "operating.md").read_text()
SCRAPED = {"instance", "job"}
"""Labels that Prometheus adds."""
OURS = re.compile(r"\b((?:newsdesk|process)_\w+)(?:\{(.*?)\})?")
MATCHER = re.compile(r'(\w+)(=~|=)"(.*?)"')
GROUPED = re.compile(r"\bby \((.*?)\)")


@pytest.fixture
def told(service: Service) -> Scrape:
    """All that a bot can tell."""
    meter, monitor = PrometheusMeter(), HealthMonitor(Presence(), "sqlite")
    service.presence.set("discord", connected=True)
    service.presence.set("slack", connected=True)
    monitor.service, monitor.answers, monitor.look_seconds = service, True, 0.001
    monitor.sources = SourceHealth(failing=1, sound=2)
    meter.registry.register(ServiceGauges(service, monitor))
    return parsed(meter.page()[0].decode())


def faults(query: str, told: Scrape) -> list[str]:
    """What of a query no bot tells."""
    found = []
    for name, matchers in OURS.findall(query):
        samples = [dict(labels) for metric, labels in told.samples if metric == name]
        if not samples:
            found.append(name)
            continue
        for label, how, value in MATCHER.findall(matchers):
            if label in SCRAPED:
                continue
            values = value.split("|") if how == "=~" else [value]
            known = {sample.get(label) for sample in samples}
            found += [f"{name}{{{label}={one}}}" for one in values if one not in known]
        known_labels = {label for sample in samples for label in sample} | SCRAPED
        for group in GROUPED.findall(query):
            found += [f"by {label}" for label in group.split(", ") if label not in known_labels]
    return found


def test_every_query_asks_for_what_is_told(told: Scrape) -> None:
    assert len(QUERIES) > 35
    assert {title: found for title, query in QUERIES.items() if (found := faults(query, told))} == {}


@pytest.mark.parametrize(
    "query",
    [
        "newsdesk_question_total",
        'newsdesk_questions_total{outcome="lost"}',
        'newsdesk_questions_total{outcom="failed"}',
        'sum by (question) (rate(newsdesk_questions_total{instance=~"x"}[5m]))',
    ],
)
def test_a_query_for_what_is_not_told_is_seen(told: Scrape, query: str) -> None:
    assert faults(query, told)


def test_every_figure_of_ours_is_on_the_dashboard_or_in_a_rule_and_explained(told: Scrape) -> None:
    asked = {name for query in QUERIES.values() for name, _ in OURS.findall(query)}
    bare = {re.sub(r"_(?:bucket|sum|count|total|created|info)$", "", name) for name in asked}
    ours = {
        re.sub(r"_(?:bucket|sum|count|total|created|info)$", "", name)
        for name in told.names
        if name.startswith("newsdesk_")
    }
    seldom = {"newsdesk_build", "newsdesk_collections", "newsdesk_database_look_seconds"}
    seldom |= {"newsdesk_generation_taken_on_timestamp_seconds"}
    assert ours - bare == seldom
    assert {name for name in ours if f"`{name}" not in PAGE} == set()


def test_every_panel_has_a_place_of_its_own_and_says_what_it_shows() -> None:
    cells: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        place = panel["gridPos"]
        own = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert place["x"] + place["w"] <= 24
        assert not cells & own, panel["title"]
        cells |= own
        assert panel["description"].endswith(".")
        assert panel["datasource"]["uid"] == "${datasource}"
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_every_rule_says_what_is_wrong_why_it_is_told_and_how_urgent_it_is(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in ("page", "ticket")
    assert set(rule["annotations"]) == {"summary", "description"}
    assert all(text.endswith(".") for text in rule["annotations"].values())
    assert f"`{rule['alert']}`" in PAGE
