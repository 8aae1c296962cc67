"""A segment in a generation, and which of its articles are live (not changed or removed since)."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from retrieval.segments.dense import Mask
from retrieval.segments.segment import Segment
from retrieval.segments.tables import flags_of


@dataclass(frozen=True)
class LiveSegment:
    """A named segment. `gone` are the ascending rows of its articles that are not in the generation."""

    name: str
    segment: Segment
    gone: NDArray[np.int64]

    @cached_property
    def articles(self) -> Mask:
        """One flag per article: whether it is live."""
        flags = np.ones(len(self.segment.articles), np.bool_)
        flags[self.gone] = False
        return flags

    @cached_property
    def passages(self) -> Mask | None:
        """One flag per passage: whether its article is live; None if all are."""
        if not len(self.gone):
            return None
        return flags_of(self.articles, self.segment.tables.passages)

    @cached_property
    def passage_count(self) -> int:
        """The number of live passages."""
        return self.segment.passage_count if self.passages is None else int(self.passages.sum())

    @property
    def chunk_count(self) -> int:
        """The number of live chunks."""
        return int(flags_of(self.articles, self.segment.tables.chunks).sum())
