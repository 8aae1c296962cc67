"""The content of a segment as it is written: small arrays whole, large ones in pieces."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.models.token_vectors import Places
from retrieval.segments.article_table import Heading
from retrieval.segments.forward import ForwardIndex
from retrieval.segments.postings import Postings
from retrieval.segments.row_blocks import RowBlocks
from retrieval.segments.segment import Segment
from retrieval.segments.tables import Tables


@dataclass(frozen=True, slots=True)
class SegmentContent:
    """All parts of a segment. `texts` are the bytes of the articles' texts, and `text_starts` where each
    begins; `token_starts`, `token_places` and `token_signs` are as in `Tokens`."""

    headings: Sequence[Heading]
    texts: RowBlocks
    text_starts: NDArray[np.int64]
    tables: Tables
    vectors: RowBlocks
    postings: Postings
    forward: ForwardIndex
    token_starts: NDArray[np.int64]
    token_places: Places
    token_signs: RowBlocks


def content_of(segment: Segment) -> SegmentContent:
    """The content of a segment in memory."""
    articles, tokens = segment.articles, segment.tokens
    return SegmentContent(
        headings=articles.headings,
        texts=RowBlocks.of(np.frombuffer(articles.texts, np.uint8)),
        text_starts=articles.starts,
        tables=segment.tables,
        vectors=RowBlocks.of(segment.dense.vectors),
        postings=segment.postings,
        forward=segment.forward,
        token_starts=tokens.starts,
        token_places=tokens.places,
        token_signs=RowBlocks.of(tokens.signs),
    )
