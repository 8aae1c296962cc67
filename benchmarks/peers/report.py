"""Write the table and the plot of docs/performance.md from docs/performance.json.

python -m benchmarks.peers.report
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import fill
from typing import Any

from benchmarks.peers.figures import MEASURES, NAMES, PEERS, PLAIN, READER, SYSTEMS, Measure

DOCS = Path(__file__).parents[2] / "docs"
BEGIN, END = "<!-- python -m benchmarks.peers -->", "<!-- end -->"
"""The text of the page between these lines is replaced."""
COLOURS = {READER: "#1f5fa8", PLAIN: "#8db4de", "txtai": "#c9803a", "chroma": "#5f9e6e", "script": "#8a8a8a"}
DRAWN = ("build_s", "disk_mb", "cold_s", "p50_ms", "p99_ms", "together_per_s", "change_s", "hit_3")
TITLE_WIDTH = 30
"""Characters of a line of a chart's title; a longer one would run into the next chart."""

Figures = Mapping[str, Mapping[str, float]]


def table(result: Mapping[str, Any]) -> str:
    """The results as Markdown: each cell has the ratio to Newsdesk and the figure, bold if a peer is
    better."""
    figures: Figures = result["figures"]
    corpus = result["corpus"]
    lines = [
        f"{corpus['articles']:,} articles as {corpus['passages']:,} passages ({corpus['chunks']:,} chunks), "
        f"{corpus['questions']} questions, {result['machine']['cores']} cores, Python "
        f"{result['machine']['python']}; "
        + ", ".join(f"{name} {version}" for name, version in result["versions"].items())
        + f". Cutting the articles for the peers took {result['cutting_s']:.0f} s, which their builds do not "
        "count and Newsdesk's does.",
        "",
        "| | " + " | ".join(NAMES[system] for system in SYSTEMS) + " |",
        "|---|" + "---:|" * len(SYSTEMS),
    ]
    for measure in MEASURES:
        cells = (cell(measure, system, figures) for system in SYSTEMS)
        lines.append(f"| {measure.title} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def cell(measure: Measure, system: str, figures: Figures) -> str:
    """One system's figure, after its ratio to Newsdesk's; hit@3 has no ratio."""
    own, value = figures[READER][measure.name], figures[system].get(measure.name)
    written = cell_text(measure, system, figures)
    if value is None:
        return written
    ratio = "" if system == READER or measure.name == "hit_3" else f"{value / own:.2f}× · "
    ahead = system in PEERS and (value < own if measure.less else value > own)
    return f"**{ratio}{written}**" if ahead else f"{ratio}{written}"


def cell_text(measure: Measure, system: str, figures: Figures) -> str:
    """The figure without a ratio."""
    value = figures[system].get(measure.name)
    if value is None:
        return "the same" if system == PLAIN else "never"
    return measure.form.format(value)


def draw(figures: Figures, path: Path) -> None:
    """Draw a small chart for each of the most informative measures."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams |= {"svg.hashsalt": "newsdesk", "svg.fonttype": "none", "font.size": 8}
    import matplotlib.pyplot as plt

    drawing, places = plt.subplots(2, len(DRAWN) // 2, figsize=(10, 4.2), sharey=True, layout="constrained")
    by_name = {measure.name: measure for measure in MEASURES}
    for place, name in zip(places.flat, DRAWN, strict=True):
        measure = by_name[name]
        values = [figures[system].get(name, 0) for system in SYSTEMS]
        bars = place.barh([NAMES[one] for one in SYSTEMS], values, color=[COLOURS[one] for one in SYSTEMS])
        place.bar_label(bars, [cell_text(measure, one, figures) for one in SYSTEMS], padding=2)
        place.set_xlim(0, 1.45 * max(values))
        place.set_xticks([])
        place.spines[["top", "right", "bottom"]].set_visible(False)
        title = fill(measure.title, TITLE_WIDTH)
        place.set_title(f"{title}\n{'less' if measure.less else 'more'} is better", loc="left", fontsize=8)
    places[0, 0].invert_yaxis()
    drawing.savefig(path, metadata={"Date": None, "Creator": None})
    text = re.sub(r"[ \t]+$", "", path.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(text, "utf-8")


def main() -> None:
    """Write the table and the plot."""
    result = json.loads((DOCS / "performance.json").read_text("utf-8"))
    page = DOCS / "performance.md"
    before, _, rest = page.read_text("utf-8").partition(BEGIN)
    page.write_text(f"{before}{BEGIN}\n\n{table(result)}\n\n{END}{rest.partition(END)[2]}", "utf-8")
    draw(result["figures"], DOCS / "performance.svg")


if __name__ == "__main__":
    main()
