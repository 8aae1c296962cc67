"""A generation: one version of a collection as a list of segments, with all its files in one folder.

A segment that did not change is hard-linked into the folder of each generation, so that every folder has all
that is needed to answer and to verify quotes, and can be removed by itself.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.dates import parse_moment
from corpus.errors import GenerationUnusable
from retrieval.generations.manifest import Manifest, read_manifest
from retrieval.generations.segment_files import check_segment, open_segment
from retrieval.generations.selfcheck import check
from retrieval.index.live_segment import LiveSegment
from retrieval.index.snapshot import Snapshot
from retrieval.segments.segment import Segment
from retrieval.text.analyzer import Analyzer

OpenSegments = Mapping[str, Segment]
"""Open segments by name, which need not be opened and checked again."""
CheckedFiles = set[tuple[int, int]]
"""Device and inode of files whose every byte was checked."""


@dataclass(frozen=True, slots=True)
class Generation:
    """An opened generation."""

    folder: Path
    manifest: Manifest
    snapshot: Snapshot


def open_generation(
    folder: Path,
    collection: str,
    model: str | None,
    withdrawn: frozenset[str] = frozenset(),
    open_segments: OpenSegments | None = None,
) -> Generation:
    """Open a generation in its folder, checking every byte first, except for those in `open_segments`.

    Raises GenerationUnusable if it is damaged, belongs to another collection, or was made with another model
    than `model` (None: any).
    """
    manifest = read_manifest(folder, collection)
    if model is not None and manifest.model != model:
        raise GenerationUnusable(
            folder.name, f"it was made with the model {manifest.model}, the settings ask for {model}: reload"
        )
    live = []
    for entry in manifest.segments:
        segment = (open_segments or {}).get(entry.name)
        if segment is None:
            segment = open_segment(folder / entry.name, folder.name, entry.files)
            check(segment, folder.name)
        if len(segment.articles) != entry.articles or not set(entry.gone) < set(range(entry.articles)):
            raise GenerationUnusable(folder.name, f"{entry.name} and what is gone from it don't fit together")
        live.append(LiveSegment(entry.name, segment, np.array(entry.gone, np.int64)))
    snapshot = Snapshot(
        name=collection,
        generation=manifest.generation,
        model=manifest.model,
        created=parse_moment(manifest.created),
        live=tuple(live),
        analyzer=Analyzer(),
        withdrawn=withdrawn,
    )
    return Generation(folder, manifest, snapshot)


def check_files(folder: Path, collection: str, checked: CheckedFiles | None = None) -> None:
    """Check every byte of a generation, in pieces. Segments whose files are all in `checked` are not read
    again; those that pass are added to it. Raises GenerationUnusable."""
    known: CheckedFiles = set() if checked is None else checked
    for entry in read_manifest(folder, collection).segments:
        place = folder / entry.name
        files = _numbers(place, entry.files)
        if not files or not files <= known:
            check_segment(place, folder.name, entry.files)
            known |= files


def verify(folder: Path, collection: str) -> None:
    """Check everything that can be checked without a model. Raises GenerationUnusable."""
    for live in open_generation(folder, collection, None).snapshot.live:
        check(live.segment, folder.name, thorough=True)


def _numbers(folder: Path, names: Mapping[str, str]) -> CheckedFiles:
    try:
        found = [os.stat(folder / name) for name in names]  # noqa: PTH116 - a name of the folder is enough
    except OSError:
        return set()
    return {(one.st_dev, one.st_ino) for one in found}
