import pytest

from corpus.errors import UnreadableSource
from corpus.web.fetcher import CannedFetcher, Fetched, Fetcher, Gone

PAGE = Fetched("https://news.example/a", b"A tram ran.", "text/plain")


def test_a_canned_fetcher_answers_from_its_table() -> None:
    canned = CannedFetcher({"https://news.example/": PAGE, "https://down.example/": "it did not answer"})
    fetcher: Fetcher = canned
    assert fetcher.fetch("https://news.example/") == PAGE
    with pytest.raises(UnreadableSource, match="it did not answer") as caught:
        fetcher.fetch("https://down.example/")
    assert not isinstance(caught.value, Gone)
    with pytest.raises(Gone, match="404"):
        fetcher.fetch("https://news.example/b")
    assert canned.asked == ["https://news.example/", "https://down.example/", "https://news.example/b"]
