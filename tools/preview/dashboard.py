"""Draws the panels of docs/grafana-dashboard.json from a running Prometheus, without Grafana.

It runs the panels' own queries, so that it draws the data that Grafana would get.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

from matplotlib.axes import Axes
from matplotlib.figure import Figure

DASHBOARD = Path(__file__).parents[2] / "docs" / "grafana-dashboard.json"
COLUMNS = 24
"""The columns of Grafana's grid."""
WIDE, HIGH = 0.62, 0.3
"""The width and height of a cell in inches."""
LEFT, GAP, TOP, BOTTOM, CAPTION = 0.55, 0.1, 0.32, 0.3, 0.35
"""Inches around the axes of a panel, and for the caption."""
INK, PALE = "#24292f", "#8c959f"
UNITS = {"s": "s", "short": "", "bytes": "MB"}


@dataclass(frozen=True, slots=True)
class Span:
    """A period in Unix time, with the step and the window of rates, both in seconds."""

    start: float
    end: float
    step: float
    rate: str


Series = tuple[str, Sequence[float], Sequence[float]]
"""(legend, times in minutes from the beginning, values)."""


def series_of(address: str, target: Mapping[str, Any], span: Span) -> list[Series]:
    """The result of a panel's query from the Prometheus at an address."""
    query = target["expr"].replace("$instance", ".*").replace("$__rate_interval", span.rate)
    asked = urlencode({"query": query, "start": span.start, "end": span.end, "step": span.step})
    with urlopen(f"{address}/api/v1/query_range?{asked}") as answer:
        found = json.load(answer)
    made: list[Series] = []
    for one in found["data"]["result"]:
        legend = target["legendFormat"]
        for name, value in one["metric"].items():
            legend = legend.replace(f"{{{{{name}}}}}", value)
        pairs = [(float(at), float(value)) for at, value in one["values"]]
        kept = [(at, value) for at, value in pairs if math.isfinite(value)]
        if kept:
            made.append((legend, [(at - span.start) / 60 for at, _ in kept], [value for _, value in kept]))
    return made


def draw(address: str, span: Span, caption: str, target: Path) -> dict[str, int]:
    """Draw all panels into a picture; returns the number of series of each panel, by its title."""
    panels = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    rows = max(one["gridPos"]["y"] + one["gridPos"]["h"] for one in panels)
    wide, high = COLUMNS * WIDE, rows * HIGH + CAPTION
    figure = Figure(figsize=(wide, high))
    found = {}
    for panel in panels:
        place = panel["gridPos"]
        left, bottom = place["x"] * WIDE + LEFT, (rows - place["y"] - place["h"]) * HIGH + BOTTOM
        width, height = place["w"] * WIDE - LEFT - GAP, place["h"] * HIGH - BOTTOM - TOP
        axes = figure.add_axes((left / wide, bottom / high, width / wide, height / high))
        axes.set_title(panel["title"], loc="left", fontsize=9, color=INK, fontweight="bold")
        drawn = [one for query in panel["targets"] for one in series_of(address, query, span)]
        (_stat if panel["type"] == "stat" else _lines)(axes, drawn, panel["fieldConfig"]["defaults"]["unit"])
        found[panel["title"]] = len(drawn)
    figure.text(LEFT / wide, 1 - CAPTION / 2 / high, caption, fontsize=8, color=PALE, va="center")
    figure.savefig(target, dpi=80)
    return found


def _stat(axes: Axes, drawn: Sequence[Series], unit: str) -> None:
    axes.axis("off")
    for number, (legend, _, values) in enumerate(drawn):
        at = (number + 0.5) / len(drawn)
        said = f"{values[-1]:,.0f} {UNITS[unit]}".strip()
        axes.text(at, 0.55, said, ha="center", va="center", fontsize=18, color=INK)
        axes.text(at, 0.1, legend, ha="center", fontsize=8, color=PALE)


def _lines(axes: Axes, drawn: Sequence[Series], unit: str) -> None:
    scale = 1e-6 if unit == "bytes" else 1.0
    for legend, at, values in drawn:
        axes.plot(at, [value * scale for value in values], linewidth=1.2, label=legend)
    axes.set_ylim(bottom=0)
    axes.tick_params(labelsize=7, colors=PALE)
    axes.set_ylabel(UNITS[unit], fontsize=7, color=PALE)
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    if drawn:
        axes.legend(fontsize=6, loc="upper left", frameon=False, ncols=2)
    else:
        axes.text(0.5, 0.5, "none", transform=axes.transAxes, ha="center", color=PALE)
