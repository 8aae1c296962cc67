"""Removing generations that are no longer needed. The caller must hold the home's lock."""

import errno
import itertools
from datetime import datetime
from pathlib import Path

from corpus.dates import parse_moment
from corpus.errors import GenerationUnusable
from retrieval.generations.generation import CheckedFiles
from retrieval.generations.generation_folder import GENERATIONS, STAGING, GenerationFolder

KEPT = 3
"""Generations that are kept: the served one and two for rollbacks. Each takes the disk space of the segments
that only it has: about 9 kB per passage, 2.8 kB per chunk."""


def prune(folder: GenerationFolder) -> None:
    """Remove generations that no rollback may reach: beyond the KEPT ones, damaged, or rolled back.

    Call it after publishing a generation; without an intact manifest of the current one it does nothing.
    """
    pointed = folder.pointer()
    if pointed is None or all(known.generation != pointed for known in folder.generations()):
        return
    current, *older = folder.candidates()
    checked: CheckedFiles = set()  # most segments are in several generations, with the same inodes
    kept = [current, *itertools.islice((one for one in older if folder.is_sound(one, checked)), KEPT - 1)]
    for one in folder.folders():
        if one not in kept:
            folder.discard(one.name)


def drop_replaced(folder: GenerationFolder, before: datetime) -> None:
    """Remove every generation that was replaced before that moment."""
    pointed = folder.pointer()
    known = sorted(folder.generations(), key=lambda manifest: manifest.created)
    if all(manifest.generation != pointed for manifest in known):
        return
    # A generation that a rollback undid, and that nothing replaced, is not rolled back to.
    replaced = [following.created for following in known[1:]] + [one.created for one in known[-1:]]
    for manifest, moment in zip(known, replaced, strict=True):
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
