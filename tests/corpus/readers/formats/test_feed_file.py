import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.problem import Problem
from corpus.readers.formats import feed_file
from corpus.readers.registry import FORMATS
from tests.corpus.feeds import atom, item, opml, rss, sitemap
from tests.corpus.readers.reading import Reading

_FEED = Reading("harbour.rss")
DATE = "Wed, 14 Jan 2026 09:00:00 GMT"
STORIES = (
    item("Ferry", "https://harbour.example/ferry", "1", "<p>The ferry ran.</p>", DATE),
    item("Bridge", "", "two", "The bridge is shut.", "no date"),
    item("", "javascript:alert(1)", "", "The tram stood still."),
    item("Nothing"),
)


@pytest.mark.parametrize("name", ["harbour.rss", "harbour.xml"])
def test_each_entry_is_an_article(tmp_path: Path, name: str) -> None:
    found = _FEED.read(tmp_path, rss(*STORIES), name)
    ferry, bridge, tram = (one for one in found if isinstance(one, Article))
    assert (ferry.id, ferry.url) == ("https://harbour.example/ferry", "https://harbour.example/ferry")
    assert (ferry.title, ferry.text, ferry.source) == ("Ferry", "The ferry ran.", "The Harbour Post")
    assert ferry.published == datetime(2026, 1, 14, 9, tzinfo=UTC)
    assert (bridge.id, bridge.published) == ("two", None)
    assert tram.url is None
    refused = [one for one in found if isinstance(one, Problem) and one.refused]
    assert [problem.line for problem in refused] == [4]


def test_a_feed_of_another_dialect_is_read_under_its_ending(tmp_path: Path) -> None:
    entry = '<entry><id>1</id><title>A</title><content type="text">The ferry ran.</content></entry>'
    for name in ("a.atom", "a.xml", "a.rdf"):
        assert [one.text for one in _FEED.read(tmp_path, atom(entry), name) if isinstance(one, Article)]


@pytest.mark.parametrize("name", ["a.rss", "a.xml"])
@pytest.mark.parametrize("body", [opml("https://a.example/"), sitemap(("https://a.example/", ""))])
def test_a_list_of_addresses_is_named_for_what_it_is(tmp_path: Path, name: str, body: bytes) -> None:
    [problem] = _FEED.read(tmp_path, body, name)
    assert isinstance(problem, Problem)
    assert "a list of addresses and no feed" in problem.reason


@pytest.mark.parametrize(
    ("title", "body", "reason"),
    [
        ("Just a moment...", "Checking your browser.", "the page is a check of the browser"),
        ("404 Not Found", "Nothing here.", "the page says that it was not found"),
        ("503 Service Unavailable", "Try again later.", "open it in a browser"),
    ],
)
@pytest.mark.parametrize("name", ["a.rss", "a.atom", "a.xml", "a.json"])
def test_a_page_that_a_site_sent_in_its_place_is_named_for_what_it_is(
    tmp_path: Path, name: str, title: str, body: str, reason: str
) -> None:
    page = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><p>{body}</p></body></html>"
    [problem] = _FEED.read(tmp_path, page, name)
    assert isinstance(problem, Problem)
    assert re.match(r"it is no (feed|XML|JSON) but a web page: ", problem.reason)
    assert reason in problem.reason


def test_what_is_no_feed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "neither a feed" in _FEED.refusal(tmp_path, "not XML").reason
    monkeypatch.setattr(feed_file, "FEED_LIMIT", 20)
    assert "MB" in _FEED.refusal(tmp_path, rss(*STORIES)).reason


@pytest.mark.parametrize("ending", [".rss", ".xml"])
def test_entries_are_taken_out_by_their_numbers(tmp_path: Path, ending: str) -> None:
    left = FORMATS.remove_lines(ending, rss(*STORIES), {1, 3})
    texts = [one.text for one in _FEED.read(tmp_path, left) if isinstance(one, Article)]
    assert texts == ["The bridge is shut."]
    assert b"ferry" not in left
    assert FORMATS.remove_lines(ending, rss(*STORIES), {1, 2, 3, 4}) == b""
    assert FORMATS.remove_lines(ending, b"<rss><channel><item>", {1}) == b""
