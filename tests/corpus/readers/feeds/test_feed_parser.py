"""Feeds of every dialect, and what is made to hurt, through the real worker process."""

import json
import re
from itertools import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import BadArticle
from corpus.readers.feeds.feed_document import MAX_ENTRIES, FeedDocument, Kind, parse_feed
from corpus.readers.feeds.feed_parser import MIN_CONTENT, read_document
from tests.corpus.feeds import LONG, atom, encoded, item, opml, rss, sitemap

HERE = "https://harbour.example/feed"


def parsed(body: bytes | str, charset: str | None = None) -> FeedDocument:
    return parse_feed(body.encode() if isinstance(body, str) else body, HERE, charset)


def refusal(body: bytes | str) -> str:
    with pytest.raises(BadArticle) as caught:
        parsed(body)
    assert "\n" not in caught.value.reason
    return caught.value.reason


# Dialects


def test_an_item_of_rss_is_read_with_its_content_and_not_its_summary() -> None:
    body = "<p>The <b>ferry</b> ran.</p><script>alert(1)</script><p>AT&amp;T &mdash; said so.</p>"
    story = item(
        "Ferry &amp; bridge: 3 < 5",
        "https://harbour.example/ferry",
        "7",
        "In <i>short</i>.",
        "Wed, 14 Jan 2026 09:00:00 GMT",
        f"<dc:creator>Ann Lee</dc:creator>{encoded(body)}",
    )
    its = parsed(rss(story, more="<language>en-gb</language><ttl>45</ttl>"))
    assert (its.kind, its.title, its.language, its.minutes) == (Kind.FEED, "The Harbour Post", "en-gb", 45)
    [entry] = its.entries
    assert (entry.title, entry.link, entry.guid) == (
        "Ferry & bridge: 3 < 5",
        "https://harbour.example/ferry",
        "7",
    )
    assert (entry.text, entry.full) == ("The ferry ran.\n\nAT&T — said so.", False)
    assert (entry.author, entry.published, entry.modified) == ("Ann Lee", "Wed, 14 Jan 2026 09:00:00 GMT", "")


def test_an_entry_of_atom_is_read() -> None:
    entry = (
        "<entry><id>tag:harbour.example,2026:1</id>"
        '<title type="html">Mayor &amp;amp; &amp;lt;b&amp;gt;</title>'
        '<link rel="enclosure" href="/sound.mp3"/><link href="/mayor"/>'
        "<published>2026-01-14T09:00:00Z</published><updated>2026-01-15T10:00:00+09:00</updated>"
        "<author><name>Ann Lee</name></author><author><name>Bo Kim</name></author>"
        '<summary>Short.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
        f"<p>{LONG}</p></div></content></entry>"
    )
    its = parsed(atom(entry))
    [one] = its.entries
    assert (one.guid, one.link) == ("tag:harbour.example,2026:1", "/mayor")
    assert one.title == "Mayor & <b>"
    assert (one.text, one.full) == (LONG.strip(), True)
    assert (one.author, one.published) == ("Ann Lee, Bo Kim", "2026-01-14T09:00:00Z")
    assert one.modified == "2026-01-15T10:00:00+09:00"


def test_rdf_and_the_oldest_rss_are_read() -> None:
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://purl.org/rss/1.0/">'
        "<channel><title>Port</title></channel><item><title>One</title><link>https://a.example/1</link>"
        "<description>It rained.</description><dc:date>2026-01-14</dc:date></item></rdf:RDF>"
    )
    [entry] = parsed(rdf).entries
    assert (entry.title, entry.text, entry.link) == ("One", "It rained.", "https://a.example/1")
    old = '<rss version="0.91"><channel><title>P</title><item><title>T</title></item></channel></rss>'
    assert [entry.title for entry in parsed(old).entries] == ["T"]


def test_a_json_feed_is_read() -> None:
    its = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harbour",
        "language": "en",
        "items": [
            {
                "id": 7,
                "url": "/a",
                "title": "A",
                "content_html": "<p>x &amp; y</p>",
                "authors": [{"name": "Ann"}],
            },
            {
                "id": "8",
                "external_url": "https://b.example/",
                "content_text": "1 < 2",
                "author": {"name": "Bo"},
            },
            "no object",
        ],
    }
    first, second = parsed(json.dumps(its)).entries
    assert (first.guid, first.link, first.text, first.author) == ("7", "/a", "x & y", "Ann")
    assert (second.link, second.text, second.author) == ("https://b.example/", "1 < 2", "Bo")


@pytest.mark.parametrize(
    ("more", "minutes"),
    [
        ("<ttl>30</ttl>", 30),
        ("<ttl>soon</ttl>", 0),
        ("<ttl>-5</ttl>", 0),
        ("<ttl>99999999999</ttl>", 10_080),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 30),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 1440),
        ("<ttl>5</ttl><sy:updatePeriod> Hourly </sy:updatePeriod>", 60),
        ("", 0),
    ],
)
def test_a_feed_says_after_how_long_to_come_back(more: str, minutes: int) -> None:
    assert parsed(rss(more=more)).minutes == minutes


@pytest.mark.parametrize(
    ("text", "content", "full"),
    [
        (LONG, "", True),
        (LONG[:1000], "", False),
        (f"{LONG}…", "", False),
        (f"{LONG} [&hellip;]", "", False),
        (f"{LONG} [+2311 chars]", "", False),
        ("Short.", LONG[: MIN_CONTENT + 100], True),
        ("Short.", f"{LONG[:600]} Read the full article »", False),
        (LONG, "Short.", True),
    ],
)
def test_a_summary_is_told_from_an_article(text: str, content: str, full: bool) -> None:
    [entry] = parsed(rss(item("T", text=text, more=encoded(content) if content else ""))).entries
    assert entry.full is full


@pytest.mark.parametrize(
    "last",
    [
        "<p>The post <a href='/a'>Ferry</a> appeared first on <a href='/'>Harbour</a>.</p>",
        "<p><a href='/a'>Read more</a></p>",
        "<p>Continue reading</p><p>Share this:</p>",
    ],
)
def test_a_link_back_is_no_part_of_the_text(last: str) -> None:
    [entry] = parsed(rss(item("T", text=f"<p>The ferry ran.</p>{last}"))).entries
    assert entry.text == "The ferry ran."


def test_a_text_of_nothing_but_a_link_back_stays() -> None:
    [entry] = parsed(rss(item("T", text="Read more"))).entries
    assert entry.text == "Read more"


def test_a_broken_feed_is_read_as_far_as_it_goes() -> None:
    its = parsed(
        "<rss version='2.0'><channel><item><title>A & B</title><description>x<br>y & z</description>"
    )
    assert [(entry.title, entry.text) for entry in its.entries] == [("A & B", "x\ny & z")]


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [("utf-16", None), ("iso-8859-1", None), ("iso-8859-1", "utf-8"), ("euc-kr", None)],
)
def test_a_feed_is_read_in_the_charset_that_it_declares(encoding: str, charset: str | None) -> None:
    title = "다리" if encoding == "euc-kr" else "Fähre"
    body = f'<?xml version="1.0" encoding="{encoding}"?>{rss(item(title)).decode().partition("?>")[2]}'
    assert [entry.title for entry in parsed(body.encode(encoding), charset).entries] == [title]


def test_a_feed_that_declares_no_charset_is_read_in_its_server_s() -> None:
    body = rss(item("Fähre")).decode().partition("?>")[2].encode("cp1252")
    assert [entry.title for entry in parsed(body, "windows-1252").entries] == ["Fähre"]


# Lists of addresses


def test_lists_of_feeds_and_sitemaps_are_told_apart() -> None:
    assert parsed(opml("https://a.example/feed", "https://b.example/feed")).kind is Kind.OPML
    index = sitemap(("https://a.example/1.xml", ""), root="sitemapindex", each="sitemap")
    assert parsed(index).kind is Kind.SITEMAPS
    its = parsed(sitemap(("https://a.example/old", "2025-01-01"), ("https://a.example/new", "2026-01-14")))
    assert its.kind is Kind.SITEMAP
    assert [entry.link for entry in its.entries] == ["https://a.example/new", "https://a.example/old"]


def test_a_sitemap_for_news_says_more() -> None:
    body = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
        'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc> https://a.example/1 </loc>'
        "<news:news><news:publication><news:name>Harbour</news:name><news:language>en</news:language>"
        "</news:publication><news:publication_date>2026-01-14T09:00Z</news:publication_date>"
        "<news:title>Ferry &amp; bridge</news:title></news:news>"
        "<image:image><image:loc>https://a.example/1.jpg</image:loc></image:image></url></urlset>"
    )
    [entry] = parsed(body).entries
    assert (entry.link, entry.title, entry.source) == ("https://a.example/1", "Ferry & bridge", "Harbour")
    assert (entry.published, entry.language) == ("2026-01-14T09:00Z", "en")


@pytest.mark.parametrize(
    ("head", "is_article"),
    [
        ("", False),
        ('<meta property="og:type" content="article">', True),
        ('<meta property="og:type" content="website">', False),
        ('<meta property="article:published_time" content="2026-01-14">', True),
        ('<script type="application/ld+json">{"@type": "NewsArticle"}</script>', True),
    ],
)
def test_a_page_offers_its_feeds(head: str, is_article: bool) -> None:
    its = parsed(
        f"<!DOCTYPE html><html><head>{head}<base href='/news/'>"
        '<link rel="alternate" type="application/rss+xml" title="All" href="feed.xml">'
        '<link rel="ALTERNATE nofollow" type="application/atom+xml; charset=utf-8" href="https://b.example/">'
        '<link rel="alternate" hreflang="de" href="/de" type="application/rss+xml">'
        '<link rel="alternate" type="application/json" href="/wp-json/1">'
        '<link rel="stylesheet" href="/a.css"></head><body>Hello</body></html>'
    )
    assert (its.kind, its.is_article) == (Kind.PAGE, is_article)
    assert [entry.link for entry in its.entries] == [
        "https://harbour.example/news/feed.xml",
        "https://b.example/",
    ]


# What is made to hurt


def doctype(entities: str) -> str:
    return rss(item("&a;", text="x")).decode().replace("<rss", f"<!DOCTYPE rss [{entities}]><rss", 1)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (doctype('<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">'), "entities"),
        (doctype('<!ENTITY a SYSTEM "file:///etc/passwd">'), "entities"),
        (doctype('<!-- <rss> --><!ENTITY % a SYSTEM "http://127.0.0.1/">'), "entities"),
        (doctype('<!ENTITY a "x">').encode("utf-16"), "entities"),
        ("<rss><channel>" + "<a>" * 100_000, "deep"),
        ("<opml><body>" + "<outline xmlUrl='https://a.example/'>" * 100_000, "deep"),
        ('{"version": "https://jsonfeed.org/version/1", "items":' + "[" * 100_000, "no JSON"),
        ('{"articles": []}', "no JSON Feed"),
        ("http://127.0.0.1/x", "neither"),
        ("/etc/passwd", "neither"),
        ("", "neither"),
        ("\ufeff", "neither"),
        ("\0" * 1000, "neither"),
        ("<!DOCTYPE " + "[" * 500_000, "neither"),
        ("<svg><rss/></svg>", "neither"),
    ],
)
def test_what_is_no_feed_or_an_attack_is_refused_in_one_line(body: str | bytes, reason: str) -> None:
    assert reason in refusal(body)


@pytest.mark.parametrize(
    "body",
    [
        rss(*(item(f"T {number}", text="It rained. ") for number in range(10_000))),
        rss(item("T", text="<div>" * 100_000 + "x")),
        rss(item("T", text="<" * 100_000)),
        rss("<item><![CDATA[" * 100_000),
        rss("<!--" * 100_000),
        opml(*repeat("https://a.example/", 50_000)),
    ],
    ids=["many", "nested", "signs", "cdata", "comments", "outlines"],
)
def test_large_and_odd_ones_end_in_time_and_are_bounded(body: bytes) -> None:
    assert len(parsed(body).entries) <= MAX_ENTRIES


def test_entries_beyond_the_limit_are_counted() -> None:
    its = parsed(rss(*(item(f"T {number}") for number in range(MAX_ENTRIES + 3))))
    assert (len(its.entries), its.left_out) == (MAX_ENTRIES, 3)


def test_an_unclosed_line_break_is_not_taken_for_depth() -> None:
    assert (
        len(parsed(f"<rss version='2.0'><channel><item><title>T</title>{'x<br>' * 500}</item>").entries) == 1
    )


@given(st.data())
def test_whatever_is_cut_or_mixed_up_is_read_or_refused(data: st.DataObject) -> None:
    whole = data.draw(
        st.sampled_from(
            [
                rss(item("A", "/a", "1", "<p>x</p>", "yesterday", encoded("<p>y"))),
                atom("<entry><title>A</title><link href='/a'/></entry>"),
                opml("https://a.example/"),
                sitemap(("https://a.example/", "2026")),
            ]
        )
    )
    pieces = re.split(rb"(?=<)", whole)
    chosen = data.draw(st.lists(st.sampled_from(pieces), max_size=30))
    body = b"".join(chosen) if data.draw(st.booleans()) else whole[: data.draw(st.integers(0, len(whole)))]
    found = read_document(b"https://a.example/ \n" + body)
    assert ("refused" in found) != ("kind" in found)


# Who wrote it, and what is no article


def test_the_author_and_the_outlet_of_a_feed_are_those_of_its_entries() -> None:
    entry = "<entry><id>1</id><title>Ferry</title><content>The ferry ran.</content>{}</entry>"
    own = entry.format("<author><name>Bo Ruiz</name></author>")
    copied = entry.format("<source><title>The Ferry Paper</title></source>")
    head = "<title>The Post</title><author><name>Ann Lee</name></author>"
    feed = parsed(f'<feed xmlns="http://www.w3.org/2005/Atom">{head}{own}{copied}</feed>')
    assert [one.author for one in feed.entries] == ["Bo Ruiz", "Ann Lee"]
    assert [one.source for one in feed.entries] == ["", "The Ferry Paper"]
    nameless = head.replace("Ann Lee", "The Post")
    feed = parsed(f'<feed xmlns="http://www.w3.org/2005/Atom">{nameless}{copied}</feed>')
    assert [one.author for one in feed.entries] == [""]
    value = {"version": "https://jsonfeed.org/version/1.1", "authors": [{"name": "Ann Lee"}]}
    items = [{"id": "1", "content_text": "The ferry ran."}, {"id": "2", "author": {"name": "Bo Ruiz"}}]
    assert [one.author for one in parsed(json.dumps(value | {"items": items})).entries] == [
        "Ann Lee",
        "Bo Ruiz",
    ]


def test_what_blogger_says_is_no_post_is_counted() -> None:
    kind = "<category scheme='http://schemas.google.com/g/2005#kind' term='http://x.example/kind#{}'/>"
    entries = "".join(
        f"<entry><id>{number}</id><title>{name}</title><content>Words of it.</content>{kind.format(name)}"
        f"{more}</entry>"
        for number, (name, more) in enumerate(
            [
                ("post", ""),
                ("comment", ""),
                ("settings", ""),
                (
                    "post",
                    "<app:control xmlns:app='http://purl.org/atom/app#'><app:draft>yes</app:draft></app:control>",
                ),
            ]
        )
    )
    feed = parsed(f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Notes</title>{entries}</feed>")
    assert ([one.guid for one in feed.entries], feed.no_articles) == (["0"], 3)
