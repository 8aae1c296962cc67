"""What is followed where somebody adds a feed, a page that offers one, a list of feeds or a sitemap."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import ReloadReport, reload
from bot.corpus_admin.uploads import keep_upload
from bot.polling.adding import add
from corpus.errors import OverLimit, UnreadableSource
from corpus.sources import source_discovery
from corpus.storage.source_states import SourceStates
from corpus.storage.store_records import Source
from corpus.web.fetcher import CannedFetcher, Fetched
from retrieval.models.embedder import HashEmbedder
from tests.bot.polling.newsstand import Newsstand, feed_at, story
from tests.corpus.feeds import opml, rss, sitemap
from tests.corpus.pages import TEXT, page
from tests.fault.newsroom import QuickDisk, no_progress, served

SITE = "https://harbour.example"
FEED = f"{SITE}/feed.xml"
OFFER = '<link rel="alternate" type="application/rss+xml" title="{}" href="{}">'

Follow = Callable[..., ReloadReport]
"""Adds what is at these places."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", QuickDisk())


@pytest.fixture
def web() -> CannedFetcher:
    feed = Fetched(FEED, rss(story("Ferry"), story("Tram")), "text/xml")
    return CannedFetcher({FEED: feed})


@pytest.fixture
def follow(home: Home, web: CannedFetcher) -> Follow:
    def added(*places: str, admit: Callable[[int], None] | None = None) -> ReloadReport:
        sources = [Source("news", place) for place in places]
        reloaded = partial(reload, home, HashEmbedder, progress=no_progress)
        return add(home, sources, reloaded, fetcher=lambda: web, admit=admit)

    return added


def followed(home: Home) -> list[str]:
    with home.store() as store:
        return [source.location for source in store.sources()]


def html(web: CannedFetcher, address: str, text: str) -> None:
    web.pages[address] = Fetched(address, text.encode(), "text/html")


def test_a_feed_is_followed_whatever_its_server_calls_it(
    home: Home, web: CannedFetcher, follow: Follow
) -> None:
    report = follow(FEED)
    assert [plan.new for plan in report.plans] == [(f"{SITE}/ferry", f"{SITE}/tram")]
    assert report.problems == ()
    assert web.asked == [FEED], "once is enough"
    with home.store() as store:
        assert SourceStates(store).get(Source("news", FEED)).due, "the next round knows that it was asked"
    web.pages[FEED] = Fetched(FEED, rss(story("Bus")), "text/xml")
    follow(FEED)
    assert len(served(home, "news")) == 3, "what left the feed stays"


@pytest.mark.parametrize("path", ["/", "/news", "/news/2026/today"])
def test_a_page_that_is_no_article_and_offers_a_feed_is_followed_there(
    home: Home, web: CannedFetcher, follow: Follow, path: str
) -> None:
    offers_of = OFFER.format("Comments", "/comments/feed") + OFFER.format("News", "/feed.xml")
    html(
        web,
        f"{SITE}{path}",
        f"<!doctype html><html><head>{offers_of}</head><body><form>Sign in</form></body></html>",
    )
    report = follow(f"{SITE}{path}")
    assert followed(home) == [FEED]
    [problem] = report.problems
    assert (problem.where, problem.refused) == (f"{SITE}{path}", False)
    assert problem.reason == f"it is no article, and offers a feed: {FEED} is followed in its place"
    assert len(served(home, "news")) == 2


@pytest.mark.parametrize(
    "head", ['<meta property="og:type" content="article">', '<meta name="date" content="2026-01-14">']
)
def test_an_article_that_offers_a_feed_is_added_itself(
    home: Home, web: CannedFetcher, follow: Follow, head: str
) -> None:
    address = f"{SITE}/2026/01/bridge"
    html(web, address, page(head=head + OFFER.format("News", "/feed.xml")))
    assert follow(address).problems == ()
    assert followed(home) == [address]
    assert served(home, "news") == {address: TEXT}


def test_each_feed_of_a_list_is_followed_and_one_that_is_down_stops_no_other(
    home: Home, web: CannedFetcher, follow: Follow, tmp_path: Path
) -> None:
    names = ["one", "two", "three"]
    for name in names[:2]:
        web.pages[feed_at(name)] = Fetched(feed_at(name), rss(story(name.title())), "application/rss+xml")
    web.pages[feed_at("three")] = "its server answers with status 503"
    body = opml(*map(feed_at, names), feed_at("one"), "javascript:alert(1)", "file:///etc/passwd", "//evil/x")
    path = tmp_path / "feeds.opml"
    path.write_bytes(body)
    report = follow(str(path))
    assert followed(home) == sorted(map(feed_at, names))
    assert len(served(home, "news")) == 2
    assert [str(problem) for problem in report.problems] == [
        f"{path}: it lists 3 feeds",
        f"{feed_at('three')}: its server answers with status 503; it is followed, and asked again",
    ]
    with home.store() as store:
        assert SourceStates(store).get(Source("news", feed_at("three"))).failures == 1


def test_a_list_of_one_feed_is_counted_as_one(web: CannedFetcher, follow: Follow, tmp_path: Path) -> None:
    web.pages[feed_at("one")] = Fetched(feed_at("one"), rss(story("One")), "application/rss+xml")
    path = tmp_path / "feeds.opml"
    path.write_bytes(opml(feed_at("one")))
    assert [str(problem) for problem in follow(str(path)).problems] == [f"{path}: it lists 1 feed"]


@pytest.mark.parametrize("name", ["feeds.opml", "Feeds.OPML", "feeds.xml"])
def test_a_list_that_was_handed_over_goes_once_its_feeds_are_followed(
    home: Home, follow: Follow, name: str
) -> None:
    upload = keep_upload(home, "news", name, opml(FEED))
    follow(upload.location)
    assert followed(home) == [FEED]
    assert not Path(upload.location).exists()
    assert len(served(home, "news")) == 2


def test_a_file_that_was_handed_over_for_nothing_goes_and_one_that_is_a_source_stays(
    home: Home, follow: Follow
) -> None:
    good = keep_upload(home, "news", "good.txt", TEXT.encode())
    follow(good.location)
    for name, body, reason in (("bad.csv", b"a,b\n1,2\n", "no article"), ("no.opml", b"<opml>", "list")):
        bad = keep_upload(home, "news", name, body)
        with pytest.raises(UnreadableSource, match=reason):
            follow(bad.location)
        assert not Path(bad.location).exists()
    keep_upload(home, "news", "good.txt", b"")
    with pytest.raises(UnreadableSource, match="empty"):
        follow(good.location)
    assert Path(good.location).exists()
    assert followed(home) == [good.location]


@pytest.mark.parametrize("place", ["list.xml", "https://lists.example/feeds"])
def test_a_list_may_be_an_xml_file_or_stand_at_an_address(
    home: Home, web: CannedFetcher, follow: Follow, tmp_path: Path, place: str
) -> None:
    if "://" in place:
        web.pages[place] = Fetched(place, opml(FEED), "text/xml")
        follow(place)
    else:
        (tmp_path / place).write_bytes(opml(FEED))
        follow(str(tmp_path / place))
    assert followed(home) == [FEED]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (opml(), "lists no feed"),
        (opml("javascript:alert(1)"), "lists no feed"),
        (rss(), "no list of feeds"),
        (b"nothing", "neither"),
        (b"<opml>" + b" " * 1600, "MB"),
        (None, "can't be read"),
        (opml(feed_at("gone")), "404"),
    ],
)
def test_a_list_of_nothing_is_refused_and_leaves_nothing(
    home: Home,
    follow: Follow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes | None,
    reason: str,
) -> None:
    monkeypatch.setattr(source_discovery, "LIST_BYTES", 1500)
    if content is not None:
        (tmp_path / "a.opml").write_bytes(content)
    with pytest.raises(UnreadableSource, match=reason):
        follow(str(tmp_path / "a.opml"))
    assert followed(home) == []


def test_a_list_is_bounded(
    home: Home, web: CannedFetcher, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_discovery, "LIST_LIMIT", 2)
    place = "https://lists.example/feeds"
    for name in ("one", "two", "three"):
        web.pages[feed_at(name)] = Fetched(feed_at(name), rss(story(name.title())), "text/xml")
    web.pages[place] = Fetched(place, opml(*map(feed_at, ("one", "two", "three"))), "text/xml")
    report = follow(place)
    assert "it lists 3 feeds, of which the first 2 are followed" in report.problems[0].reason
    assert followed(home) == [feed_at("one"), feed_at("two")]


def test_who_may_have_no_more_sources_is_told_before_anything_is_followed(
    home: Home, web: CannedFetcher, follow: Follow
) -> None:
    counts: list[int] = []

    def admit(count: int) -> None:
        counts.append(count)
        if count > 1:
            raise OverLimit("sources", 99, 100)

    follow(FEED, admit=admit)
    place = "https://lists.example/feeds"
    web.pages[place] = Fetched(place, opml(FEED, feed_at("one"), feed_at("two")), "text/xml")
    with pytest.raises(OverLimit):
        follow(place, admit=admit)
    assert counts == [1, 2], "one of the three is followed already"
    assert followed(home) == [FEED]


def test_a_sitemap_is_followed(home: Home, web: CannedFetcher, follow: Follow) -> None:
    place = f"{SITE}/sitemap.xml"
    html(web, f"{SITE}/bridge", page())
    web.pages[place] = Fetched(place, sitemap((f"{SITE}/bridge", "")), "application/xml")
    follow(place)
    assert served(home, "news") == {f"{SITE}/bridge": TEXT}


def test_xml_that_is_no_feed_is_read_as_what_it_is(home: Home, web: CannedFetcher, follow: Follow) -> None:
    place = f"{SITE}/a.html"
    html(
        web,
        place,
        page(body=f"<p>It says &lt;rss&gt; in the text. {TEXT}</p>").replace("&lt;rss&gt;", "<rss >"),
    )
    follow(place)
    assert list(served(home, "news")) == [place]
    broken = f"{SITE}/broken"
    web.pages[broken] = Fetched(broken, b"<rss" + b"<a>" * 1000, "text/xml")
    with pytest.raises(UnreadableSource):
        follow(broken)
    assert followed(home) == [place]


def test_what_was_added_is_not_asked_again_by_the_next_round(tmp_path: Path) -> None:
    stand = Newsstand(tmp_path)
    stand.give("one", story("Ferry"))
    source = Source("news", feed_at("one"))
    add(
        stand.home,
        [source],
        partial(reload, stand.home, HashEmbedder, progress=no_progress),
        fetcher=lambda: stand.web,
    )
    assert len(stand.web.asked) == 1
    assert stand.poller.round(stand.reload, no_progress, stand.stop).sources == 1
