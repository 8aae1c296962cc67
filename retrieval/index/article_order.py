"""The articles of several segments as one sequence, ordered by id."""

from collections.abc import Iterator, Sequence
from typing import overload

from corpus.article import Article
from retrieval.segments.article_table import Heading
from retrieval.segments.dense import Mask
from retrieval.segments.segment import Segment


class ArticleOrder(Sequence[Article]):
    """The articles of the segments for which the masks are true. A text is read when its article is
    accessed."""

    def __init__(self, segments: Sequence[Segment], masks: Sequence[Mask]) -> None:
        """`masks` has one flag per article for each segment."""
        self._segments = segments
        live = [
            (heading.id, place, row)
            for place, (segment, mask) in enumerate(zip(segments, masks, strict=True))
            for row, (heading, stands) in enumerate(
                zip(segment.articles.headings, mask.tolist(), strict=True)
            )
            if stands
        ]
        # Each segment is sorted, and Python's sort merges sorted runs in linear time.
        live.sort()
        self._places = [(place, row) for _, place, row in live]

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> Article: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Article]: ...
    def __getitem__(self, at: int | slice) -> Article | Sequence[Article]:
        if isinstance(at, slice):
            return [self._segments[place].articles[row] for place, row in self._places[at]]
        place, row = self._places[at]
        return self._segments[place].articles[row]

    def __iter__(self) -> Iterator[Article]:
        return (self._segments[place].articles[row] for place, row in self._places)

    def headings(self) -> Sequence[Heading]:
        """The articles without their texts."""
        return [self._segments[place].articles.headings[row] for place, row in self._places]
