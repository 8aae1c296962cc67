import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest

from corpus.errors import HomeUnusable, StoreUnusable
from corpus.storage.database import DatabaseLocation
from corpus.storage.store import Store
from corpus.storage.withdrawn import Ids, Withdrawn
from corpus.storage.withdrawn_table import WithdrawnTable
from tests.fault.newsroom import QuickDisk
from tests.fault.wreck import RecordingDisk, materialise, wrecks_after


def nothing() -> Ids:
    return {}


@pytest.fixture
def another(place: DatabaseLocation, tmp_path: Path) -> Callable[[], Withdrawn]:
    """What another thread or process has of the same articles, in a file and on a server."""

    @contextmanager
    def record() -> Iterator[Store]:
        with Store(place) as store:
            yield store

    if isinstance(place, Path):
        return lambda: Withdrawn(tmp_path, QuickDisk(), nothing)
    return lambda: WithdrawnTable(Path(mkdtemp(dir=tmp_path)), QuickDisk(), record)


@pytest.fixture
def withdrawn(tmp_path: Path) -> Withdrawn:
    return Withdrawn(tmp_path, QuickDisk(), nothing)


def test_articles_are_withdrawn_and_taken_back_each_in_its_collection(
    another: Callable[[], Withdrawn],
) -> None:
    withdrawn, other = another(), another()
    assert withdrawn.add("news", "a")
    assert not withdrawn.add("news", "a")
    assert withdrawn.add("board", "ü:/\n", "https://a.example/ü")
    assert withdrawn.addresses() == {"news": {"a": None}, "board": {"ü:/\n": "https://a.example/ü"}}
    assert other.all() == {"news": {"a"}, "board": {"ü:/\n"}}
    assert other.drop("news", "a")
    assert not other.drop("news", "a")
    assert withdrawn.all() == {"board": {"ü:/\n"}}


def test_what_is_known_otherwise_counts_until_there_is_a_file_and_never_again(tmp_path: Path) -> None:
    known = Withdrawn(tmp_path, QuickDisk(), lambda: {"news": frozenset("ab")})
    assert known.of("news") == {"a", "b"}
    assert list(tmp_path.iterdir()) == []
    known.settle()
    assert known.drop("news", "a")
    assert known.of("news") == {"b"}
    known.drop("news", "b")
    known.settle()
    assert known.all() == {}


def test_changes_of_many_at_once_are_all_kept(another: Callable[[], Withdrawn]) -> None:
    def add(name: str) -> None:
        own = another()
        for number in range(10):
            own.add("news", f"{name}{number}")

    threads = [threading.Thread(target=add, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(another().of("news")) == 40


@pytest.mark.parametrize("content", [b"", b"[]", b'{"withdrawn": {}}', b'{"withdrawn": {}, "checksum": 1}'])
def test_a_damaged_file_is_no_empty_one(withdrawn: Withdrawn, tmp_path: Path, content: bytes) -> None:
    withdrawn.add("news", "a")
    (tmp_path / "withdrawn.json").write_bytes(content)
    for act in (withdrawn.all, lambda: withdrawn.add("news", "b"), lambda: withdrawn.drop("news", "a")):
        with pytest.raises(StoreUnusable, match=r"withdrawn\.json is damaged .*move it away"):
            act()
    assert (tmp_path / "withdrawn.json").read_bytes() == content
    with pytest.raises(HomeUnusable, match="could not be written"):
        Withdrawn(tmp_path / "withdrawn.json", QuickDisk(), nothing).add("news", "a")


def test_what_was_withdrawn_is_so_after_a_power_cut_at_any_moment(tmp_path: Path) -> None:
    base = tmp_path / "recorded"
    base.mkdir()
    disk = RecordingDisk(base)
    recorded = Withdrawn(base, disk, nothing)
    recorded.add("news", "a")
    first = len(disk.steps)
    recorded.add("news", "b")
    tried = 0
    for place, tree in wrecks_after(disk.steps, 20):
        tried += 1
        left = tmp_path / f"wreck-{tried}"
        materialise(tree, left)
        found = Withdrawn(left, QuickDisk(), nothing).of("news")
        assert found in (({"a"}, {"a", "b"}) if place >= first else (set(), {"a"}))
        assert place < len(disk.steps) or found == {"a", "b"}
    assert tried > 30
