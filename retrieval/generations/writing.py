"""Writing a generation: new and merged segments, and hard links to the kept ones."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from corpus.dates import format_moment
from corpus.storage.disk import Disk
from retrieval.generations.manifest import CODED_FORMAT, FORMAT, MANIFEST, Manifest, SegmentEntry
from retrieval.generations.merging import AT_ONCE, Size, next_merge
from retrieval.generations.new_generation import KeptSegment, NewGeneration
from retrieval.generations.segment_files import CODES, open_segment, write_segment
from retrieval.generations.selfcheck import check
from retrieval.segments.content import SegmentContent
from retrieval.segments.merge import merged


def write(one: NewGeneration, sequence: int, folder: Path, disk: Disk, merging: int = AT_ONCE) -> Manifest:
    """Write a generation into `folder`, which must not exist; it is durable on return.

    Up to `merging` passages are merged, or up to twice the new ones if that is more. Raises
    GenerationUnusable if a segment fails its check.
    """
    disk.make_folder(folder)
    manifest = write_segments(one, sequence, folder, disk, merging)
    disk.write(folder / MANIFEST, manifest.to_bytes())
    disk.sync(folder / MANIFEST)
    disk.sync_folder(folder)
    return manifest


def write_segments(one: NewGeneration, sequence: int, folder: Path, disk: Disk, merging: int) -> Manifest:
    """The same into an existing folder, without writing the manifest, which is returned."""
    work = _Work(one, folder, disk)
    for content in one.made:
        work.add(content)
    most = max(merging, 2 * sum(entry.passages for entry in work.entries(new=True)))
    while group := next_merge(sizes(work.entries()), most):
        work.merge(group)
    work.link()
    return _manifest(one, sequence, work)


def copy_generation(source: Path, folder: Path, manifest: Manifest, disk: Disk) -> None:
    """Copy a generation into `folder`, replacing what is there; it is durable on return."""
    disk.remove(folder)
    disk.make_folder(folder)
    for entry in manifest.segments:
        disk.make_folder(folder / entry.name)
        for name in entry.files:
            disk.link(source / entry.name / name, folder / entry.name / name)
        disk.sync_folder(folder / entry.name)
    disk.link(source / MANIFEST, folder / MANIFEST)
    disk.sync_folder(folder)


def sizes(entries: Iterable[SegmentEntry]) -> list[Size]:
    """The sizes of the segments."""
    return [Size(one.passages - one.gone_passages, one.gone_passages) for one in entries]


class _Work:
    """The segments of a generation while it is written; kept segments are still in their old folders."""

    def __init__(self, one: NewGeneration, folder: Path, disk: Disk) -> None:
        self._generation, self._folder, self._disk = one.generation, folder, disk
        self._segments = list(one.kept)
        self._number = 0

    def entries(self, *, new: bool = False) -> list[SegmentEntry]:
        """The manifest's entries for the segments, or for the new ones only."""
        return [one.entry for one in self._segments if not new or self._is_here(one)]

    def add(self, content: SegmentContent) -> None:
        """Write a segment, check it, and add it."""
        place = self._folder / f"{self._generation}-{self._number}"
        self._number += 1
        files = write_segment(place, content, self._disk)
        segment = open_segment(place, self._generation, files)
        check(segment, self._generation, thorough=True)
        counts = len(segment.articles), segment.passage_count, len(segment.tables.chunks)
        self._segments.append(KeptSegment(SegmentEntry(place.name, *counts, files=files), place))

    def merge(self, group: Sequence[int]) -> None:
        """Merge the segments at these indices into one."""
        old = [self._segments[place] for place in group]
        opened = [open_segment(one.folder, self._generation, one.entry.files) for one in old]
        masks = [np.ones(one.entry.articles, np.bool_) for one in old]
        for mask, one in zip(masks, old, strict=True):
            mask[one.entry.gone] = False
        self._segments = [one for one in self._segments if one not in old]
        self.add(merged(opened, masks))
        for one in filter(self._is_here, old):
            self._disk.remove(one.folder)

    def link(self) -> None:
        """Hard-link the files of the kept segments into this generation."""
        for one in self._segments:
            if not self._is_here(one):
                place = self._folder / one.entry.name
                self._disk.make_folder(place)
                for name in one.entry.files:
                    self._disk.link(one.folder / name, place / name)
                self._disk.sync_folder(place)

    def _is_here(self, one: KeptSegment) -> bool:
        return one.folder.parent == self._folder


def _manifest(one: NewGeneration, sequence: int, work: _Work) -> Manifest:
    entries = work.entries()
    return Manifest(
        generation=one.generation,
        collection=one.collection,
        model=one.model,
        sequence=sequence,
        created=format_moment(one.created),
        articles=sum(entry.articles - len(entry.gone) for entry in entries),
        passages=sum(entry.passages - entry.gone_passages for entry in entries),
        chunks=sum(entry.chunks - entry.gone_chunks for entry in entries),
        segments=entries,
        withdrawn=sorted(one.withdrawn),
        format=CODED_FORMAT if any(CODES in entry.files for entry in entries) else FORMAT,
    )
