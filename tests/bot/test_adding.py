"""Adding reads what is added and nothing else; all the same it gives what reading everything would."""

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.corpus_admin.changes import remove
from bot.corpus_admin.home import Home
from bot.corpus_admin.limits import UsageCounter
from bot.corpus_admin.reload import ReloadReport, reload
from bot.polling.adding import add
from corpus.errors import ReloadRefused
from corpus.plan import EVERYTHING, ReloadRequest
from corpus.storage.store_records import Source
from retrieval.models.embedder import HashEmbedder
from tests.fault.newsroom import QuickDisk, no_progress, served


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", QuickDisk())


def write(path: Path, *ids: str, edition: int = 1, collection: str | None = None) -> Path:
    """A file with these articles."""
    rows = [
        {"id": key, "text": f"Article {key}, edition {edition}.", "collection": collection} for key in ids
    ]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


def again(home: Home, request: ReloadRequest = EVERYTHING, usage: UsageCounter | None = None) -> ReloadReport:
    """A reload, as `add` is given one."""
    return reload(home, HashEmbedder, request, progress=no_progress, usage=usage)


def added(
    home: Home,
    path: Path,
    collection: str = "news",
    usage: UsageCounter | None = None,
    *,
    force: bool = False,
) -> ReloadReport:
    """The file, added to a collection as a chat does."""
    source = Source(collection, str(path))

    def reloaded(request: ReloadRequest) -> ReloadReport:
        return again(home, replace(request.within(collection), force=force), usage)

    return add(home, [source], reloaded)


def editions(home: Home, collection: str = "news") -> dict[str, str]:
    """What is served, each with its edition."""
    return {key: text[-2] for key, text in served(home, collection).items()}


def test_an_add_reads_nothing_but_what_is_added(home: Home, tmp_path: Path) -> None:
    added(home, write(tmp_path / "a.jsonl", "a"))
    added(home, write(tmp_path / "b.jsonl", "b"))
    write(tmp_path / "a.jsonl", "a", "later", edition=2)
    (tmp_path / "b.jsonl").unlink()
    report = added(home, write(tmp_path / "c.jsonl", "c"))
    (plan,) = report.plans
    assert (plan.new, plan.changed, plan.removed, plan.unchanged) == (("c",), (), (), ("a", "b"))
    assert editions(home) == {"a": "1", "b": "1", "c": "1"}
    with pytest.raises(ReloadRefused, match=r"b\.jsonl"):  # a reload does, and says which is missing
        again(home)


def test_what_is_added_again_is_as_it_is_now(home: Home, tmp_path: Path) -> None:
    added(home, write(tmp_path / "a.jsonl", "a", "gone", "stays"))
    added(home, write(tmp_path / "b.jsonl", "b"))
    (plan,) = added(home, write(tmp_path / "a.jsonl", "a", "stays", "new", edition=2)).plans
    assert plan.removed == ("gone",)
    assert editions(home) == {"a": "2", "stays": "2", "new": "2", "b": "1"}


def test_an_article_of_a_source_that_was_removed_goes_also_where_another_one_is_missing(
    home: Home, tmp_path: Path
) -> None:
    added(home, write(tmp_path / "others.jsonl", "x"), "board")
    added(home, write(tmp_path / "a.jsonl", "a"))
    added(home, write(tmp_path / "b.jsonl", "b", "c"))
    (tmp_path / "others.jsonl").unlink()
    remove(home, "news", str(tmp_path / "a.jsonl"), partial(again, home))
    assert editions(home) == {"b": "1", "c": "1"}


def test_what_a_missing_source_of_others_has_in_a_collection_stays_there(home: Home, tmp_path: Path) -> None:
    visitors = write(tmp_path / "visitors.jsonl", "v", collection="board")
    add(home, [Source("news", str(write(tmp_path / "a.jsonl", "a")))], partial(again, home))
    add(home, [Source("news", str(visitors))], partial(again, home))
    visitors.unlink()
    added(home, write(tmp_path / "b.jsonl", "b"), "board")
    assert editions(home, "board") == {"v": "1", "b": "1"}
    again(home, EVERYTHING.within("board"))
    assert editions(home, "board") == {"v": "1", "b": "1"}


def test_of_an_id_that_two_sources_have_the_later_one_is_served_as_where_everything_is_read(
    home: Home, tmp_path: Path
) -> None:
    added(home, write(tmp_path / "b.jsonl", "same"))
    (problem,) = added(home, write(tmp_path / "c.jsonl", "same", "c", edition=2)).problems
    assert problem.where == str(tmp_path / "b.jsonl")
    assert f"article 'same' is another one in {tmp_path / 'c.jsonl'}" in problem.reason
    assert not problem.refused
    assert editions(home) == {"same": "2", "c": "2"}
    added(home, write(tmp_path / "a.jsonl", "same", edition=3))
    assert editions(home) == {"same": "2", "c": "2"}
    again(home)
    assert editions(home) == {"same": "2", "c": "2"}


def test_what_was_published_before_anybody_wrote_down_where_it_is_from_stays(
    home: Home, tmp_path: Path
) -> None:
    added(home, write(tmp_path / "a.jsonl", "a", "b"))
    with home.store() as store:
        store.save_origins("news", {})
    added(home, write(tmp_path / "c.jsonl", "c"))
    assert editions(home) == {"a": "1", "b": "1", "c": "1"}
    write(tmp_path / "a.jsonl", "a")
    again(home)
    assert editions(home) == {"a": "1", "c": "1"}
    with home.store() as store:
        assert {source.location for source in store.origins("news").values()} == {
            str(tmp_path / "a.jsonl"),
            str(tmp_path / "c.jsonl"),
        }


IDS = st.sets(st.sampled_from("abcd"), min_size=1)
STEPS = st.lists(st.tuples(st.sampled_from(["one", "two", "three"]), IDS), min_size=1, max_size=6)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_adds_one_by_one_give_what_reading_everything_gives(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, set[str]]]
) -> None:
    folder = tmp_path_factory.mktemp("adds")
    home = Home(folder / "home", QuickDisk())
    for edition, (name, ids) in enumerate(steps):
        own = sorted(f"{name}-{one}" for one in ids)  # one that two have goes over with the next reload
        added(home, write(folder / f"{name}.jsonl", *own, edition=edition), force=True)
    one_by_one = editions(home)
    again(home, ReloadRequest(force=True))
    assert one_by_one == editions(home)
