import pytest

from corpus.readers.feeds.feed_articles import fields_of, link_of, outlet
from corpus.readers.feeds.feed_document import Entry, FeedDocument, Kind

HERE = "https://harbour.example/news/feed.xml"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://harbour.example/a", "https://harbour.example/a"),
        (" /a?b=c ", "https://harbour.example/a?b=c"),
        ("a", "https://harbour.example/news/a"),
        ("https://other.example/a", "https://other.example/a"),
        ("//evil.example/a", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("http://[::1", ""),
        ("/" + "a" * 10_000, ""),
        ("", ""),
    ],
)
def test_a_link_is_resolved_or_dropped(link: str, address: str) -> None:
    assert link_of(Entry(link=link), HERE) == address


@pytest.mark.parametrize(
    ("name", "address", "source"),
    [
        ("World news | The Harbour", "https://www.theharbour.example/feed", "The Harbour"),
        ("HBR > World News", "https://www.hbrtimes.example/feed", "HBR"),
        ("Harbour News - World", "https://feeds.harbour.example/world", "Harbour News"),
        ("Harbour Post", "https://harbour.example/", "Harbour Post"),
        ("Top stories: all of them", "https://harbour.example/", "Top stories: all of them"),
        ("A | B", "", "A | B"),
    ],
)
def test_the_outlet_is_the_part_of_the_name_that_its_host_speaks_of(
    name: str, address: str, source: str
) -> None:
    assert outlet(name, address) == source


def test_the_first_date_that_can_be_one_is_taken() -> None:
    feed = FeedDocument(Kind.FEED, "Harbour")
    day = "2026-01-14T09:00:00Z"
    assert fields_of(Entry(published=day, modified="2026-01-15"), feed)["published"] == day
    assert fields_of(Entry(published="at noon", modified=day), feed)["published"] == day
    assert fields_of(Entry(published="", modified=day), feed)["published"] == day
    assert fields_of(Entry(), feed)["published"] is None
