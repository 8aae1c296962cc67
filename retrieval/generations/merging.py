"""Which segments of a generation are made one: few segments answer quickly, and merging takes time.

Segments are merged in tiers, as in log-structured stores: a segment is written again a number of times that
grows with the logarithm of the collection's size.
"""

from collections.abc import Sequence
from dataclasses import dataclass

TIER = 4
"""Segments of one tier that are merged, and how many times larger the segments of the next tier are."""
SMALLEST = 256
"""Passages below which all segments are of one tier."""
LARGEST = 65_536
"""Passages of a merged segment at most: about 600 MB of files, written in some five seconds."""
GONE = 0.25
"""Share of a segment's passages that are gone from which it is made anew without them."""
AT_ONCE = 8_192
"""Passages that a reload merges besides what it adds: below a second on one core. More is left to when
nobody waits."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many passages of a segment are left, and how many are gone."""

    left: int
    gone: int


def next_merge(sizes: Sequence[Size], most: int = LARGEST) -> list[int]:
    """The places of segments to make one next, of up to `most` passages; none where there is nothing to do.

    One place alone is a segment that is made anew without what is gone.
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
