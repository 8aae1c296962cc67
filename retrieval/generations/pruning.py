"""Removing generations that are no longer needed. The caller must hold the home's lock."""

import errno
import itertools
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from corpus.dates import parse_moment
from corpus.errors import GenerationUnusable
from retrieval.generations.generation import CheckedFiles
from retrieval.generations.generation_folder import GENERATIONS, STAGING, GenerationFolder
from retrieval.generations.manifest import Manifest

GENERATIONS_KEPT = 3
"""Generations that are kept: the served one and two for rollbacks. Each takes the disk space of the segments
that only it has: about 9 kB per passage, 2.8 kB per chunk."""
DAYS = 7
"""Days before the served generation's own: the last generation of each is kept too, so that yesterday's
corpus can be served again even if polls have published twenty generations since."""


def prune(folder: GenerationFolder) -> None:
    """Remove generations that no rollback may reach: beyond the GENERATIONS_KEPT ones and those of the last
    DAYS, damaged, or rolled back.

    Call it after publishing a generation; without an intact manifest of the current one it does nothing.
    """
    pointed = folder.pointer()
    known = {manifest.generation: manifest for manifest in folder.generations()}
    if pointed is None or pointed not in known:
        return
    current, *older = folder.candidates()
    checked: CheckedFiles = set()  # most segments are in several generations, with the same inodes
    kept = {
        current,
        *itertools.islice((one for one in older if folder.is_sound(one, checked)), GENERATIONS_KEPT - 1),
    }
    # These are not checked: they may have segments of their own, and a rollback passes over damaged ones.
    daily = _last_of_days(known[pointed], [known[one.name] for one in older])
    for one in folder.folders():
        if one not in kept and one.name not in daily:
            folder.discard(one.name)


def _last_of_days(current: Manifest, older: Sequence[Manifest]) -> set[str]:
    """The last generation of each of the DAYS before the current one's day; `older` is newest first."""
    today = parse_moment(current.created).date()
    found: dict[date, str] = {}
    for manifest in older:
        day = parse_moment(manifest.created).date()
        if timedelta(0) < today - day <= timedelta(DAYS):
            found.setdefault(day, manifest.generation)
    return set(found.values())


def drop_replaced(folder: GenerationFolder, before: datetime) -> None:
    """Remove every generation that was replaced before that moment."""
    pointed = folder.pointer()
    known = sorted(folder.generations(), key=lambda manifest: (manifest.created, manifest.sequence))
    if all(manifest.generation != pointed for manifest in known):
        return
    for manifest, following in itertools.zip_longest(known, known[1:]):
        # If the one that replaced it was removed, or a rollback undid it, it counts as replaced at once, so
        # that no text is kept for longer than it may be.
        replaced_by_it = following and following.sequence == manifest.sequence + 1
        moment = following.created if replaced_by_it else manifest.created
        if manifest.generation != pointed and parse_moment(moment) < before:
            folder.discard(manifest.generation)


def drop_older(folder: GenerationFolder, holding: frozenset[str] | None) -> None:
    """Remove every generation but the current one that has one of these articles, or whose articles can't be
    read; with None all of them. Raises OSError if one can't be removed."""
    current = folder.candidates()[:1]
    for one in folder.folders():
        if one not in current and (holding is None or may_contain(folder, one, holding)):
            folder.discard(one.name)
    folder.sweep()
    generations = folder.path / GENERATIONS
    if left := list(generations.glob(f"{STAGING}*")):
        raise OSError(errno.EACCES, f"{left[0].name} can't be removed")
    if generations.is_dir():
        folder.disk.sync_folder(generations)  # or a power cut could restore one


def may_contain(folder: GenerationFolder, one: Path, article_ids: frozenset[str]) -> bool:
    """Whether the generation in folder `one` has the text of any of the articles; True if it can't be read.
    Text that is gone from a segment is still in its files."""
    try:
        live = folder.opened(one, None).snapshot.live
        return any(
            held.segment.articles.row(article_id) is not None for held in live for article_id in article_ids
        )
    except GenerationUnusable:
        return True
