"""Generations of format 2 become lists of segments under their names, whatever interrupts it."""

import shutil
from pathlib import Path

import pytest

from retrieval.generations.format_2 import convert_generations
from retrieval.generations.generation_folder import GENERATIONS
from retrieval.generations.generation_store import GenerationStore
from tests.fault.disks import FailingDisk, once
from tests.fault.newsroom import QuickDisk
from tests.fault.wreck import RecordingDisk, materialise, wrecks_after
from tests.old_homes.packing import unpack

SAMPLES = 6
"""States of the disk looked at after each step."""


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """The folder of a collection with generations of format 2."""
    return unpack("0.1.0", tmp_path).root / "collections" / "news"


def articles_of(collection: Path) -> list[tuple[str, list[str]]]:
    """Each generation and the ids of its articles, newest first."""
    store = GenerationStore(collection, "news", QuickDisk())
    assert store.problems() == []
    found = []
    for manifest in store.generations():
        store.point_to(manifest.generation)
        found.append((manifest.generation, [one.id for one in store.served_articles()]))
    return found


def test_each_keeps_its_name_its_articles_and_its_vectors(collection: Path) -> None:
    pointed = (collection / "CURRENT").read_text()
    before = sorted(path.name for path in (collection / GENERATIONS).iterdir())
    convert_generations(collection, QuickDisk())
    assert (collection / "CURRENT").read_text() == pointed
    assert sorted(path.name for path in (collection / GENERATIONS).iterdir()) == before
    found = articles_of(collection)
    assert sorted(name for name, _ in found) == before
    assert all(len(ids) > 2 for _, ids in found)
    names = {path.name for path in (collection / GENERATIONS).rglob("*")}
    assert "vectors.faiss" in names
    assert "vectors.npy" not in names
    convert_generations(collection, QuickDisk())
    assert articles_of(collection) == found


def test_a_damaged_one_stays_as_it_is(collection: Path) -> None:
    oldest, *others = sorted((collection / GENERATIONS).iterdir())
    (oldest / "vectors.npy").write_bytes(b"x")
    convert_generations(collection, QuickDisk())
    assert (oldest / "vectors.npy").read_bytes() == b"x"
    store = GenerationStore(collection, "news", QuickDisk())
    assert {known.generation for known in store.generations()} == {one.name for one in others}
    assert store.open(store.generations()[0].model, frozenset()).snapshot.articles


@pytest.mark.parametrize("place", range(1, 200, 13))
def test_where_the_disk_fails_it_is_done_again(collection: Path, place: int) -> None:
    wanted = collection.parent / "wanted" / "news"
    shutil.copytree(collection, wanted)
    convert_generations(wanted, QuickDisk())
    disk = FailingDisk(28, once(place))
    try:
        convert_generations(collection, disk)
    except OSError:
        convert_generations(collection, QuickDisk())
    assert articles_of(collection) == articles_of(wanted)


def laid_down(disk: RecordingDisk, folder: Path) -> int:
    """Let the disk have made all that is in the folder, and above it, durably; in how many steps."""
    base = folder.parents[1]
    folders = [folder.parent, folder, *sorted(path for path in folder.rglob("*") if path.is_dir())]
    for path in folders:
        disk.record("make_folder", path)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        disk.record("write", path, path.read_bytes())
        disk.record("sync", path)
    for path in (base, *folders):
        disk.record("sync_folder", path)
    return len(disk.steps)


def test_whatever_a_power_cut_leaves_is_finished_by_the_next_try(collection: Path, tmp_path: Path) -> None:
    pointed = (collection / "CURRENT").read_text().strip()
    for one in (collection / GENERATIONS).iterdir():
        if one.name != pointed:
            shutil.rmtree(one)  # one is enough: its steps are looked at one by one
    wanted = tmp_path / "wanted" / "news"
    shutil.copytree(collection, wanted)
    convert_generations(wanted, QuickDisk())
    disk = RecordingDisk(collection.parents[1])
    begun = laid_down(disk, collection)
    convert_generations(collection, disk)
    expected = articles_of(wanted)
    seen: set[frozenset[tuple[str, bytes | None]]] = set()
    for place, tree in wrecks_after(disk.steps, SAMPLES, begun):
        files = frozenset(tree.items())
        if files in seen:
            continue
        seen.add(files)
        base = tmp_path / "wreck"
        shutil.rmtree(base, ignore_errors=True)
        materialise(tree, base)
        again = base / collection.relative_to(collection.parents[1])
        convert_generations(again, QuickDisk())
        assert articles_of(again) == expected, place
    assert len(seen) > 30
