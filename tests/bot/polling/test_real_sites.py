"""Polling over real sockets: sites that are slow, moved, packed, gone, or ask to be left alone."""

import gzip
import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.polling.poller import Poller
from corpus.storage.store_records import Source
from corpus.web.ssrf_guard import Endpoint
from corpus.web.web_fetcher import Timeouts
from tests.bot.polling.newsstand import PAUSE, Newsstand, feed_at, outcome, story
from tests.corpus.feeds import item, rss
from tests.corpus.pages import page
from tests.corpus.site import Site, answer, redirect
from tests.fault.newsroom import register, served

ONE = feed_at("one").replace("https", "http")
RSS = {"content_type": "application/rss+xml"}


class Stand(Newsstand):
    """Follows the feed `/feed` of a real site."""

    def __init__(self, folder: Path, site: Site, **options: object) -> None:
        super().__init__(folder)
        self.site = site
        self.poller = Poller(
            self.home,
            pause=PAUSE,
            fetcher=lambda: site.fetcher(**options),
            clock=lambda: self.now,
        )
        register(self.home, Source("news", ONE))


@pytest.fixture
def site() -> Iterator[Site]:
    with Site({"/feed": answer(rss(story("Ferry"), story("Tram")), **RSS)}) as made:
        yield made


@pytest.fixture
def stand(tmp_path: Path, site: Site) -> Stand:
    return Stand(tmp_path, site)


def test_a_second_poll_is_answered_with_nothing(stand: Stand, site: Site) -> None:
    site.pages["/feed"] = answer(rss(story("Ferry")), etag='"1"', **RSS)
    assert stand.poll().counts() == (1, 0, 0)
    site.pages["/feed"] = answer(status="304 Not Modified")
    report = stand.poll()
    assert (outcome(report), report.embedded, report.reloads) == ((1, 0, []), 0, ())
    assert '\r\nIf-None-Match: "1"\r\n' in site.requests[-1]
    assert sum("/robots.txt" in request for request in site.requests) == 1, "once a day is enough"


def test_a_server_that_says_for_how_long_is_left_alone(stand: Stand, site: Site) -> None:
    stand.poll()
    site.pages["/feed"] = answer(status="429 Too Many Requests", retry_after="7200")
    assert [one.reason for one in stand.poll().failures] == ["its server answers with status 429"]
    assert stand.poll(timedelta(hours=1)).asked == 0
    site.pages["/feed"] = answer(rss(story("Bus")), **RSS)
    assert stand.poll(timedelta(hours=2)).counts() == (1, 0, 0)


def test_a_feed_that_moved_for_good_is_followed_where_it_is(stand: Stand, site: Site) -> None:
    site.pages["/new"] = site.pages["/feed"]
    site.pages["/feed"] = redirect("/new", "301 Moved Permanently")
    assert stand.poll().counts() == (2, 0, 0)
    assert stand.poll().moved
    assert stand.sources() == ["http://one.example/new"]
    before = len(site.requests)
    assert stand.poll().counts() == (0, 0, 0)
    assert [request.split(" ")[1] for request in site.requests[before:]] == ["/new"]
    assert stand.titles() == ["Ferry", "Tram"]


def test_a_feed_that_gives_a_byte_at_a_time_is_given_up(tmp_path: Path, site: Site) -> None:
    def slowly(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 9999\r\n\r\n")
        for byte in rss(story("Bus")):
            connection.sendall(bytes([byte]))
            time.sleep(0.1)

    stand = Stand(tmp_path, site, timeouts=Timeouts(connect=1.0, read=1.0, total=1.0))
    stand.poll()
    site.pages["/feed"] = slowly
    report = stand.poll()
    assert [one.reason for one in report.failures] == ["one.example did not answer in time"]
    assert report.seconds < 5
    assert stand.titles() == ["Ferry", "Tram"]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (answer(gzip.compress(b" " * 50_000_000), content_encoding="gzip", **RSS), "unpacks to"),
        (answer(gzip.compress(gzip.compress(b"x" * 100)), content_encoding="gzip, gzip", **RSS), "packed"),
        (
            answer(b"<html><body><form>Sign in</form></body></html>", content_type="text/html"),
            "no feed but a web page",
        ),
        (answer(b"", **RSS), "empty"),
        (answer(status="410 Gone"), "it was removed (410)"),
        (redirect("/feed"), "it leads on more than"),
        (b"HTTP/1.1 nonsense\r\n\r\n", "broken"),
        (answer(b'<!DOCTYPE a [<!ENTITY b "c">]><rss><channel/></rss>', **RSS), "entities"),
    ],
    ids=["bomb", "packed twice", "login", "empty", "gone", "circle", "nonsense", "entities"],
)
def test_what_comes_in_a_feed_s_stead_is_refused_and_nothing_is_lost(
    stand: Stand, site: Site, broken: bytes, reason: str
) -> None:
    stand.poll()
    site.pages["/feed"] = broken
    report = stand.poll()
    [failure] = report.failures
    assert reason in failure.reason
    assert "\n" not in failure.reason
    assert stand.titles() == ["Ferry", "Tram"]
    site.pages["/feed"] = answer(rss(story("Bus")), **RSS)
    stand.poll(timedelta(days=2))
    assert stand.titles() == ["Bus", "Ferry", "Tram"]


def test_pages_that_lead_on_for_ever_are_not_followed(stand: Stand, site: Site) -> None:
    """A feed may name the next part of itself (RFC 5005), and calendars and archives have no end."""
    more = '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="/feed?page=2"/>'
    site.pages["/feed"] = answer(rss(story("Ferry"), more=more), **RSS)
    stand.poll()
    assert site.paths == ["/feed"]
    links = "".join(f'<a href="/{number}">More</a>' for number in range(20))
    site.pages["/long"] = answer(
        page(body=f"<p>{'It rained all day. ' * 40}</p>{links}").encode(), content_type="text/html"
    )
    site.pages["/feed"] = answer(rss(item("Long", "/long", "1", "Short.")), **RSS)
    stand.poll()
    assert site.paths == ["/feed", "/feed", "/long"]
    assert any(text.startswith("It rained all day.") for text in served(stand.home, "news").values())


def test_a_page_that_robots_forbids_leaves_the_summary(stand: Stand, site: Site) -> None:
    site.pages["/robots.txt"] = answer(b"User-agent: *\nDisallow: /private\n")
    site.pages["/private/1"] = answer(page().encode())
    site.pages["/feed"] = answer(rss(item("Ferry", "/private/1", "1", "The ferry ran.")), **RSS)
    stand.poll()
    assert list(served(stand.home, "news").values()) == ["The ferry ran."]
    assert "/private/1" not in site.paths


def test_a_private_address_behind_a_feed_hears_nothing(tmp_path: Path, site: Site) -> None:
    with Site({"/secret": answer(page().encode())}) as inside:
        links = ["http://inside.example/secret", "http://localhost/secret", "http://169.254.169.254/secret"]
        items = (item(f"T{row}", link, "", f"It is number {row}.") for row, link in enumerate(links))
        site.pages["/feed"] = answer(rss(*items), **RSS)

        def resolve(host: str, _port: int) -> list[Endpoint]:
            return [site.endpoint if host == "one.example" else inside.endpoint]

        asked: list[str] = []

        def is_feed_s(address: str) -> bool:
            asked.append(address)
            return len(asked) <= 2  # robots.txt and the feed; all that follows is what the feed leads to

        stand = Stand(tmp_path, site, resolve=resolve, public=is_feed_s)
        report = stand.poll()
        assert report.failures == ()
        assert sorted(served(stand.home, "news").values()) == [f"It is number {row}." for row in range(3)]
        assert inside.requests == []
