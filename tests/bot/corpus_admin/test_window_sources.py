"""Sources that give a window and not all of themselves: what left the window stays."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from bot.corpus_admin.changes import remove
from bot.corpus_admin.home import Home
from bot.corpus_admin.limits import Limits, UsageCounter
from bot.corpus_admin.reload import ReloadReport, reload
from corpus.article import Article
from corpus.errors import OverLimit, ReloadRefused
from corpus.plan import ReloadRequest
from corpus.sources.source import ArticleSource, CannedSource, Extent
from corpus.sources.sources import NO_OPTIONS, Sources
from corpus.storage.store_records import Source
from corpus.web.fetch_cache import FetchCache
from corpus.web.fetcher import CannedFetcher
from retrieval.models.embedder import HashEmbedder
from tests.fault.newsroom import QuickDisk, no_progress, register, served

FEED = Source("news", "/feed")
OTHER = Source("news", "/archive")


class CannedSources(Sources):
    """Opens the sources of a table by their locations, and fetches none."""

    def __init__(self, cache: FetchCache, table: dict[str, CannedSource]) -> None:
        super().__init__(cache)
        self._table = table

    def fetched(self, location: str, options: Mapping[str, object] = NO_OPTIONS) -> None:
        return None

    def open(
        self,
        location: str,
        options: Mapping[str, object] = NO_OPTIONS,
        registered: frozenset[str] = frozenset(),
    ) -> ArticleSource:
        return self._table[location]


Give = Callable[..., ReloadReport]
"""Lets the feed hold articles of these ids, or be unreadable, and reloads."""


@pytest.fixture
def table() -> dict[str, CannedSource]:
    return {FEED.location: CannedSource([], Extent.WINDOW), OTHER.location: CannedSource([], Extent.WHOLE)}


@pytest.fixture
def home(tmp_path: Path, table: dict[str, CannedSource]) -> Home:
    made = Home(tmp_path, QuickDisk(), sources=partial(CannedSources, table=table))
    register(made, FEED)
    return made


@pytest.fixture
def give(home: Home, table: dict[str, CannedSource]) -> Give:
    def reloaded(items: str, *, force: bool = False, usage: UsageCounter | None = None) -> ReloadReport:
        broken = items.startswith("it ")
        table[FEED.location].items = items if broken else [article(key) for key in items.split()]
        return reload(
            home,
            HashEmbedder,
            ReloadRequest(force=force),
            usage=usage,
            fetcher=lambda: CannedFetcher({}),
            progress=no_progress,
        )

    return reloaded


def article(key: str, text: str = "") -> Article:
    text = text or f"Article {key} says so."
    return Article(id=key, title=key, text=text, source="The Feed", collection="news", language="en")


def test_what_left_the_window_stays_however_far_it_slides_and_goes_where_it_was_all(
    home: Home, give: Give, table: dict[str, CannedSource]
) -> None:
    give("a b c")
    for window in ("b c d", "d e", "f"):
        [plan] = give(window).plans
        assert plan.removed == ()
    assert served(home, "news").keys() == set("abcdef")
    [plan] = give("f").plans
    assert plan.changes_nothing, "what has left is not read and is known all the same"
    assert give("").plans[0].unchanged == tuple("abcdef"), "an empty window is no loss"
    table[FEED.location].extent = Extent.WHOLE
    assert give("f", force=True).plans[0].removed == tuple("abcde")


def test_a_window_that_can_t_be_read_stops_the_reload_and_loses_nothing_by_force(
    home: Home, give: Give
) -> None:
    give("a b")
    with pytest.raises(ReloadRefused, match="it is down"):
        give("it is down")
    [plan] = give("it is down", force=True).plans
    assert (plan.removed, [problem.reason for problem in plan.problems]) == ((), ["it is down"])


def test_a_later_version_in_the_window_takes_the_place_of_the_one_that_is_served(
    home: Home, give: Give, table: dict[str, CannedSource]
) -> None:
    give("a b")
    give("c")
    table[FEED.location].items = [article("a", "Article a was corrected.")]
    [plan] = reload(home, HashEmbedder, fetcher=lambda: CannedFetcher({}), progress=no_progress).plans
    assert (plan.changed, plan.problems) == (("a",), ())
    assert served(home, "news")["a"] == "Article a was corrected."


def test_another_source_may_hold_a_newer_version_of_what_left_the_window(
    home: Home, give: Give, table: dict[str, CannedSource]
) -> None:
    give("a")
    register(home, OTHER)
    table[OTHER.location].items = [article("a", "The archive has it at length.")]
    [plan] = give("b").plans
    assert (plan.changed, plan.problems) == (("a",), ())


def test_what_is_taken_out_by_hand_does_not_come_back_for_having_left_the_window(
    home: Home, give: Give
) -> None:
    give("a b")
    home.withdrawn.add("news", "a")
    give("c")
    assert served(home, "news").keys() == {"b", "c"}


def test_all_that_a_window_ever_gave_goes_with_its_source(
    home: Home, give: Give, table: dict[str, CannedSource]
) -> None:
    register(home, OTHER)
    table[OTHER.location].items = [article(key) for key in "xyz"]
    give("a")
    give("b")
    remove(home, "news", FEED.location, lambda request: give("b", force=request.force))
    assert served(home, "news").keys() == set("xyz")


def test_what_left_a_community_s_window_still_counts(
    home: Home, give: Give, table: dict[str, CannedSource]
) -> None:
    limits = Limits(articles=2)
    with home.store() as store:
        store.remove_source(FEED)
        store.add_source(Source("news", "feed://a"))
    table["feed://a"] = feed = CannedSource([article("a"), article("b")], Extent.WINDOW)
    give("", usage=UsageCounter(limits, (), ()))
    feed.items = [article("c")]
    with pytest.raises(OverLimit):
        give("", usage=UsageCounter(limits, (), ()))
