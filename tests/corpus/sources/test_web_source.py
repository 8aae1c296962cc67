import gzip
import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.errors import UnreadableSource
from corpus.polling.refreshing_all import refresh_all
from corpus.problem import Problem, SourceLocation
from corpus.sources.refreshing import MIN_INTERVAL
from corpus.sources.web_source import WebSource, make_copy, read_copy
from corpus.web.fetch_cache import CachedContent, FetchCache
from corpus.web.fetcher import BODY_LIMIT, CannedFetcher, Fetched, Gone
from tests.corpus.pages import TEXT, page
from tests.fault.newsroom import QuickDisk, no_progress

URL = "https://www.news.example/bridge"
STORY = "The bridge was closed on Monday."


def fetched(
    body: str | bytes, media_type: str = "text/html", address: str = URL, charset: str | None = None
) -> Fetched:
    return Fetched(address, body if isinstance(body, bytes) else body.encode(), media_type, charset)


def read(found: Fetched, location: str = URL) -> list[tuple[SourceLocation, Article | Problem]]:
    return list(read_copy(make_copy(location, found), "board"))


def one(found: Fetched, location: str = URL) -> Article:
    [(_, article)] = read(found, location)
    assert isinstance(article, Article), article
    return article


def lines(*rows: object) -> bytes:
    return b"".join(f"{json.dumps(row)}\n".encode() for row in rows)


# Reading


def test_a_page_is_an_article_under_its_address() -> None:
    article = one(fetched(page(head='<title>Bridge</title><meta name="date" content="2026-01-14">')))
    assert article.text == TEXT
    assert (article.id, article.url, article.source) == (URL, URL, "news.example")
    assert (article.title, str(article.published)) == ("Bridge", "2026-01-14 00:00:00+00:00")
    assert article.collection == "board"


def test_a_page_is_called_after_the_address_that_its_redirects_lead_to() -> None:
    article = one(fetched(page(), address="https://news.example/2026/bridge"), "https://short.example/x")
    assert article.id == article.url == "https://news.example/2026/bridge"


def test_a_page_may_claim_another_address_of_its_site() -> None:
    claim = "https://news.example/canonical?a=b"
    article = one(fetched(page(head=f'<link rel="canonical" href="{claim}">')))
    assert article.id == article.url == claim


@pytest.mark.parametrize(
    "claim",
    ["https://bbc.example/x", "https://news.example.evil.example/", "javascript:alert(1)", "http://[::1"],
)
def test_a_page_can_t_pass_for_one_of_another_site(claim: str) -> None:
    items = [item for _, item in read(fetched(page(head=f'<link rel="canonical" href="{claim}">')))]
    [article] = [item for item in items if isinstance(item, Article)]
    assert (article.id, article.url, article.source) == (URL, URL, "news.example")


def test_a_text_keeps_its_id_and_gets_an_address() -> None:
    article = one(fetched(f"---\nid: bridge\nsource: The Post\n---\n{STORY}", "text/markdown"))
    assert (article.id, article.url, article.source) == ("bridge", URL, "The Post")


def test_a_text_without_front_matter_is_called_after_its_address() -> None:
    article = one(fetched(STORY, "text/plain"))
    assert (article.id, article.url, article.source, article.text) == (URL, URL, "news.example", STORY)


def test_a_list_has_an_article_a_row_each_with_what_it_names() -> None:
    rows = [
        {"id": "a", "text": STORY, "url": "https://other.example/a", "source": "Other"},
        {"text": "The ferry ran.", "title": "Ferry"},
        {"text": ""},
        {"text": "The tram ran.", "url": "https://other.example/b"},
    ]
    items = read(fetched(lines(*rows), "application/x-ndjson"))
    assert [place.line for place, _ in items] == [1, 2, 3, 4]
    assert {place.where for place, _ in items} == {URL}
    first, second, third, fourth = (item for _, item in items)
    assert isinstance(first, Article)
    assert (first.id, first.url, first.source) == ("a", "https://other.example/a", "Other")
    assert isinstance(second, Article)
    assert second.id.startswith(f"{URL}-")
    assert (second.url, second.source) == (None, "news.example")
    assert isinstance(third, Problem)
    assert str(third) == f"{URL}:3: its text is empty"
    assert isinstance(fourth, Article)
    assert (fourth.id, fourth.source) == ("https://other.example/b", "other.example")


def test_a_packed_list_is_unpacked_and_its_size_is_bounded() -> None:
    there = "https://news.example/list.jsonl.gz"
    article = one(fetched(gzip.compress(lines({"id": "a", "text": STORY})), "application/gzip", there))
    assert article.id == "a"
    # Some servers unpack what they send and name it as before.
    assert one(fetched(lines({"id": "a", "text": STORY}), "application/gzip", there)).id == "a"
    big = gzip.compress(b"".join(b'{"text": "%d"}\n' % number for number in range(BODY_LIMIT // 12)))
    with pytest.raises(UnreadableSource, match="5 MB"):
        make_copy(there, fetched(big, "application/gzip", there))


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        ("다리는 월요일에 폐쇄되었다.".encode("euc-kr"), "EUC-KR"),
        ("Le pont était fermé.".encode("cp1252"), "iso-8859-1"),
        ("Le pont était fermé.".encode(), "iso-8859-1"),
        ("\ufeffLe pont était fermé.".encode(), None),
    ],
)
def test_a_text_is_read_in_the_charset_it_really_has(body: bytes, charset: str | None) -> None:
    assert one(fetched(body, "text/plain", charset=charset)).text in (
        "다리는 월요일에 폐쇄되었다.",
        "Le pont était fermé.",
    )


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (fetched(b"%PDF-1.7", "application/pdf"), "it is broken"),
        (fetched(b"\x89PNG", "image/png"), "its kind is 'image/png'"),
        (fetched(b"{}", "", "https://news.example/a"), "its kind is not said"),
        (fetched(b"<rss/>", "application/rss+xml"), "it holds no article"),
        (fetched("", "text/plain"), "empty"),
        (fetched("\ufeff", "text/plain"), "empty"),
        (fetched(b"\0" * 500), "no article text"),
        (fetched("<html><body><form>Sign in</form></body></html>"), "no article text"),
        (fetched(b"", "application/jsonl"), "no article"),
        (fetched(b"{broken", "application/jsonl"), "not JSON"),
        (fetched(b"http://127.0.0.1/x", "application/jsonl"), "not JSON"),
        (fetched(b"\xff\xfe\xff", "text/plain", charset="no-such-charset"), "not UTF-8"),
        (fetched(b"\xff\xfe\xff", "text/plain", charset="unicode_escape"), "not UTF-8"),
        (fetched(gzip.compress(page().encode())), "it is packed, and nothing says so"),
        (fetched(gzip.compress(b"x"), "application/gzip", "https://news.example/a.jsonl"), "nothing says so"),
        (fetched(gzip.compress(b"x" * 99)[:-9], "", "https://news.example/a.jsonl.gz"), "cut short"),
    ],
)
def test_what_holds_no_article_is_refused_with_the_reason(found: Fetched, reason: str) -> None:
    with pytest.raises(UnreadableSource, match=reason) as caught:
        make_copy(URL, found)
    assert "\n" not in str(caught.value)
    assert caught.value.location == URL


def test_a_full_temporary_folder_is_said_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = make_copy(URL, fetched(STORY, "text/plain"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "not there"))
    with pytest.raises(UnreadableSource, match="make space") as caught:
        list(read_copy(copy, "board"))
    assert "\n" not in str(caught.value)


# Fetching anew


class KeptPage:
    """One address, what it holds, and its last good copy."""

    def __init__(self, folder: Path) -> None:
        self.fetcher = CannedFetcher({URL: fetched(STORY, "text/plain")})
        self.cache = FetchCache(folder, QuickDisk())

    def refresh(self, answer: Fetched | str | None = None, *, gone: bool = False) -> Problem | None:
        if gone:
            del self.fetcher.pages[URL]
        elif answer is not None:
            self.fetcher.pages[URL] = answer
        remotes = [(URL, WebSource(URL, self.cache))]
        outcome = refresh_all(remotes, self.cache, lambda: self.fetcher, no_progress)[URL]
        if isinstance(outcome, UnreadableSource):
            raise outcome
        return outcome

    @property
    def copy(self) -> CachedContent:
        copy = self.cache.get(URL)
        assert copy
        return copy

    def age(self, by: timedelta = 2 * MIN_INTERVAL) -> CachedContent:
        """Let so much time pass; the copy as it is then."""
        self.cache.put(replace(self.copy, fetched=self.copy.fetched - by))
        return self.copy

    def texts(self) -> Sequence[str]:
        return [item.text for _, item in read_copy(self.copy, "board") if isinstance(item, Article)]


@pytest.fixture
def kept(tmp_path: Path) -> KeptPage:
    return KeptPage(tmp_path)


def test_an_address_is_asked_once_a_minute(kept: KeptPage) -> None:
    for _ in range(3):
        assert kept.refresh() is None
    assert kept.texts() == [STORY]
    assert len(kept.fetcher.asked) == 1
    kept.age(MIN_INTERVAL)
    kept.refresh()
    assert len(kept.fetcher.asked) == 2


def test_a_clock_that_was_ahead_stops_no_fetching(kept: KeptPage) -> None:
    kept.refresh()
    kept.age(-timedelta(days=300))
    kept.refresh()
    assert len(kept.fetcher.asked) == 2


@pytest.mark.parametrize(
    "answer",
    [
        "its server answers with status 503",
        fetched("<html><body><form>Sign in</form></body></html>"),
        fetched(b"%PDF", "application/pdf"),
    ],
    ids=["an error", "a login page", "another kind"],
)
def test_what_can_t_be_fetched_leaves_the_last_good_copy_and_says_since_when(
    kept: KeptPage, answer: Fetched | str
) -> None:
    kept.refresh()
    old = kept.age(timedelta(days=3))
    problem = kept.refresh(answer)
    assert kept.copy == old
    assert problem
    assert problem.where == URL
    assert not problem.refused
    assert problem.reason.startswith("it could not be fetched: ")
    assert problem.reason.endswith(f"{old.fetched.day} {old.fetched:%B %Y, %H:%M} UTC is kept")


def test_what_can_t_be_fetched_and_never_was_is_refused(kept: KeptPage) -> None:
    with pytest.raises(UnreadableSource, match="status 503"):
        kept.refresh("its server answers with status 503")
    with pytest.raises(Gone):
        kept.refresh(gone=True)
    assert kept.cache.get(URL) is None


def test_a_page_that_is_gone_takes_its_articles_along_until_it_is_there_again(
    kept: KeptPage,
) -> None:
    kept.refresh()
    kept.age()
    problem = kept.refresh(gone=True)
    assert problem
    assert "it has been missing since" in problem.reason
    assert not problem.refused
    assert kept.texts() == []
    since = kept.age().fetched
    while_down = kept.refresh("its server answers with status 503")
    assert while_down
    assert while_down.reason.startswith(f"it has been missing since {since.day} {since:%B %Y, %H:%M} UTC")
    assert kept.texts() == []
    del kept.fetcher.pages[URL]
    kept.refresh()
    assert kept.copy.fetched == since, "it says since when it is gone, not when it was last asked"
    kept.age()
    assert kept.refresh(fetched("It is open.", "text/plain")) is None
    assert kept.texts() == ["It is open."]
