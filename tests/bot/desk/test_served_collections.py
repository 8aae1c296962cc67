import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.corpus_admin.home import Home
from bot.desk.served_collections import REOPEN_SECONDS, ServedCollections
from corpus.storage.store_records import Source
from retrieval.collection.collection import Collection
from retrieval.index.snapshot import Snapshot
from retrieval.models.embedder import HashEmbedder
from tests.fault.newsroom import COLLECTION, QuickDisk, edition, new_home, publish, register

OTHER = "other"


class Opened:
    """The collections of a home that holds edition 1, with a clock that stands still, and every generation
    that began to be served."""

    def __init__(self, tmp_path: Path) -> None:
        self.sources = tmp_path / "sources"
        self.home = new_home(tmp_path / "home", self.sources, QuickDisk())
        register(self.home, Source(OTHER, str(self.sources)))
        publish(self.home, self.sources, 1)
        self.notices: list[str] = []
        self.now = 0.0
        self.opened: list[str] = []
        self.served = ServedCollections(
            self.home, HashEmbedder.model, self.notices.append, self._engine, clock=lambda: self.now
        )
        assert self.served.open()
        self.opened.clear()

    def _engine(self, snapshot: Snapshot) -> Collection:
        self.opened.append(snapshot.name)
        return snapshot

    def publish(self, number: int) -> None:
        """Publish an edition from another process."""
        publish(Home(self.home.root, QuickDisk()), self.sources, number)

    def spoil(self) -> Callable[[], None]:
        """Damage the published generation; returns what repairs it."""
        store = self.home.generation_store(COLLECTION)
        [path, *_] = sorted((store.path / "generations" / str(store.pointer())).glob("*/vectors.faiss"))
        kept = path.with_name("kept")
        path.rename(kept)
        path.write_bytes(kept.read_bytes()[:-1])

        def repair() -> None:
            path.unlink()
            kept.rename(path)

        return repair

    def drop_all_but_published(self) -> None:
        """Leave no older generation that could be served instead."""
        store = self.home.generation_store(COLLECTION)
        for folder in store.folders():
            if folder.name != store.pointer():
                shutil.rmtree(folder)

    def articles(self, name: str = COLLECTION) -> set[str]:
        """The ids of the articles that are served."""
        return {article.id for article in self.served.all[name].articles}


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    return Opened(tmp_path)


def test_withdrawals_reach_a_collection_whose_new_generation_cant_be_opened(opened: Opened) -> None:
    opened.publish(3)
    opened.spoil()
    opened.drop_all_but_published()
    opened.home.withdrawn.add(COLLECTION, "odd")
    assert not opened.served.refresh()
    assert opened.articles() == set(edition(1)) - {"odd"}
    opened.home.withdrawn.add(COLLECTION, "changing")  # while the generation is not tried again
    assert not opened.served.refresh()
    assert opened.articles() == set(edition(1)) - {"odd", "changing"}
    assert opened.articles(OTHER) == set(edition(3))


def test_withdrawals_stay_in_a_collection_that_is_gone_from_the_home(opened: Opened) -> None:
    opened.home.withdrawn.add(COLLECTION, "odd")
    assert opened.served.refresh()
    shutil.rmtree(opened.home.root / "collections")
    (opened.home.root / "withdrawn.json").unlink()
    assert opened.served.refresh()
    assert opened.articles() == set(edition(1)) - {"odd"}


def test_what_cant_be_opened_is_tried_again_after_a_while_and_said_once(opened: Opened) -> None:
    opened.publish(3)
    repair = opened.spoil()
    opened.drop_all_but_published()
    for opened.now in (0.0, 5.0, REOPEN_SECONDS, REOPEN_SECONDS + 5.0):
        assert not opened.served.refresh()
    [notice] = opened.notices
    assert f"collection {COLLECTION} has nothing to answer from" in notice
    repair()
    opened.now = 2 * REOPEN_SECONDS - 1.0
    assert not opened.served.refresh()  # it was tried a moment ago
    opened.now = 2 * REOPEN_SECONDS
    assert opened.served.refresh()
    assert opened.articles() == set(edition(3))
    assert len(opened.notices) == 1


def test_an_older_generation_serves_until_the_published_one_can_be_opened(opened: Opened) -> None:
    opened.publish(3)
    repair = opened.spoil()
    assert not opened.served.refresh()
    for opened.now in (5.0, REOPEN_SECONDS, REOPEN_SECONDS + 5.0):
        assert not opened.served.refresh()
    assert opened.articles() == set(edition(1))
    [notice] = opened.notices
    assert "answers instead" in notice
    assert opened.opened == [OTHER]  # what is served already is not opened again
    repair()
    opened.now = 2 * REOPEN_SECONDS
    assert opened.served.refresh()
    assert opened.articles() == set(edition(3))


def test_a_new_generation_is_tried_at_once_after_one_that_could_not_be_opened(opened: Opened) -> None:
    opened.publish(3)
    opened.spoil()
    assert not opened.served.refresh()
    opened.publish(5)
    assert opened.served.refresh()
    assert opened.articles() == set(edition(5))


def test_a_collection_that_never_opened_holds_nothing_outdated(opened: Opened) -> None:
    opened.spoil()
    served = ServedCollections(opened.home, HashEmbedder.model, opened.notices.append)
    assert served.open()
    assert list(served.all) == [OTHER]
    assert served.refresh()
    assert len(opened.notices) == 1


def test_what_is_known_of_withdrawals_is_united_if_their_file_cant_be_read(opened: Opened) -> None:
    opened.home.withdrawn.add(COLLECTION, "odd")
    opened.publish(3)  # which records that `odd` is withdrawn
    opened.home.generation_store(COLLECTION).roll_back()
    (opened.home.root / "withdrawn.json").write_bytes(b"garbage")
    assert opened.served.refresh()
    assert opened.articles() == set(edition(1)) - {"odd"}
