"""The plots of a report, drawn by matplotlib as SVG with the colours and fonts of the page."""

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bot.evaluation.calibration import bins
from bot.evaluation.metrics import count, latency, share_bounds
from bot.evaluation.outcome import DEEP, Group, Outcome
from bot.evaluation.tradeoff import operating_points

SIZE = (4.4, 3.3)
"""Inches of 72 points: as wide as a phone, so that the text is not scaled down there."""
TICKS = (0.1, 0.3, 0.5, 0.7, 0.9)
"""The labelled thresholds of the trade-off."""
SLOWEST = 99.5
"""The percentile at which the plot of times ends: an outlier of a minute would flatten everything else."""

INK, FAINT, LINE, FILL = "#010203", "#010204", "#010205", "#010206"
_NAMES = {INK: "--ink", FAINT: "--faint", LINE: "--line", FILL: "--fill"}
"""Placeholder colours, each replaced by a CSS variable of the page, which is light or dark."""

_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",  # keep text as text: it can be read aloud and searched, and has the page's font
    "font.family": "sans-serif",
    "font.size": 10,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "text.color": INK,
}


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing with its title and an explanation."""

    title: str
    caption: str
    svg: str


def plots(outcomes: Sequence[Outcome]) -> list[Plot]:
    """The plots for which these outcomes have data."""
    made = []
    if any(outcome.measured for outcome in outcomes):
        made.append(
            Plot(
                "Is the confidence true?",
                "Dots on the line: of the answers given with that confidence, as many are right. Below it, "
                "it promises too much. The bars are 95 % intervals; larger dots are more questions.",
                _draw(_reliability, outcomes),
            )
        )
    if operating_points(outcomes):
        made.append(
            Plot(
                "What answering more costs",
                "Each point is a confidence from which on everything would be answered. To the right more of "
                "the answerable questions are answered, further up more of the others are refused. The ring "
                "is what is done today.",
                _draw(_trade_off, outcomes),
            )
        )
    if count(outcomes, Group.ANSWERABLE):
        made.append(
            Plot(
                "Where the answer stands",
                "Place of the first passage that answers; “not” stands for beyond the first ten.",
                _draw(_ranks, outcomes),
            )
        )
    if outcomes:
        made.append(
            Plot(
                "How long a question takes",
                f"Half of the questions are answered left of the first line, 99 % left of the second. The "
                f"slowest {100 - SLOWEST} % are not drawn.",
                _draw(_times, outcomes),
            )
        )
    return made


def _draw(draw: Callable[[Axes, Sequence[Outcome]], None], outcomes: Sequence[Outcome]) -> str:
    with mpl.rc_context({**_STYLE, "svg.hashsalt": draw.__name__}):
        figure = Figure(figsize=SIZE, layout="constrained")
        axes = figure.add_subplot()
        draw(axes, outcomes)
        figure.patch.set_alpha(0)
        axes.patch.set_alpha(0)
        drawn = io.StringIO()
        figure.savefig(drawn, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    return _inline(drawn.getvalue())


def _inline(svg: str) -> str:
    """The drawing for embedding in a page: without prolog, size, style and ids, in the page's colours."""
    head, _, body = svg[svg.index("<svg") :].partition(">")
    head = re.sub(r' (?:width|height)="[^"]*"', "", head)
    body = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>", "", body, flags=re.DOTALL)
    body = re.sub(r' id="[a-z]+[a-z0-9.]*_\d+"', "", body)
    body = re.sub(r" font-family: [^;\"]*;", "", body)
    for colour, name in _NAMES.items():
        body = body.replace(colour, f"var({name})")
    return f"{head}>{body}".strip()


def _reliability(axes: Axes, outcomes: Sequence[Outcome]) -> None:
    made = bins(outcomes)
    most = max(one.questions for one in made)
    axes.plot([0, 1], [0, 1], color=FAINT, linestyle="--", linewidth=1)
    for one in made:
        share = one.right / one.questions
        low, high = share_bounds(one.right, one.questions)
        axes.plot([one.confidence, one.confidence], [low, high], color=LINE, linewidth=1.5)
        size = 4 + 7 * (one.questions / most) ** 0.5
        axes.plot([one.confidence], [share], "o", color=LINE, markersize=size)
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="confidence", ylabel="right among the first three")


def _trade_off(axes: Axes, outcomes: Sequence[Outcome]) -> None:
    made = operating_points(outcomes)
    axes.plot([one.answered for one in made], [one.refused for one in made], color=LINE, linewidth=1.5)
    for threshold in TICKS:
        one = next(one for one in made if one.threshold >= threshold)
        axes.plot([one.answered], [one.refused], ".", color=LINE, markersize=7)
        axes.annotate(
            f"{threshold}", (one.answered, one.refused), (-4, -10), textcoords="offset points", ha="right"
        )
    own = [outcome.answered for outcome in outcomes if outcome.group is Group.ANSWERABLE]
    others = [not outcome.answered for outcome in outcomes if outcome.group is Group.UNANSWERABLE]
    today = (sum(own) / len(own), sum(others) / len(others))
    axes.plot(*([value] for value in today), "o", color=INK, markersize=10, fillstyle="none")
    axes.annotate("today", today, (8, 6), textcoords="offset points")
    axes.set(
        xlim=(0, 1.05), ylim=(0, 1.05), xlabel="answerable ones answered", ylabel="unanswerable ones refused"
    )


def _ranks(axes: Axes, outcomes: Sequence[Outcome]) -> None:
    ranks = [outcome.rank for outcome in outcomes if outcome.group is Group.ANSWERABLE]
    labels = [*map(str, range(1, DEEP + 1)), "not"]
    counts = [ranks.count(place) for place in range(1, DEEP + 1)]
    drawn = axes.bar(labels, [*counts, len(ranks) - sum(counts)], color=FILL)
    axes.bar_label(drawn, fontsize=8)
    axes.set(xlabel="place of the first passage that answers", ylabel="questions")


def _times(axes: Axes, outcomes: Sequence[Outcome]) -> None:
    longest = latency(outcomes, SLOWEST)
    times = [1000 * outcome.seconds for outcome in outcomes if outcome.seconds <= longest]
    axes.hist(times, bins=min(30, max(1, len(times))), color=FILL)
    for percentile in (50, 99):
        axes.axvline(1000 * latency(outcomes, percentile), color=INK, linestyle=":", linewidth=1.2)
    axes.set(xlabel="milliseconds", ylabel="questions")
