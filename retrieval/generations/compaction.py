"""Rewriting a generation with the same articles: with fewer segments, or without text that is gone.

The rewritten generation gets the sequence number of the one it replaces, so that a rollback leads to the same
generations as before. The caller must hold the home's lock.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from corpus.dates import parse_moment
from retrieval.generations.generation import Generation
from retrieval.generations.generation_store import GenerationStore
from retrieval.generations.manifest import SegmentEntry, new_generation_id
from retrieval.generations.merging import LARGEST, next_merge
from retrieval.generations.new_generation import KeptSegment, NewGeneration, kept_of
from retrieval.generations.writing import sizes
from retrieval.index.live_segment import LiveSegment
from retrieval.segments.content import SegmentContent
from retrieval.segments.merge import merged


def compact(store: GenerationStore) -> bool:
    """Merge segments of the served generation as far as needed. Returns whether there were any to merge."""
    served = store.served()
    if served is None or not next_merge(sizes(served.manifest.segments)):
        return False
    _replace(store, served, kept_of(served), ())
    return True


def purge(store: GenerationStore, ids: frozenset[str] | None) -> None:
    """Remove the text of articles that are gone from the served generation from its files too: of these
    articles, or of all with None."""

    def is_affected(entry: SegmentEntry, live: LiveSegment) -> bool:
        rows = {live.segment.articles.row(article_id) for article_id in ids or ()}
        return ids is None or not rows.isdisjoint(entry.gone)

    _purge(store, is_affected)


def purge_gone_before(store: GenerationStore, before: datetime) -> None:
    """The same for all text that went before that moment."""

    def is_due(entry: SegmentEntry) -> bool:
        return entry.since is not None and parse_moment(entry.since) < before

    # Nothing is opened if there is nothing to do.
    if any(is_due(entry) for manifest in store.generations() for entry in manifest.segments):
        _purge(store, lambda entry, _: is_due(entry))


def _purge(store: GenerationStore, chosen: Callable[[SegmentEntry, LiveSegment], bool]) -> None:
    served = store.served()
    if served is None:
        return
    pairs = zip(served.manifest.segments, served.snapshot.live, strict=True)
    anew = [live for entry, live in pairs if entry.gone and chosen(entry, live)]
    if anew:
        names = {one.name for one in anew}
        kept = [one for one in kept_of(served) if one.entry.name not in names]
        _replace(store, served, kept, [merged([one.segment], [one.articles]) for one in anew])


def _replace(
    store: GenerationStore,
    served: Generation,
    kept: Sequence[KeptSegment],
    made: Sequence[SegmentContent],
) -> None:
    manifest, snapshot = served.manifest, served.snapshot
    new = NewGeneration(
        generation=new_generation_id(),
        collection=manifest.collection,
        model=manifest.model,
        created=snapshot.created,
        kept=tuple(kept),
        made=made,
        withdrawn=frozenset(manifest.withdrawn),
    )
    store.publish(new, sequence=manifest.sequence, merging=LARGEST)
    store.discard(manifest.generation)
