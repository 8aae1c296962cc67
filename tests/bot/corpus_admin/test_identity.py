"""One article a page, whatever the address under which a source gives it, through reloads and withdrawals."""

import json
from functools import partial
from pathlib import Path

import pytest

from bot.corpus_admin.changes import forget, remove, restore
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import ReloadReport, reload
from bot.polling.adding import add
from corpus.plan import EVERYTHING, ReloadRequest
from corpus.storage.store_records import Source
from corpus.web.fetcher import CannedFetcher, Fetched
from retrieval.models.embedder import HashEmbedder
from tests.fault.newsroom import no_progress

PAGE = "https://news.example/bridge"
AMP = "https://news.example/bridge/amp"
TRACKED = f"{AMP}?utm_source=feed"
STORY = "The bridge was closed on Monday. Buses go another way."
FERRY = {"id": "ferry", "title": "Ferry", "text": "The ferry runs again.", "url": "https://news.example/f"}


class Again:
    """A reload, as `add` and the others are given one; it remembers what it said."""

    def __init__(self, home: Home) -> None:
        fetched = Fetched(PAGE, STORY.encode(), "text/plain")
        web = CannedFetcher({PAGE: fetched})
        self.reload = partial(reload, home, HashEmbedder, fetcher=lambda: web, progress=no_progress)
        self.fetcher = lambda: web

    def __call__(self, request: ReloadRequest = EVERYTHING) -> ReloadReport:
        return self.reload(request)


@pytest.fixture
def again(home: Home) -> Again:
    return Again(home)


def write(path: Path, *rows: dict[str, str]) -> Source:
    path.write_text("\n".join(json.dumps(row) for row in rows))
    return Source("news", str(path))


def served(home: Home) -> set[str]:
    return {article.id for article in home.current_articles("news")}


def row(url: str, **more: str) -> dict[str, str]:
    return {"title": "Bridge closed", "text": STORY, "url": url, **more}


def test_a_page_in_two_sources_under_two_addresses_is_one_article(
    home: Home, again: Again, tmp_path: Path
) -> None:
    file = write(tmp_path / "feed.jsonl", row(TRACKED), FERRY)
    add(home, [file], again)
    assert served(home) == {AMP, "ferry"}
    add(home, [Source("news", PAGE)], again, fetcher=again.fetcher)
    assert served(home) == {AMP, "ferry"}
    again()
    assert served(home) == {AMP, "ferry"}


def test_an_article_keeps_its_id_where_its_source_gives_another_address(
    home: Home, again: Again, tmp_path: Path
) -> None:
    file = write(tmp_path / "feed.jsonl", row(TRACKED), FERRY)
    add(home, [file], again)
    write(tmp_path / "feed.jsonl", row("http://www.news.example/bridge/"), FERRY)
    (plan,) = again().plans
    assert (plan.new, plan.changed, plan.removed) == ((), (AMP,), ())
    assert served(home) == {AMP, "ferry"}


def test_what_is_taken_out_stays_out_under_each_address_of_its_page(
    home: Home, again: Again, tmp_path: Path
) -> None:
    named = write(tmp_path / "a.jsonl", row(PAGE, id="bridge-1"), FERRY)
    add(home, [named], again)
    remove(home, "news", TRACKED, again)
    assert served(home) == {"ferry"}
    assert home.withdrawn.of("news") == {"bridge-1"}
    add(home, [write(tmp_path / "b.jsonl", row(TRACKED), {**FERRY, "id": "g", "url": f"{PAGE}-g"})], again)
    assert served(home) == {"ferry", "g"}
    restore(home, "news", "bridge-1", again)
    assert served(home) == {"bridge-1", "ferry", "g"}


def test_articles_that_only_share_a_page_stay_apart(home: Home, again: Again, tmp_path: Path) -> None:
    first, second = row(PAGE, id="live-1"), row(PAGE, id="live-2", text="The ferry was late on Monday.")
    add(home, [write(tmp_path / "live.jsonl", first, second)], again)
    assert served(home) == {"live-1", "live-2"}
    remove(home, "news", "live-1", again)
    assert served(home) == {"live-2"}


def test_a_home_of_an_earlier_release_notes_no_addresses(home: Home) -> None:
    home.withdrawn.add("news", "old")
    home.withdrawn.add("news", "new", PAGE)
    assert home.withdrawn.addresses() == {"news": {"old": None, "new": PAGE}}
    assert home.withdrawn.all() == {"news": {"old", "new"}}


def test_what_is_forgotten_leaves_what_was_fetched_under_another_address_of_its_page(
    home: Home, again: Again, tmp_path: Path
) -> None:
    add(home, [write(tmp_path / "a.jsonl", row(AMP, id="bridge-1"), FERRY)], again)
    add(home, [Source("news", PAGE)], again, fetcher=again.fetcher)
    assert served(home) == {"bridge-1", "ferry"}
    forget(home, "news", "bridge-1", again)
    assert served(home) == {"ferry"}
    assert not any(
        b"Buses go" in path.read_bytes() for path in (home.root / "fetched").rglob("*") if path.is_file()
    )
    assert [source.location for source in sources(home)] == [str(tmp_path / "a.jsonl")]


def sources(home: Home) -> list[Source]:
    with home.store() as store:
        return store.sources()
