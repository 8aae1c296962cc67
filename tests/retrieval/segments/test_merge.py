"""A merged segment is the very one that is built of the articles that are left."""

from dataclasses import fields

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from retrieval.segments.content import SegmentContent, content_of
from retrieval.segments.merge import merged
from retrieval.segments.postings import Postings
from retrieval.segments.row_blocks import RowBlocks
from retrieval.segments.term_list import TermList
from tests.retrieval.segments.drawn_articles import ARTICLE_SETS
from tests.retrieval.snapshots import segment_in_memory


def flat(value: object) -> object:
    """Anything of a segment as something that can be compared."""
    match value:
        case RowBlocks():
            parts = [value.dtype, value.shape]
            return [
                *parts,
                np.concatenate([np.zeros(0, value.dtype), *(one.ravel() for one in value.blocks())]).tolist(),
            ]
        case np.ndarray():
            return value.dtype, value.shape, value.tolist()
        case TermList():
            return list(value)
        case SegmentContent() | Postings():
            return {field.name: flat(getattr(value, field.name)) for field in fields(value)}
        case _ if hasattr(value, "__slots__") and not isinstance(value, (str, tuple)):
            return {name: flat(getattr(value, name)) for name in value.__slots__}
        case list():
            return [repr(one) for one in value]
        case _:
            return value


@settings(max_examples=60)
@given(ARTICLE_SETS, st.data())
def test_what_is_merged_is_what_is_built_at_once(articles: list[Article], data: st.DataObject) -> None:
    places = [data.draw(st.integers(0, 2)) for _ in articles]
    kept = [data.draw(st.booleans()) for _ in articles]
    segments, masks = [], []
    for place in range(3):
        part = sorted(
            (one.id, one, keep) for one, at, keep in zip(articles, places, kept, strict=True) if at == place
        )
        if part:
            segments.append(segment_in_memory([one for _, one, _ in part]))
            masks.append(np.array([keep for *_, keep in part], np.bool_))
    left = [one for one, keep in zip(articles, kept, strict=True) if keep]
    if left:
        assert flat(merged(segments, masks)) == flat(content_of(segment_in_memory(left)))
