"""What was rolled back stays so while sources are polled, until a source has something else or somebody reads
it again."""

import os
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.corpus_admin.changes import forget, remove, roll_back
from bot.corpus_admin.reload import ReloadReport
from bot.corpus_admin.uploads import keep_upload
from bot.polling.adding import add
from corpus.plan import ReloadRequest
from corpus.storage.store_records import Source
from tests.bot.polling.newsstand import Newsstand, feed_at, story
from tests.fault.newsroom import no_progress, register

WORDS = "The {} is what it says, and {} came to see it."


class Folders(Newsstand):
    """A home with the folders `a` (a ferry, a tram, a bus) and `b` (a bridge), which were read in a terminal
    and never polled."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.root, self._moments = root, count(1_700_000_000)
        for place in ("a/ferry", "a/tram", "a/bus", "b/bridge"):
            self.write(place)
        register(self.home, *(Source("news", str(root / name)) for name in "ab"))
        self.again()

    def write(self, place: str, who: str = "nobody") -> None:
        path = (self.root / place).with_suffix(".md")
        path.parent.mkdir(exist_ok=True)
        path.write_text(WORDS.format(path.stem, who))
        os.utime(path, (next(self._moments),) * 2)  # not of this moment, so a poll need not wait

    def again(self, request: ReloadRequest | None = None) -> ReloadReport:
        return self.reload(request or ReloadRequest(), progress=no_progress)

    def roll_back(self) -> None:
        roll_back(self.home, "news")

    def shown(self) -> str:
        """The names of the served articles; in capitals if somebody came to see it."""
        texts = sorted(article.text for article in self.home.current_articles("news"))
        names = [(text.split()[1], "nobody" in text) for text in texts]
        return " ".join(name if plain else name.upper() for name, plain in names)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path)


Change = Callable[[Folders], None]


def added(folders: Folders) -> None:
    folders.write("a/zeppelin")


def changed(folders: Folders) -> None:
    folders.write("a/ferry", "everybody")


def lost(folders: Folders) -> None:
    (folders.root / "a/tram.md").unlink()


def all_of_it(folders: Folders) -> None:
    for change in (added, changed, lost):
        change(folders)


@pytest.mark.parametrize("change", [added, changed, lost, all_of_it])
def test_polling_does_not_serve_again_what_was_rolled_back(folders: Folders, change: Change) -> None:
    before = folders.shown()
    change(folders)
    folders.again()
    after = folders.shown()
    assert after != before
    folders.roll_back()
    report = folders.poll()
    assert (report.asked, report.counts(), folders.shown()) == (2, (0, 0, 0), before)
    folders.poll(timedelta(days=1), everything=True)
    assert folders.shown() == before
    folders.again()
    assert folders.shown() == after, "who reloads reads everything"
    folders.poll(timedelta(days=1), everything=True)
    assert folders.shown() == after


@pytest.mark.parametrize("change", [added, changed, lost])
def test_another_file_of_the_same_source_brings_nothing_back(folders: Folders, change: Change) -> None:
    before = folders.shown()
    folders.poll()
    change(folders)
    folders.poll()
    folders.roll_back()
    folders.write("a/bus", "a crowd")
    folders.write("b/bridge", "a crowd")
    assert folders.poll().counts() == (0, 2, 0)
    assert folders.shown() == before.replace("bus", "BUS").replace("bridge", "BRIDGE")


def test_what_is_written_anew_is_served(folders: Folders) -> None:
    all_of_it(folders)
    folders.again()
    folders.roll_back()
    folders.write("a/zeppelin", "a crowd")
    folders.write("a/ferry", "a crowd")
    folders.write("a/tram")
    assert folders.poll().counts() == (1, 1, 0)
    assert folders.shown() == "bridge bus FERRY tram ZEPPELIN"
    lost(folders)
    (folders.root / "a/zeppelin.md").unlink()
    folders.poll()
    assert folders.shown() == "bridge bus FERRY", "what left later has left"


def test_each_of_several_rollbacks_counts(folders: Folders) -> None:
    before = folders.shown()
    changed(folders)
    folders.again()
    folders.write("a/ferry", "a crowd")
    folders.again()
    folders.roll_back()
    folders.roll_back()
    assert folders.shown() == before
    folders.poll()
    assert folders.shown() == before
    changed(folders)
    folders.poll()
    assert folders.shown() == before, "the version in between was rolled back too"


def test_what_a_feed_has_is_not_served_again_either(tmp_path: Path) -> None:
    stand = Newsstand(tmp_path, "one")
    stand.give("one", story("Ferry"), story("Tram"))
    stand.poll()
    stand.give("one", story("Ferry", text="Ferry is wrong."), story("Tram"), story("Hoax"))
    stand.poll()
    roll_back(stand.home, "news")
    stand.give("one", story("Ferry", text="Ferry is wrong."), story("Tram"), story("Hoax"), story("Bus"))
    assert stand.poll().counts() == (1, 0, 0)
    assert stand.titles() == ["Bus", "Ferry", "Tram"]


def test_a_posted_file_stays_out_until_it_is_posted_again(folders: Folders) -> None:
    before = folders.shown()

    def post() -> None:
        body = WORDS.format("zeppelin", "nobody").encode()
        add(folders.home, [keep_upload(folders.home, "news", "hoax.md", body)], folders.again)

    post()
    folders.roll_back()
    folders.poll()
    folders.poll(timedelta(days=1), everything=True)
    assert folders.shown() == before
    post()
    folders.poll(timedelta(days=1), everything=True)
    assert folders.shown() == f"{before} zeppelin"


@pytest.mark.parametrize("act", [remove, forget])
def test_removing_one_source_brings_nothing_back_of_another(
    folders: Folders, act: Callable[..., object]
) -> None:
    all_of_it(folders)
    folders.again()
    folders.roll_back()
    act(folders.home, "news", str(folders.root / "b"), folders.again)
    assert folders.shown() == "bus ferry", "what no source has leaves, since all were read"
    folders.poll()
    assert folders.shown() == "bus ferry"


def test_what_was_rolled_back_leaves_with_its_source(folders: Folders) -> None:
    folders.again()
    all_of_it(folders)
    folders.again()
    folders.roll_back()
    remove(folders.home, "news", str(folders.root / "a"), lambda request: folders.again(request), force=True)
    assert folders.shown() == "bridge"


def test_a_dry_run_forgets_nothing(folders: Folders) -> None:
    before = folders.shown()
    added(folders)
    folders.again()
    folders.roll_back()
    assert folders.again(ReloadRequest(dry_run=True)).plans[0].new, "it tells what a reload would do"
    folders.poll()
    assert folders.shown() == before


def test_other_collections_are_left_alone(folders: Folders) -> None:
    register(folders.home, Source("board", str(folders.root / "a")))
    added(folders)
    folders.again()
    folders.roll_back()
    folders.poll()
    assert "zeppelin" not in folders.shown()
    assert len(folders.home.current_articles("board")) == 4


def test_a_feed_s_address_is_as_it_was(tmp_path: Path) -> None:
    """What leaves the window of a feed stays, with and without a rollback."""
    stand = Newsstand(tmp_path, "one")
    stand.give("one", story("Ferry"))
    stand.poll()
    stand.give("one", story("Tram"))
    stand.poll()
    roll_back(stand.home, "news")
    assert stand.titles() == ["Ferry"]
    stand.give("one", story("Bus"))
    stand.poll()
    assert stand.titles() == ["Bus", "Ferry"]
    assert stand.sources() == [feed_at("one")]
