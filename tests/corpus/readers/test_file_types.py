import pytest

from corpus.readers.file_types import ending_for, ending_of


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("a.md", ".md"),
        ("A.JSONL.GZ", ".jsonl.gz"),
        ("a.b.html", ".html"),
        ("a.gz", None),
        ("a.pdf", None),
        ("html", None),
        ("", None),
    ],
)
def test_an_ending_is_known_or_not(name: str, ending: str | None) -> None:
    assert ending_of(name) == ending


@pytest.mark.parametrize(
    ("media_type", "path", "ending"),
    [
        ("text/html", "/a.md", ".html"),
        ("application/xhtml+xml", "/", ".html"),
        ("text/markdown", "/a", ".md"),
        ("text/plain", "/a.jsonl", ".jsonl"),
        ("text/plain", "/a.md", ".md"),
        ("text/plain", "/a", ".txt"),
        ("application/x-ndjson", "/a", ".jsonl"),
        ("application/gzip", "/a.jsonl.gz", ".jsonl.gz"),
        ("application/octet-stream", "/a.ndjson.gz", ".ndjson.gz"),
        ("application/json", "/a.jsonl", ".jsonl"),
        ("", "/a.html", ".html"),
        ("", "/a", None),
        ("application/json", "/a", None),
        ("application/gzip", "/a.gz", None),
        ("application/octet-stream", "/a.pdf", None),
        ("application/pdf", "/a.html", None),
        ("application/rss+xml", "/feed.html", None),
        ("image/png", "/a.md", None),
    ],
)
def test_the_media_type_counts_and_where_it_says_little_the_path(
    media_type: str, path: str, ending: str | None
) -> None:
    assert ending_for(media_type, path) == ending
