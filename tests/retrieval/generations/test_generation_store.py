import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.dates import parse_moment
from corpus.errors import HomeUnusable, NothingToServe
from retrieval.generations.generation_folder import GENERATIONS, POINTER
from retrieval.generations.generation_store import GenerationStore
from retrieval.generations.manifest import MANIFEST, read_manifest
from retrieval.generations.pruning import DAYS, drop_replaced, prune
from tests.fault.newsroom import QuickDisk
from tests.retrieval.generations.reports import MODEL, number_in, number_served, opened, publish, report


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    return GenerationStore(tmp_path / "collections" / "news", "news", QuickDisk())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The store's folder."""
    return tmp_path / "collections" / "news"


def spoil(folder: Path, generation: str, name: str = "vectors.faiss") -> None:
    """Flip a bit, in the manifest or in a segment."""
    [path] = (folder / GENERATIONS / generation).rglob(name)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\n",
        "../../other/generations/{}\n",
        "{}/../{}",
        "{}\n\n",
        "{}\n{}\n",
        " {}",
        "{}\x00",
        "/{}",
        "\xff",
        "20200101T000000-00000000\n",
    ],
)
def test_a_damaged_pointer_leads_to_the_last_good_generation(
    store: GenerationStore, folder: Path, content: str
) -> None:
    *_, last = publish(store, 1, 2)
    (folder / POINTER).write_text(content.replace("{}", last), encoding="latin-1")
    assert number_served(store) == 2
    assert [str(error) for error in store.problems()] == [
        f"generation {store.pointer() or '?'} is not used: the pointer leads to no generation: reload"
    ]
    publish(store, 3)
    assert number_served(store) == 3
    assert store.problems() == []


@pytest.mark.parametrize("way", ["gone", "a folder"])
def test_a_pointer_that_is_no_file_leads_to_the_last_good_generation(
    store: GenerationStore, folder: Path, way: str
) -> None:
    publish(store, 1, 2)
    (folder / POINTER).unlink()
    if way == "a folder":
        (folder / POINTER).mkdir()
    assert store.published
    assert number_served(store) == 2
    if way == "gone":
        publish(store, 3)
        assert number_served(store) == 3


def test_a_pointer_to_a_deleted_generation_leads_to_the_one_before(
    store: GenerationStore, folder: Path
) -> None:
    *_, last = publish(store, 1, 2)
    shutil.rmtree(folder / GENERATIONS / last)
    assert number_served(store) == 1
    [refused] = opened(store).refused
    assert refused.generation == last
    assert "can't be read" in refused.reason
    assert len(store.problems()) == 1


@pytest.mark.parametrize("name", ["vectors.faiss", "articles.jsonl", "texts.txt", "term-rows.npy", MANIFEST])
def test_a_damaged_generation_is_passed_over_for_the_one_before(
    store: GenerationStore, folder: Path, name: str
) -> None:
    *_, last = publish(store, 1, 2)
    spoil(folder, last, name)
    found = opened(store)
    [served] = found.snapshot.articles
    assert number_in(served) == 1
    assert [error.generation for error in found.refused] == [last]
    assert [error.generation for error in store.problems()] == [last]
    assert not store.serves(MODEL)
    # The next one heals it, and the damaged one goes.
    publish(store, 3)
    assert number_served(store) == 3
    assert store.serves(MODEL)
    assert store.problems() == []
    assert last not in [path.name for path in (folder / GENERATIONS).iterdir()]


def test_where_all_are_damaged_nothing_is_served_and_the_reason_is_said(
    store: GenerationStore, folder: Path
) -> None:
    for name in publish(store, 1, 2):
        spoil(folder, name)
    with pytest.raises(NothingToServe, match=r"vectors\.faiss is damaged.*newsdesk corpus reload"):
        opened(store)
    assert len(store.problems()) == 2


def test_another_collections_generation_is_never_served(
    store: GenerationStore, folder: Path, tmp_path: Path
) -> None:
    board = GenerationStore(tmp_path / "collections" / "board", "board", QuickDisk())
    secret = board.publish(report(666, "board")).generation
    publish(store, 1)
    shutil.copytree(tmp_path / "collections" / "board" / GENERATIONS / secret, folder / GENERATIONS / secret)
    assert number_served(store) == 1
    (folder / POINTER).write_text(secret)
    assert number_served(store) == 1
    assert [error.reason for error in store.problems()] == ["it belongs to collection board"]
    store.roll_back()
    assert number_served(store) == 1
    assert store.pointer() != secret
    assert [manifest.collection for manifest in store.generations()] == ["news"]


def test_rolling_back_passes_over_a_damaged_one(store: GenerationStore, folder: Path) -> None:
    _, damaged, _ = publish(store, 1, 2, 3)
    spoil(folder, damaged)
    store.roll_back()
    assert number_served(store) == 1


@pytest.mark.parametrize("act", ["write", "sync", "replace", "sync_folder", "remove"])
def test_rolling_back_on_a_disk_that_fails_is_said_in_one_line(
    store: GenerationStore, folder: Path, act: str
) -> None:
    def fails(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    publish(store, 1, 2)
    disk = QuickDisk()
    setattr(disk, act, fails)
    with pytest.raises(HomeUnusable, match=r"could not be rolled back \(No space left on device\)") as caught:
        GenerationStore(folder, "news", disk).roll_back()
    assert "\n" not in str(caught.value)
    assert number_served(store) == (1 if act == "sync_folder" else 2)
    assert store.problems() == []


def test_a_newest_one_that_is_damaged_is_passed_over_for_what_was_rolled_back_to(
    store: GenerationStore, folder: Path
) -> None:
    publish(store, 1, 2, 3)
    store.roll_back()
    [last] = publish(store, 4)
    spoil(folder, last)
    assert [number_in(served) for served in opened(store).snapshot.articles] == [2]


def test_a_generation_that_a_crash_left_unpointed_to_is_never_gone_back_to(
    store: GenerationStore, folder: Path
) -> None:
    first, second = publish(store, 1, 2)
    (folder / POINTER).write_text(f"{first}\n")  # as if the process had ended before it was moved
    assert number_served(store) == 1
    assert store.problems() == []
    publish(store, 3)
    assert not (folder / GENERATIONS / second).exists()
    store.roll_back()
    assert number_served(store) == 1


def test_nothing_is_pruned_while_what_is_pointed_to_is_damaged(store: GenerationStore, folder: Path) -> None:
    *_, last = publish(store, 1, 2, 3)
    shutil.rmtree(folder / GENERATIONS / last)
    prune(store)
    assert len(store.generations()) == 2
    (folder / POINTER).write_text("nonsense")
    prune(store)
    assert len(store.generations()) == 2


def test_the_last_generation_of_each_of_the_last_days_is_kept_too(store: GenerationStore) -> None:
    today = datetime(2026, 1, 20, 6, tzinfo=UTC)
    hours = (-24 * (DAYS + 1), -24 * DAYS - 1, -24 * DAYS, -25, -24, -9, 0, 1, 2)
    for number, hour in enumerate(hours):
        store.publish(replace(report(number), created=today + timedelta(hours=hour)))
        prune(store)
    kept = [parse_moment(one.created) - today for one in store.generations()]
    assert [moment // timedelta(hours=1) for moment in kept] == [2, 1, 0, -9, -24 * DAYS]
    assert number_served(store) == 8
    for number in (7, 6, 5, 2):
        store.roll_back()
        assert number_served(store) == number
    with pytest.raises(NothingToServe, match="only the last two are kept"):
        store.roll_back()


def test_a_kept_day_goes_after_its_time_though_the_one_that_replaced_it_went_before(
    store: GenerationStore,
) -> None:
    """Nobody knows any more when it was replaced, so that it counts as replaced when it was made."""
    days = (0, 1, 1, 1, 1)
    first = datetime(2026, 1, 10, 12, tzinfo=UTC)
    for number, day in enumerate(days):
        store.publish(replace(report(number), created=first + timedelta(days=day, hours=number)))
        prune(store)
    assert len(store.generations()) == 4
    drop_replaced(store, first)
    assert len(store.generations()) == 4
    drop_replaced(store, first + timedelta(hours=1))
    assert len(store.generations()) == 3


def test_a_generation_that_goes_while_all_are_checked_is_no_problem(folder: Path) -> None:
    class GoingShelf(GenerationStore):
        """One more reload happens while the store is being checked."""

        def folders(self) -> list[Path]:
            found = super().folders()
            if found:
                oldest = min(found, key=lambda path: read_manifest(path, "news").sequence)
                shutil.rmtree(oldest)
            return found

    publish(GenerationStore(folder, "news", QuickDisk()), 1, 2)
    assert GoingShelf(folder, "news", QuickDisk()).problems() == []
