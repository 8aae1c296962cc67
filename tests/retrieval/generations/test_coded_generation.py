"""A generation with codes of its vectors: opened, checked, merged, gone back from."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.article import Article
from corpus.errors import GenerationUnusable
from retrieval.generations import segment_files
from retrieval.generations.compaction import compact, purge
from retrieval.generations.generation_store import GenerationStore
from retrieval.generations.manifest import CODED_FORMAT, FORMAT, read_manifest
from retrieval.generations.new_generation import NewGeneration, kept_of
from retrieval.generations.segment_files import CODES, FILES
from retrieval.index.snapshot import Snapshot
from retrieval.models.embedder import HashEmbedder
from retrieval.ranking.search import search
from retrieval.segments.codes import codes_file
from retrieval.segments.row_blocks import RowBlocks
from tests.fault.newsroom import QuickDisk
from tests.retrieval.generations.test_generation import opened, place, put, refusal, written
from tests.retrieval.snapshots import article, asking, edition_of, only, snapshot_of

TOWNS = ("Nara", "Busan", "Lyon", "Bergen", "Quito", "Accra", "Perth")
GOODS = ("apples", "drums", "ferries", "lamps", "bread")


def market(year: int, towns: tuple[str, ...] = TOWNS) -> list[Article]:
    return [
        article(f"{town}-{goods}", f"In {year} {town} sold {goods}. Buyers of {goods} came from afar.")
        for town in towns
        for goods in GOODS
    ]


@pytest.fixture(autouse=True)
def _small_segments_have_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment_files, "CODED_CHUNKS", 20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(edition_of(market(2025)), tmp_path)


def told(snapshot: Snapshot) -> list[object]:
    """What is found for some questions, with all figures."""
    found = list[object]()
    for question in ("Who sold drums in Nara?", "Buyers of lamps", "ferries of Bergen"):
        hits = search([snapshot], asking(question), HashEmbedder().embed_question(question), 5).hits
        found.append([(repr(hit.passage), hit.score, hit.features) for hit in hits])
    return found


def test_a_large_segment_has_codes_of_its_vectors(folder: Path) -> None:
    manifest = read_manifest(folder, "news")
    assert manifest.format == CODED_FORMAT
    [entry] = manifest.segments
    assert set(entry.files) == {*FILES, CODES}
    segment = only(opened(folder))
    assert segment.codes is not None
    assert len(segment.codes) == len(segment.dense)
    assert place(folder, CODES).read_bytes() == codes_file(RowBlocks.of(segment.dense.vectors))
    assert told(opened(folder)) == told(snapshot_of(market(2025)))


def test_a_small_one_has_none_and_is_written_as_earlier_releases_read_it(tmp_path: Path) -> None:
    folder = written(edition_of(market(2025, TOWNS[:1])), tmp_path)
    manifest = read_manifest(folder, "news")
    assert manifest.format == FORMAT
    assert set(manifest.segments[0].files) == set(FILES)
    assert only(opened(folder)).codes is None


@pytest.mark.parametrize("way", ["a bit", "cut", "missing"])
def test_codes_that_are_not_whole_are_found(folder: Path, way: str) -> None:
    path = place(folder, CODES)
    content = bytearray(path.read_bytes())
    if way == "missing":
        path.unlink()
    elif way == "cut":
        path.write_bytes(content[:-1])
    else:
        content[random.Random(1).randrange(len(content))] ^= 4
        path.write_bytes(content)
    assert refusal(folder) == (
        f"{CODES} can't be read (No such file or directory)"
        if way == "missing"
        else f"{CODES} is damaged (its checksum differs)"
    )


def test_codes_that_are_none_are_refused_even_under_a_manifest_that_fits(folder: Path) -> None:
    for content in (b"", b"x" * 80, place(folder, "vectors.faiss").read_bytes()):
        put(folder, CODES, content)
        assert refusal(folder).startswith("its files don't fit together (the codes are")


def test_codes_of_other_vectors_are_refused(folder: Path) -> None:
    vectors = only(opened(folder)).dense.vectors
    put(folder, CODES, codes_file(RowBlocks.of(vectors[:-1])))
    assert refusal(folder) == (
        f"its files don't fit together ({len(vectors) - 1} codes for {len(vectors)} vectors)"
    )
    put(folder, CODES, codes_file(RowBlocks.of(np.tile(vectors, 2))))
    assert refusal(folder) == "its files don't fit together (codes are of other vectors)"


def test_codes_that_do_not_show_a_vector_are_found_by_verify(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.generations.selfcheck.CODES_TRIED", 1)
    vectors = only(opened(folder)).dense.vectors
    put(folder, CODES, codes_file(RowBlocks.of(-vectors)))
    assert refusal(folder, thorough=True) == "its files don't fit together (codes are of other vectors)"


def test_what_is_merged_has_codes_and_one_goes_back_to_what_had_others(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path / "news", "news", QuickDisk())

    def published(made: NewGeneration) -> Snapshot:
        store.publish(made, merging=0)
        return store.open(HashEmbedder.model, frozenset()).snapshot

    first = last = published(edition_of(market(2025, TOWNS[:4])))
    for count in (5, 6, 7):
        served = store.served()
        assert served is not None
        made = edition_of(market(2025, TOWNS[count - 1 : count]))
        last = published(replace(made, kept=tuple(kept_of(served))))
    assert len(last.segments) == 4
    assert [one.codes is not None for one in last.segments].count(True) == 1
    assert compact(store)
    merged = store.open(HashEmbedder.model, frozenset()).snapshot
    assert only(merged).codes is not None
    assert told(merged) == told(snapshot_of(market(2025)))
    assert store.problems() == []

    served = store.served()
    assert served is not None
    gone = [f"Nara-{goods}" for goods in GOODS]
    left = published(replace(edition_of([]), kept=tuple(kept_of(served, gone))))
    assert told(left) == told(snapshot_of(market(2025, TOWNS[1:])))
    purge(store, frozenset(gone))
    anew = store.open(HashEmbedder.model, frozenset()).snapshot
    assert only(anew).codes is not None
    assert len(only(anew).codes or ()) == len(only(anew).dense) < len(only(merged).dense)
    assert told(anew) == told(left)

    while store.roll_back().articles != len(first.articles):
        assert store.problems() == []
    back = store.open(HashEmbedder.model, frozenset()).snapshot
    assert told(back) == told(first)


def test_a_generation_from_before_there_were_codes_answers_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(segment_files, "CODED_CHUNKS", 10**9)
        folder = written(edition_of(market(2025)), tmp_path)
    snapshot = opened(folder)
    assert only(snapshot).codes is None
    assert told(snapshot) == told(snapshot_of(market(2025)))


def test_a_segment_with_a_file_of_another_name_is_refused(folder: Path) -> None:
    [segment] = read_manifest(folder, "news").segments
    with pytest.raises(GenerationUnusable, match="other files than a segment has"):
        segment_files.open_segment(folder / segment.name, folder.name, {**segment.files, "more.npy": ""})
