import threading
from datetime import timedelta
from pathlib import Path

from corpus.errors import UnreadableSource
from corpus.polling.refreshing_all import refresh_all
from corpus.problem import Problem
from corpus.sources.sources import Sources
from corpus.web.fetch_cache import FetchCache, now
from corpus.web.fetcher import CannedFetcher, Fetched, Validators
from tests.fault.newsroom import QuickDisk, no_progress

ONE, TWO, THREE = (f"https://{name}.example/a" for name in ("one", "two", "three"))


def page(address: str) -> Fetched:
    return Fetched(address, b"The ferry ran.", "text/plain")


def refreshed(
    cache: FetchCache, web: CannedFetcher | None, *locations: str
) -> dict[str, Problem | UnreadableSource | None]:
    remotes = [(one, remote) for one in locations if (remote := Sources(cache).fetched(one))]
    return refresh_all(remotes, cache, (lambda: web) if web else None, no_progress)


def test_each_is_fetched_once_and_one_that_fails_stops_no_other(tmp_path: Path) -> None:
    cache = FetchCache(tmp_path, QuickDisk())
    web = CannedFetcher({ONE: page(ONE), TWO: "it is down", THREE: page(THREE)})
    found = refreshed(cache, web, ONE, TWO, THREE, ONE)
    assert (found[ONE], found[THREE]) == (None, None)
    assert isinstance(found[TWO], UnreadableSource)
    assert sorted(web.asked) == sorted((ONE, TWO, THREE))
    refreshed(cache, web, ONE, THREE)
    assert len(web.asked) == 3, "a moment ago"
    copy = cache.get(ONE)
    assert copy
    cache.put(type(copy)(ONE, ONE, copy.ending, now() - timedelta(days=1), copy.body))
    web.pages[ONE] = "it is down"
    outcome = refreshed(cache, web, ONE)[ONE]
    assert isinstance(outcome, Problem)
    assert "it could not be fetched: it is down; its content of" in outcome.reason


def test_a_parser_s_mistake_is_its_source_s_failure(tmp_path: Path) -> None:
    class Broken(CannedFetcher):
        def fetch(self, location: str, known: Validators = Validators()) -> Fetched:  # noqa: B008
            if location == ONE:
                raise ZeroDivisionError("oh")
            return super().fetch(location, known)

    cache = FetchCache(tmp_path, QuickDisk())
    found = refreshed(cache, Broken({TWO: page(TWO)}), ONE, TWO)
    assert found[TWO] is None
    assert "it could not be read (ZeroDivisionError: oh)" in str(found[ONE])


def test_several_hosts_are_asked_at_a_time(tmp_path: Path) -> None:
    both = threading.Barrier(2, timeout=20)

    class Together(CannedFetcher):
        def fetch(self, location: str, known: Validators = Validators()) -> Fetched:  # noqa: B008
            both.wait()
            return super().fetch(location, known)

    web = Together({ONE: page(ONE), TWO: page(TWO)})
    assert refreshed(FetchCache(tmp_path, QuickDisk()), web, ONE, TWO) == {ONE: None, TWO: None}


def test_without_a_fetcher_nothing_is_asked(tmp_path: Path) -> None:
    assert refreshed(FetchCache(tmp_path, QuickDisk()), None, ONE) == {}
