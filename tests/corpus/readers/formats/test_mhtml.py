from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from corpus.article import Article
from tests.corpus.pages import FIRST, SECOND
from tests.corpus.readers.reading import Reading

_PAGE = Reading("saved.mhtml")
ADDRESS = "https://post.example/bridge"
HTML = (
    "<html lang='en'><head><meta property='article:published_time' content='2026-01-14T09:30:00Z'></head>"
    f"<body><nav>Home</nav><article><h1>The café by the bridge</h1><p>{FIRST}</p><p>{SECOND}</p></article>"
    "</body></html>"
)


def archive(html: str | None = HTML, charset: str = "utf-8", **headers: str) -> bytes:
    """A page as Chromium saves it, with a picture beside it."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = ADDRESS
    message["MIME-Version"] = "1.0"
    if html is not None:
        message.set_content(html, subtype="html", charset=charset, cte="quoted-printable")
        message["Content-Location"] = ADDRESS
    message.make_related()
    message.add_related(b"\x89PNG", "image", "png", headers=["Content-Location: https://post.example/a.png"])
    return bytes(message)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_a_page_in_one_file_is_its_article(tmp_path: Path, charset: str) -> None:
    article = _PAGE.one(tmp_path, archive(charset=charset))
    assert (article.title, article.url, article.id) == ("The café by the bridge", ADDRESS, ADDRESS)
    assert article.published == datetime(2026, 1, 14, 9, 30, tzinfo=UTC)
    assert FIRST in article.text
    assert "Home" not in article.text


def test_a_page_alone_is_read_too(tmp_path: Path) -> None:
    message = EmailMessage()
    message.set_content(HTML, subtype="html")
    assert _PAGE.one(tmp_path, bytes(message)).title == "The café by the bridge"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (archive(None), "it holds no web page"),
        (archive("<html><body></body></html>"), "no article text was found in the page"),
        (b"\0\1\2", "it holds no web page"),
        (b"", "it holds no web page"),
    ],
    ids=["picture alone", "empty page", "bytes", "empty"],
)
def test_what_has_no_article_is_named_with_the_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    assert _PAGE.refusal(tmp_path, content).reason == reason


def test_what_a_browser_saves_beside_it_is_not_needed(tmp_path: Path) -> None:
    [item] = _PAGE.read(tmp_path, archive(), "page.mht")
    assert isinstance(item, Article)
