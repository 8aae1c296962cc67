"""Draws the reliability curve and the trade-off of refusals as one figure."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from benchmarks.judging import ECE_BINS
from retrieval.ranking.confidence import READ_THRESHOLDS, UNREAD_THRESHOLDS

ReliabilityPoints = tuple[Sequence[float], Sequence[bool]]
"""The confidence of each question, and whether one of the first three passages held the answer."""


def draw(
    own: Mapping[str, ReliabilityPoints],
    foreign: Mapping[str, Sequence[float]],
    read: Collection[str],
    path: Path,
) -> None:
    """Draw both by set into an SVG file, which is deterministic; `read` are the sets with a reader."""
    mpl.rcParams["svg.hashsalt"] = "newsdesk"
    figure = Figure(figsize=(9, 4.2), layout="constrained")
    said, refused = figure.subplots(1, 2)
    said.plot([0, 1], [0, 1], color="grey", linewidth=0.8)
    for name, (confidence, right) in own.items():
        said.plot(
            *_bins(np.array(confidence), np.array(right, np.float64)), marker="o", markersize=3, label=name
        )
        if foreign.get(name):
            at = np.linspace(0, 1, 201)
            answered = [np.mean(np.array(confidence) >= one) for one in at]
            kept_out = [np.mean(np.array(foreign[name]) < one) for one in at]
            refused.plot(answered, kept_out, label=name)
            threshold = (READ_THRESHOLDS if name in read else UNREAD_THRESHOLDS).answer
            here = (np.mean(np.array(confidence) >= threshold), np.mean(np.array(foreign[name]) < threshold))
            refused.plot(*here, marker="x", color="black")
    said.set(xlabel="confidence", ylabel="right in the first three", xlim=(0, 1), ylim=(0, 1))
    refused.set(
        xlabel="own questions answered", ylabel="foreign ones refused", xlim=(0.6, 1), ylim=(0.6, 1.005)
    )
    said.legend(fontsize=8)
    refused.legend(fontsize=8)
    figure.savefig(path, metadata={"Date": None})


def _bins(said: NDArray[np.float64], right: NDArray[np.float64]) -> tuple[list[float], list[float]]:
    """Mean confidence and share right for each bin with at least five questions."""
    of = np.minimum((said * ECE_BINS).astype(int), ECE_BINS - 1)
    full = [one for one in range(ECE_BINS) if np.sum(of == one) >= 5]
    return [float(said[of == one].mean()) for one in full], [float(right[of == one].mean()) for one in full]
