"""The measures, their names, and which of two figures is better."""

from collections.abc import Mapping
from dataclasses import dataclass

READER = "newsdesk"
PLAIN = "newsdesk-plain"
PEERS = ("txtai", "chroma", "script")
SYSTEMS = (READER, PLAIN, *PEERS)
NAMES = {
    READER: "Newsdesk",
    PLAIN: "Newsdesk, no reader",
    "txtai": "txtai",
    "chroma": "chroma",
    "script": "script",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A row of the table: the figure's name, its title, its format, and whether less is better."""

    name: str
    title: str
    form: str
    less: bool = True


MEASURES = (
    Measure("build_s", "build, vectors known", "{:.1f} s"),
    Measure("embedding_s", "embedding all, from a sample", "{:.0f} s"),
    Measure("build_mb", "memory of the build", "{:.0f} MB"),
    Measure("disk_mb", "disk", "{:.0f} MB"),
    Measure("cold_s", "cold, until the first answer", "{:.2f} s"),
    Measure("cold_mb", "memory of that", "{:.0f} MB"),
    Measure("p50_ms", "warm question, p50", "{:.1f} ms"),
    Measure("p99_ms", "warm question, p99", "{:.1f} ms"),
    Measure("alone_per_s", "questions a second, one at a time", "{:.1f}", less=False),
    Measure("together_per_s", "questions a second, 32 at once", "{:.1f}", less=False),
    Measure("warm_mb", "memory of that", "{:.0f} MB"),
    Measure("change_s", "one article changed, until it is found", "{:.2f} s"),
    Measure("change_mb", "memory of that", "{:.0f} MB"),
    Measure("hit_3", "hit@3", "{:.3f}", less=False),
)
_LESS = {one.name for one in MEASURES if one.less}


def better(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    """The better value of each figure."""
    return {
        name: (min if name in _LESS else max)(both[name] for both in (one, other) if name in both)
        for name in {**one, **other}
    }
