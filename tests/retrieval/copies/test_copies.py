"""Several processes over one database and one place: each holds an exact copy of what was published last."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.blobs import blob_store as places
from corpus.blobs.blob_store import BlobStore, StoredFile
from corpus.errors import BlobStoreUnusable, FileLost, HomeUnusable, NothingToServe
from corpus.storage.copies.generation_register import GenerationRegister
from corpus.storage.database import Database
from retrieval.copies.local_copies import LocalCopies
from retrieval.copies.shared_files import drop_unused
from retrieval.copies.shared_store import SharedGenerationStore
from retrieval.generations.compaction import purge
from retrieval.generations.generation_folder import GENERATIONS, STAGING
from retrieval.generations.new_generation import kept_of, new_generation
from retrieval.generations.pruning import GENERATIONS_KEPT, drop_older, prune
from retrieval.models.embedder import HashEmbedder
from retrieval.ranking.search import search
from tests.fault.newsroom import QuickDisk, no_progress
from tests.retrieval.copies.processes import Newsroom, newsroom
from tests.retrieval.generations.reports import MODEL, number_served, opened, publish, report
from tests.retrieval.snapshots import article, asking

FIRST, SECOND = "first", "second"


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "FIRST_PAUSE", 0)


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    return newsroom(tmp_path, "folder")


class Watched(BlobStore):
    """A place that says what was fetched from it, and fails where a test wants it."""

    def __init__(self, inner: BlobStore) -> None:
        self.inner = inner
        self.fetched = dict[str, int]()
        self.fault: Callable[[str], None] = lambda act: None

    def put(self, name: str, path: Path) -> None:
        self.fault("put")
        self.inner.put(name, path)

    def get(self, name: str) -> Iterator[bytes]:
        self.fault("get")
        for piece in self.inner.get(name):
            self.fetched[name] = self.fetched.get(name, 0) + len(piece)
            yield piece

    def has(self, names: Sequence[str] | set[str]) -> set[str]:  # type: ignore[override]
        self.fault("has")
        return self.inner.has(names)

    def list(self) -> Iterator[StoredFile]:
        return self.inner.list()

    def delete(self, names: Sequence[str]) -> None:  # type: ignore[override]
        self.inner.delete(names)


def served(process: LocalCopies) -> int:
    return number_served(process.store("news"))


def stories(count: int) -> list[Article]:
    return [
        article(f"story-{row:03}", f"Harbour {row} took in {row * 17} ships. The tide was {row} feet.")
        for row in range(count)
    ]


def add(store: SharedGenerationStore, *articles: Article, gone: Sequence[str] = ()) -> None:
    """Publish what is served with these articles besides, as a reload does."""
    held = store.served()
    kept = kept_of(held, [one.id for one in articles] + list(gone)) if held else []
    embed = HashEmbedder().embed_passages
    store.publish(new_generation(articles, "news", MODEL, embed, progress=no_progress, kept=kept))
    prune(store)


def answers(process: LocalCopies) -> list[tuple[str, int, int, float]]:
    """What some questions find, with the scores to the last digit."""
    snapshot = opened(process.store("news")).snapshot
    found = []
    for row in range(0, 40, 7):
        query = asking(f"How many ships did harbour {row} take in?")
        hits = search([snapshot], query, HashEmbedder().embed_question(query.text), 3).hits
        found += [(hit.passage.article.id, hit.passage.start, hit.passage.end, hit.score) for hit in hits]
    return found


def test_every_process_answers_exactly_as_the_one_that_published(room: Newsroom) -> None:
    first, second = room.process(FIRST), room.process(SECOND)
    add(first.store("news"), *stories(40))
    add(first.store("news"), article("late", "A late story of ships."), gone=["story-007"])
    second.synchronize()
    assert answers(second) == answers(first) != []
    here, there = (
        {
            path.relative_to(one.store("news").path): path.read_bytes()
            for path in (one.store("news").path / GENERATIONS / str(one.store("news").pointer())).rglob("*.*")
        }
        for one in (first, second)
    )
    assert here == there
    assert second.names() == ["news"]


def test_of_a_reload_of_one_article_only_the_small_segment_is_fetched(room: Newsroom) -> None:
    watched = Watched(room.blobs)
    first, second = room.process(FIRST), room.process(SECOND, blobs=watched)
    add(first.store("news"), *stories(60))
    second.synchronize()
    everything = sum(watched.fetched.values())
    watched.fetched.clear()
    add(first.store("news"), article("late", "A late story of ships."), gone=["story-007"])
    second.synchronize()
    assert 0 < sum(watched.fetched.values()) < everything / 10
    assert answers(second) == answers(first)
    watched.fetched.clear()
    second.synchronize()
    assert watched.fetched == {}


def test_only_what_the_place_lacks_is_uploaded(room: Newsroom) -> None:
    put = list[str]()
    watched = Watched(room.blobs)
    watched.fault = lambda act: put.append(act) if act == "put" else None
    first = room.process(FIRST, blobs=watched)
    add(first.store("news"), *stories(60))
    before = len(put)
    add(first.store("news"), article("late", "A late story of ships."))
    assert 0 < len(put) - before <= before


@pytest.mark.parametrize("way", ["damaged", "missing"])
def test_what_is_wrong_in_the_place_is_said_and_the_old_generation_goes_on(room: Newsroom, way: str) -> None:
    first, second = room.process(FIRST), room.process(SECOND)
    publish(first.store("news"), 1)
    second.synchronize()
    old = {one.name for one in room.blobs.list()}
    [new] = publish(first.store("news"), 2)
    path = next(path for path in room.root.glob("files/??/*") if path.name not in old)
    sound = path.read_bytes()
    path.unlink() if way == "missing" else path.write_bytes(sound[:-1] + b"?")
    for _ in range(2):
        with pytest.raises(FileLost, match=f"{path.name[:16]} is {way}") as caught:
            second.synchronize()
        assert "\n" not in str(caught.value)
        assert served(second) == 1
    [problem] = [one for one in second.store("news").problems() if one.generation == new]
    assert f"is {way}" in problem.reason
    path.write_bytes(sound)
    second.synchronize()
    assert served(second) == 2
    assert second.store("news").problems() == []


def test_what_is_damaged_or_missing_in_a_folder_is_fetched_again(room: Newsroom) -> None:
    first = room.process(FIRST)
    [_, last] = publish(first.store("news"), 1, 2)
    folder = first.store("news").path / GENERATIONS / last
    for name in ("vectors.faiss", "texts.txt", "manifest.json"):
        [path] = folder.rglob(name)
        content = bytearray(path.read_bytes())
        content[-1] ^= 1
        path.write_bytes(content)
    [path] = folder.rglob("passages.npy")
    path.unlink()
    found = opened(first.store("news"))
    assert (found.snapshot.generation, found.refused) == (last, ())
    assert first.store("news").problems() == []
    assert served(first) == 2


def test_a_place_that_is_away_costs_freshness_and_no_answer(room: Newsroom) -> None:
    watched = Watched(room.blobs)
    first, second = room.process(FIRST), room.process(SECOND, blobs=watched)
    publish(first.store("news"), 1)
    second.synchronize()
    publish(first.store("news"), 2)

    def away(_act: str) -> None:
        raise BlobStoreUnusable("the place is away: wait")

    watched.fault = away
    with pytest.raises(BlobStoreUnusable, match="is away"):
        second.synchronize()
    assert served(second) == 1
    watched.fault = lambda _: None
    second.synchronize()
    assert served(second) == 2


def test_a_builder_that_cannot_upload_changes_nothing(room: Newsroom) -> None:
    watched = Watched(room.blobs)
    first, second = room.process(FIRST, blobs=watched), room.process(SECOND)
    publish(first.store("news"), 1)

    def full(act: str) -> None:
        if act == "put":
            raise BlobStoreUnusable("the place is full: make space")

    watched.fault = full
    with pytest.raises(BlobStoreUnusable, match="is full"):
        first.store("news").publish(report(2))
    second.synchronize()
    assert (served(first), served(second)) == (1, 1)
    first.store("news").sweep()  # as a reload does
    assert list(first.store("news").path.rglob(f"{STAGING}*")) == []


def test_what_was_fetched_before_a_cut_is_not_fetched_again(room: Newsroom) -> None:
    watched = Watched(room.blobs)
    first, second = room.process(FIRST), room.process(SECOND, blobs=watched)
    add(first.store("news"), *stories(20))
    left = 9

    def cut(act: str) -> None:
        nonlocal left
        left -= act == "get"
        if left < 0:
            raise BlobStoreUnusable("the line was cut: try again")

    watched.fault = cut
    with pytest.raises(BlobStoreUnusable):
        second.synchronize()
    assert second.names() == ["news"]
    with pytest.raises(NothingToServe):
        opened(second.store("news"))
    before = dict(watched.fetched)
    watched.fault = lambda _: None
    watched.fetched.clear()
    second.synchronize()
    assert not before.keys() & watched.fetched.keys()
    assert answers(second) == answers(first)


def test_a_generation_that_goes_while_it_is_fetched_leaves_the_way_to_the_next(room: Newsroom) -> None:
    watched = Watched(room.blobs)
    first, second = room.process(FIRST), room.process(SECOND, blobs=watched)
    publish(first.store("news"), 1)
    store = first.store("news")

    def replace(act: str) -> None:
        watched.fault = lambda _: None
        before = str(store.pointer())
        publish(store, 2)
        store.discard(before)
        with room.register() as register:
            drop_unused(room.blobs, register.names(), None)

    watched.fault = replace
    second.synchronize()
    assert served(second) == 2


def test_a_collection_that_fails_keeps_no_other_from_being_taken_on(room: Newsroom) -> None:
    first, second = room.process(FIRST), room.process(SECOND)
    first.store("board").publish(report(7, "board"))
    publish(first.store("news"), 1)
    [path] = [path for path in room.root.glob("files/??/*") if path.read_bytes().endswith(b"number 7.")]
    path.write_bytes(b"damaged")
    with pytest.raises(FileLost):
        second.synchronize()
    assert served(second) == 1


def test_whoever_lost_the_lock_changes_nothing(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = room.process(FIRST), room.process(SECOND)
    publish(first.store("news"), 1, 2)
    made = GenerationRegister.__init__

    def lost(self: GenerationRegister, database: Database, check_lock: object) -> None:
        def refuse(_database: Database) -> None:
            raise HomeUnusable("the lock was lost: reload again")

        made(self, database, refuse)

    monkeypatch.setattr(GenerationRegister, "__init__", lost)
    store = first.store("news")
    for act in (
        lambda: store.publish(report(3)),
        store.roll_back,
        lambda: store.discard(str(store.pointer())),
    ):
        with pytest.raises(HomeUnusable, match="the lock was lost"):
            act()
    monkeypatch.undo()
    second.synchronize()
    first.synchronize()
    assert (served(first), served(second)) == (2, 2)
    assert first.store("news").problems() == []


def test_whoever_did_not_see_the_last_generation_cannot_publish_over_it(room: Newsroom) -> None:
    first, second = room.process(FIRST), room.process(SECOND)
    publish(first.store("news"), 1)
    second.synchronize()
    publish(second.store("news"), 2)
    with pytest.raises(HomeUnusable, match="published by another process meanwhile"):
        first.store("news").publish(report(3))
    first.synchronize()
    assert (served(first), served(second)) == (2, 2)
    publish(first.store("news"), 3)
    second.synchronize()
    assert served(second) == 3


def test_rolling_back_fetches_what_it_goes_back_to_and_counts_for_all(room: Newsroom) -> None:
    watched = Watched(room.blobs)
    first, second = room.process(FIRST), room.process(SECOND, blobs=watched)
    publish(first.store("news"), 1, 2, 3)
    second.synchronize()
    few = len(watched.fetched)
    second.store("news").roll_back()
    assert few < len(watched.fetched)
    first.synchronize()
    assert (served(first), served(second)) == (2, 2)
    assert first.store("news").pointer() == second.store("news").pointer()


def test_an_earlier_generation_is_fetched_when_it_is_asked_for(room: Newsroom) -> None:
    first, second = room.process(FIRST), room.process(SECOND)
    names = publish(first.store("news"), 1, 2)
    second.synchronize()
    held = opened(second.store("news")).snapshot
    earlier = second.store("news").earlier(names[0], MODEL, held)
    assert earlier is not None
    assert earlier.generation == names[0]
    assert second.store("news").earlier("20260101T000000-00000000", MODEL, held) is None


def test_pruning_counts_for_all(room: Newsroom) -> None:
    first, second = room.process(FIRST), room.process(SECOND)
    names = publish(first.store("news"), *range(GENERATIONS_KEPT + 2))
    second.synchronize()
    for process in (first, second):
        folders = {folder.name for folder in process.store("news").folders()}
        assert folders == set(names[-GENERATIONS_KEPT:])
    with room.register() as register:
        needed = register.names()
        assert register.states()["news"].generations == set(names[-GENERATIONS_KEPT:])
        assert drop_unused(room.blobs, needed, datetime.now(UTC) - timedelta(days=1)) == 0
        assert drop_unused(room.blobs, needed, None) > 0
    assert {one.name for one in room.blobs.list()} == needed
    assert first.store("news").problems() == []


def test_a_process_that_never_built_prunes_and_erases_as_well(room: Newsroom) -> None:
    first, second = room.process(FIRST), room.process(SECOND)
    add(first.store("news"), *stories(20))
    add(first.store("news"), article("late", "A late story of ships."), gone=["story-007"])
    second.synchronize()
    purge(second.store("news"), frozenset({"story-007"}))
    drop_older(second.store("news"), frozenset({"story-007"}))
    with room.register() as register:
        drop_unused(room.blobs, register.names(), None)
    first.synchronize()
    for path in room.root.rglob("*"):
        if path.is_file() and "sqlite3" not in path.name:
            assert b"Harbour 7 took" not in path.read_bytes(), path
    assert answers(second) == answers(first)


def test_what_is_gone_for_all_goes_here_also_where_what_is_new_cannot_be_had(room: Newsroom) -> None:
    first, second = room.process(FIRST), room.process(SECOND)
    publish(first.store("news"), 1, 2, 3)
    second.synchronize()
    second.store("news").roll_back()
    first.synchronize()
    names = publish(first.store("news"), 4)
    drop_older(first.store("news"), None)
    for path in room.root.glob("files/??/*"):
        path.unlink()
    with pytest.raises(FileLost):
        second.synchronize()
    assert served(second) == 2  # what was served here answers
    assert {one.name for one in second.store("news").folders()} <= {
        str(second.store("news").pointer()),
        *names,
    }


def test_a_collection_that_is_gone_for_all_goes_here(room: Newsroom) -> None:
    first, second = room.process(FIRST), room.process(SECOND)
    [name] = publish(first.store("news"), 1)
    second.synchronize()
    with room.register() as register:
        register.revert("news", name, None)
    second.synchronize()
    assert second.names() == []


def test_processes_of_one_folder_fetch_once(room: Newsroom) -> None:
    watched = Watched(room.blobs)
    first = room.process(FIRST)
    add(first.store("news"), *stories(20))
    failed = list[BaseException]()

    def synchronize() -> None:
        try:
            room.process(SECOND, blobs=watched).synchronize()
        except BaseException as error:  # noqa: BLE001 - told by the main thread
            failed.append(error)

    threads = [threading.Thread(target=synchronize) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    sizes = {one.name: one.size for one in room.blobs.list()}
    assert watched.fetched == {name: size for name, size in sizes.items() if size}


class DyingDisk(QuickDisk):
    """Dies at one of its acts."""

    def __init__(self, acts: int) -> None:
        self.left = acts

    def _act(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt

    def make_folder(self, path: Path) -> None:
        self._act()
        super().make_folder(path)

    def write(self, path: Path, data: bytes | Iterable[bytes]) -> None:
        self._act()
        super().write(path, data)

    def link(self, source: Path, target: Path) -> None:
        self._act()
        super().link(source, target)

    def replace(self, source: Path, target: Path) -> None:
        self._act()
        super().replace(source, target)

    def remove(self, path: Path) -> None:
        self._act()
        super().remove(path)


def test_dying_at_any_act_leaves_the_old_generation_or_the_new_one_for_all(room: Newsroom) -> None:
    publish(room.process(FIRST).store("news"), 1)
    acts, number, died = 0, 1, 0
    while True:
        acts += 1
        disk = DyingDisk(acts)
        dying = room.process(FIRST, disk)
        number += 1
        try:
            dying.synchronize()
            dying.store("news").publish(report(number))
        except KeyboardInterrupt:
            died += 1
        second = room.process(SECOND)
        second.synchronize()
        alive = room.process(FIRST)
        alive.synchronize()
        assert served(second) == served(alive)
        alive.store("news").sweep()
        assert alive.store("news").problems() == second.store("news").problems() == []
        if disk.left > 0:
            break
    assert died > 5
    assert served(second) == number


def test_dying_while_taking_on_leaves_the_old_generation_and_the_next_look_finishes(room: Newsroom) -> None:
    first = room.process(FIRST)
    publish(first.store("news"), 1)
    room.process(SECOND).synchronize()
    add(first.store("news"), report_article(2))
    acts = 0
    while True:
        acts += 3
        disk = DyingDisk(acts)
        try:
            room.process(SECOND, disk).synchronize()
        except KeyboardInterrupt:
            assert served(room.process(SECOND)) in (1, 2)
            continue
        break
    assert acts > 9
    assert served(room.process(SECOND)) == 2
    assert room.process(SECOND).store("news").problems() == []


def report_article(number: int) -> Article:
    return article("report", f"This is report number {number}.")
