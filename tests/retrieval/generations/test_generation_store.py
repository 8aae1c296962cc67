import shutil
from pathlib import Path
from typing import Any

import pytest

import retrieval.generations.edition
from corpus.article import Article
from corpus.errors import HomeUnusable, NothingToServe
from retrieval.generations.edition import Edition
from retrieval.generations.generation_folder import GENERATIONS, POINTER, STAGING
from retrieval.generations.generation_store import GenerationStore, Opened
from retrieval.generations.manifest import MANIFEST, read_manifest
from retrieval.generations.pruning import KEPT, prune
from retrieval.models.embedder import HashEmbedder
from retrieval.text.analyzer import Analyzer
from tests.fault.newsroom import QuickDisk
from tests.retrieval.snapshots import article, edition_of

MODEL = HashEmbedder.model


def report(number: int, collection: str = "news", **more: Any) -> Edition:
    """A generation of one article that says its number."""
    text = f"This is report number {number}."
    return edition_of([article("report", text, collection=collection)], collection, **more)


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    return GenerationStore(tmp_path / "collections" / "news", "news", QuickDisk())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The store's folder."""
    return tmp_path / "collections" / "news"


def publish(store: GenerationStore, *numbers: int) -> list[str]:
    """Publish those, and tidy up as a reload does; their names."""
    names = []
    for number in numbers:
        names.append(store.publish(report(number)).generation)
        prune(store)
    return names


def opened(store: GenerationStore) -> Opened:
    return store.open(MODEL, Analyzer(), frozenset())


def number_served(store: GenerationStore) -> int:
    """The number of the report that is served."""
    [served] = opened(store).snapshot.articles
    assert list(store.served_articles()) == [served]
    return number_in(served)


def number_in(served: Article) -> int:
    return int(served.text.removesuffix(".").split()[-1])


def spoil(folder: Path, generation: str, name: str = "vectors.faiss") -> None:
    """Flip a bit, in the manifest or in a segment."""
    [path] = (folder / GENERATIONS / generation).rglob(name)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def test_an_empty_shelf_serves_nothing_and_says_what_to_do(store: GenerationStore) -> None:
    with pytest.raises(NothingToServe, match="newsdesk corpus add PATH") as caught:
        opened(store)
    assert "\n" not in str(caught.value)
    assert list(store.served_articles()) == []
    assert store.problems() == []
    assert not store.published
    assert store.pointer() is None
    store.sweep()
    prune(store)


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


def test_generations_of_another_model_are_passed_over_and_their_articles_read(
    store: GenerationStore,
) -> None:
    publish(store, 1)
    with pytest.raises(NothingToServe, match="made with the model hash-64"):
        store.open("other", Analyzer(), frozenset())
    assert not store.serves("other")
    assert len(store.served_articles()) == 1


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


def test_the_last_generations_are_kept_and_those_before_them_go(store: GenerationStore, folder: Path) -> None:
    names = publish(store, *range(KEPT + 3))
    left = sorted(path.name for path in (folder / GENERATIONS).iterdir())
    assert left == sorted(names[-KEPT:])
    assert [manifest.sequence for manifest in store.generations()] == [6, 5, 4]


def test_rolling_back_serves_the_one_before_until_there_is_none(store: GenerationStore) -> None:
    publish(store, 1, 2, 3)
    for number in (2, 1):
        store.roll_back()
        assert number_served(store) == number
        assert store.problems() == []
    with pytest.raises(NothingToServe, match="no earlier generation"):
        store.roll_back()
    assert number_served(store) == 1


def test_rolling_back_passes_over_a_damaged_one(store: GenerationStore, folder: Path) -> None:
    _, damaged, _ = publish(store, 1, 2, 3)
    spoil(folder, damaged)
    store.roll_back()
    assert number_served(store) == 1


def test_rolling_back_never_turns_to_another_model(store: GenerationStore) -> None:
    publish(store, 1)
    store.publish(report(2, model="other"))
    with pytest.raises(NothingToServe, match="made with the model hash-64"):
        store.roll_back()
    [served] = store.served_articles()
    assert number_in(served) == 2


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


def test_what_was_rolled_back_from_is_never_gone_back_to(store: GenerationStore, folder: Path) -> None:
    *_, undone = publish(store, 1, 2, 3)
    store.roll_back()
    [last] = publish(store, 4)
    assert not (folder / GENERATIONS / undone).exists()
    spoil(folder, last)
    assert [number_in(served) for served in opened(store).snapshot.articles] == [2]
    store.roll_back()
    assert number_served(store) == 2


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


def test_the_order_does_not_hang_on_the_clock(
    store: GenerationStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hours = iter(range(9, 0, -1))
    # A clock that is set back by an hour before each reload: the newest has the oldest name.
    monkeypatch.setattr(
        retrieval.generations.edition,
        "new_generation_id",
        lambda: f"20260101T{next(hours):02}0000-00000000",
    )
    names = publish(store, *range(1, KEPT + 3))
    assert names == sorted(names, reverse=True)
    assert [manifest.generation for manifest in store.generations()] == names[: -KEPT - 1 : -1]
    assert number_served(store) == KEPT + 2
    store.roll_back()
    assert number_served(store) == KEPT + 1
    (folder / POINTER).unlink()
    assert number_served(store) == KEPT + 2


def test_sweeping_removes_what_is_half_done_and_nothing_else(store: GenerationStore, folder: Path) -> None:
    publish(store, 1, 2)
    staging = folder / GENERATIONS / f"{STAGING}20260101T000000-00000000"
    staging.mkdir()
    (staging / "vectors.npy").touch()
    (folder / f"{STAGING}{POINTER}-x").touch()
    assert number_served(store) == 2
    assert store.problems() == []
    store.sweep()
    assert list(folder.rglob(f"{STAGING}*")) == []
    assert number_served(store) == 2
    assert len(store.generations()) == 2


def test_nothing_is_pruned_while_what_is_pointed_to_is_damaged(store: GenerationStore, folder: Path) -> None:
    *_, last = publish(store, 1, 2, 3)
    shutil.rmtree(folder / GENERATIONS / last)
    prune(store)
    assert len(store.generations()) == 2
    (folder / POINTER).write_text("nonsense")
    prune(store)
    assert len(store.generations()) == 2


class StoppedDisk(QuickDisk):
    """Raises once, right after it has pointed to a new generation."""

    def __init__(self, error: BaseException) -> None:
        self.error: BaseException | None = error

    def replace(self, source: Path, target: Path) -> None:
        super().replace(source, target)
        if target.name == POINTER and self.error:
            error, self.error = self.error, None
            raise error


@pytest.mark.parametrize("error", [OSError(5, "Input/output error"), KeyboardInterrupt()])
@pytest.mark.parametrize("before", [[], [1], [1, 2, 3]])
def test_publishing_that_is_stopped_at_the_last_moment_is_taken_back(
    store: GenerationStore, folder: Path, error: BaseException, before: list[int]
) -> None:
    publish(store, *before)
    stopped = GenerationStore(folder, "news", StoppedDisk(error))
    with pytest.raises(type(error)):
        stopped.publish(report(9))
    assert store.published == bool(before)
    assert len(store.generations()) == len(before)
    if before:
        assert number_served(store) == before[-1]
    assert store.problems() == []
    publish(store, 10)
    assert number_served(store) == 10


def test_withdrawn_articles_are_those_of_the_last_generation_made(store: GenerationStore) -> None:
    assert store.withdrawn() == frozenset()
    publish(store, 1)
    store.publish(report(2, withdrawn=frozenset({"a", "b"})))
    assert store.withdrawn() == {"a", "b"}
    store.roll_back()
    assert store.withdrawn() == {"a", "b"}  # for the one gone back to holds them
    store.publish(report(3, withdrawn=frozenset({"a"})))
    assert store.withdrawn() == {"a"}


def test_withdrawn_articles_are_given_to_the_snapshot(store: GenerationStore) -> None:
    publish(store, 1)
    assert store.open(MODEL, Analyzer(), frozenset({"report"})).snapshot.withdrawn == {"report"}


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
