"""What a collection's generations promise, in a folder and where several processes share them."""

from collections.abc import Callable
from pathlib import Path

import pytest

import retrieval.generations.new_generation
from corpus.errors import NothingToServe
from corpus.storage.disk import Disk
from retrieval.generations.generation_folder import GENERATIONS, POINTER, STAGING
from retrieval.generations.generation_store import GenerationStore
from retrieval.generations.pruning import GENERATIONS_KEPT, prune
from tests.fault.newsroom import QuickDisk
from tests.retrieval.copies.processes import KINDS, newsroom
from tests.retrieval.generations.reports import MODEL, number_in, number_served, opened, publish, report

MakeStore = Callable[[Disk], GenerationStore]
"""The store of one process, with a disk of its own."""


@pytest.fixture(params=["embedded", *KINDS])
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> MakeStore:
    """Where files are in the database, it is a PostgreSQL server's."""
    if request.param == "embedded":
        return lambda disk: GenerationStore(tmp_path / "collections" / "news", "news", disk)
    address = request.getfixturevalue("database_url") if request.param == "database" else None
    files = request.getfixturevalue("files_address") if request.param == "objects" else None
    room = newsroom(tmp_path, request.param, address, files)
    return lambda disk: room.process("first", disk).store("news")


@pytest.fixture
def store(make_store: MakeStore) -> GenerationStore:
    return make_store(QuickDisk())


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


def test_generations_of_another_model_are_passed_over_and_their_articles_read(
    store: GenerationStore,
) -> None:
    publish(store, 1)
    with pytest.raises(NothingToServe, match="made with the model hash-64"):
        store.open("other", frozenset())
    assert not store.serves("other")
    assert len(store.served_articles()) == 1


def test_the_last_generations_are_kept_and_those_before_them_go(store: GenerationStore) -> None:
    names = publish(store, *range(GENERATIONS_KEPT + 3))
    left = sorted(path.name for path in (store.path / GENERATIONS).iterdir())
    assert left == sorted(names[-GENERATIONS_KEPT:])
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


def test_rolling_back_never_turns_to_another_model(store: GenerationStore) -> None:
    publish(store, 1)
    store.publish(report(2, model="other"))
    with pytest.raises(NothingToServe, match="made with the model hash-64"):
        store.roll_back()
    [served] = store.served_articles()
    assert number_in(served) == 2


def test_what_was_rolled_back_from_is_never_gone_back_to(store: GenerationStore) -> None:
    *_, undone = publish(store, 1, 2, 3)
    store.roll_back()
    publish(store, 4)
    assert not (store.path / GENERATIONS / undone).exists()
    store.roll_back()
    assert number_served(store) == 2


def test_the_order_does_not_hang_on_the_clock(
    store: GenerationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    hours = iter(range(9, 0, -1))
    # A clock that is set back by an hour before each reload: the newest has the oldest name.
    monkeypatch.setattr(
        retrieval.generations.new_generation,
        "new_generation_id",
        lambda: f"20260101T{next(hours):02}0000-00000000",
    )
    names = publish(store, *range(1, GENERATIONS_KEPT + 3))
    assert names == sorted(names, reverse=True)
    assert [manifest.generation for manifest in store.generations()] == names[: -GENERATIONS_KEPT - 1 : -1]
    assert number_served(store) == GENERATIONS_KEPT + 2
    store.roll_back()
    assert number_served(store) == GENERATIONS_KEPT + 1
    (store.path / POINTER).unlink()
    assert number_served(store) == GENERATIONS_KEPT + 2


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
    assert store.open(MODEL, frozenset({"report"})).snapshot.withdrawn == {"report"}


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
    make_store: MakeStore, store: GenerationStore, error: BaseException, before: list[int]
) -> None:
    publish(store, *before)
    stopped = make_store(StoppedDisk(error))
    with pytest.raises(type(error)):
        stopped.publish(report(9))
    assert store.published == bool(before)
    assert len(store.generations()) == len(before)
    if before:
        assert number_served(store) == before[-1]
    assert store.problems() == []
    publish(store, 10)
    assert number_served(store) == 10


def test_sweeping_removes_what_is_half_done_and_nothing_else(store: GenerationStore) -> None:
    publish(store, 1, 2)
    staging = store.path / GENERATIONS / f"{STAGING}20260101T000000-00000000"
    staging.mkdir()
    (staging / "vectors.npy").touch()
    (store.path / f"{STAGING}{POINTER}-x").touch()
    assert number_served(store) == 2
    assert store.problems() == []
    store.sweep()
    assert list(store.path.rglob(f"{STAGING}*")) == []
    assert number_served(store) == 2
    assert len(store.generations()) == 2
