"""Which segments of a generation are merged: few segments answer quickly, but merging takes time.

Segments are merged in tiers, as in log-structured stores: how often a segment is rewritten grows with the
logarithm of the collection's size.
"""

from collections.abc import Sequence
from dataclasses import dataclass

TIER = 4
"""Segments of one tier that are merged at once, and the ratio of sizes between tiers."""
SMALLEST = 256
"""Segments with fewer passages are all in one tier."""
LARGEST = 65_536
"""Maximum passages of a merged segment: about 600 MB of files, written in some five seconds."""
GONE = 0.25
"""Share of gone passages from which a segment is rewritten without them."""
AT_ONCE = 8_192
"""Passages that a reload merges besides those it adds: less than a second on one core. The rest is merged
when nobody waits."""


@dataclass(frozen=True, slots=True)
class Size:
    """The numbers of a segment's passages that are left, and that are gone."""

    left: int
    gone: int


def next_merge(sizes: Sequence[Size], most: int = LARGEST) -> list[int]:
    """The indices of the segments to merge next, with at most `most` passages; empty if there is nothing to
    do.

    A single index is a segment to be rewritten without its gone articles.
    """
    for place, size in enumerate(sizes):
        if size.left <= most and size.gone > GONE * (size.left + size.gone):
            return [place]
    tiers: dict[int, list[int]] = {}
    for place, size in enumerate(sizes):
        tiers.setdefault(_tier(size.left), []).append(place)
    for _, places in sorted(tiers.items()):
        smallest = sorted(places, key=lambda place: sizes[place].left)[:TIER]
        if len(smallest) == TIER and sum(sizes[place].left for place in smallest) <= min(most, LARGEST):
            return sorted(smallest)
    return []


def _tier(passages: int) -> int:
    tier = 0
    while passages >= SMALLEST * TIER**tier:
        tier += 1
    return tier
