"""Corrections and withdrawals of pages that feeds and sitemaps list, over real sockets."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.corpus_admin.reload import ReloadReport, reload
from corpus.sources import full_text
from retrieval.models.embedder import HashEmbedder
from tests.bot.polling.test_real_sites import RSS, Stand
from tests.corpus.feeds import item, rss, sitemap
from tests.corpus.pages import page
from tests.corpus.site import Site, answer
from tests.fault.newsroom import no_progress, served

NAMES = ("ferry", "tram", "bus", "bridge")
UNCHANGED = answer(status="304 Not Modified")


def text_of(name: str, sentence: str = "was seen in the harbour this morning, said a man") -> str:
    return f"The {name} {sentence}."


def story_page(name: str, sentence: str = "") -> bytes:
    body = page(body=f"<p>{text_of(name, sentence) if sentence else text_of(name)}</p>")
    return answer(body.encode(), content_type="text/html", etag=f'"{name}"')


def entry(name: str) -> str:
    return item(name.title(), f"/{name}", name, f"{name.title()}!")


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(full_text, "RETRY_PAUSE", timedelta(0))
    pages = {f"/{name}": story_page(name) for name in NAMES}
    with Site({"/feed": answer(rss(*map(entry, NAMES)), etag='"1"', **RSS), **pages}) as made:
        yield made


@pytest.fixture
def stand(tmp_path: Path, site: Site) -> Stand:
    return Stand(tmp_path, site)


def texts(stand: Stand) -> list[str]:
    return sorted(served(stand.home, "news").values())


def test_a_correction_is_served_although_the_feed_is_unchanged(stand: Stand, site: Site) -> None:
    assert stand.poll().counts() == (4, 0, 0)
    site.pages |= {"/feed": UNCHANGED, **{f"/{name}": UNCHANGED for name in NAMES}}
    assert stand.poll().counts() == (0, 0, 0)
    assert '\r\nIf-None-Match: "tram"\r\n' in next(one for one in site.requests[::-1] if " /tram " in one)
    site.pages["/tram"] = story_page("tram", "was not seen by anybody, as we said before")
    assert stand.poll().counts() == (0, 1, 0)
    assert text_of("tram", "was not seen by anybody, as we said before") in texts(stand)


def test_a_reload_asks_for_recent_pages_too(
    stand: Stand, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand.poll()
    site.pages |= {"/feed": UNCHANGED, "/bus": story_page("bus", "was late, and it was not here at all")}
    monkeypatch.setattr("corpus.sources.refreshing.MIN_INTERVAL", timedelta(0))
    report: ReloadReport = reload(stand.home, HashEmbedder, progress=no_progress, fetcher=site.fetcher)
    assert [len(plan.changed) for plan in report.plans] == [1]
    assert text_of("bus", "was late, and it was not here at all") in texts(stand)


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_a_withdrawn_story_leaves_its_summary_and_goes_with_it(stand: Stand, site: Site, status: str) -> None:
    stand.poll()
    site.pages["/tram"] = answer(status=status)
    assert stand.poll().counts() == (0, 1, 0)
    assert "Tram!" in texts(stand)
    site.pages["/feed"] = answer(rss(*(entry(name) for name in NAMES if name != "tram")), **RSS)
    assert stand.poll().counts() == (0, 0, 1)
    assert texts(stand) == sorted(text_of(name) for name in NAMES if name != "tram")
    assert stand.poll().counts() == (0, 0, 0)


def test_what_left_its_feed_is_kept_until_its_page_is_gone(stand: Stand, site: Site) -> None:
    stand.poll()
    site.pages["/feed"] = answer(rss(entry("ferry")), **RSS)
    assert stand.poll().counts() == (0, 0, 0)
    assert len(texts(stand)) == 4
    site.pages["/bus"] = answer(status="503 Service Unavailable")
    site.pages["/tram"] = answer(status="500 Internal Server Error")
    assert stand.poll().counts() == (0, 0, 0)
    site.pages |= {"/bus": answer(status="410 Gone"), "/tram": story_page("tram")}
    assert stand.poll().counts() == (0, 0, 1)
    assert text_of("bus") not in texts(stand)
    site.pages["/bus"] = story_page("bus")
    assert stand.poll().counts() == (1, 0, 0)


def test_a_story_that_is_gone_from_a_sitemap_is_removed(stand: Stand, site: Site) -> None:
    today = datetime.now(UTC).date().isoformat()

    def listed(*names: str) -> bytes:
        body = sitemap(*((f"http://one.example/{name}", today) for name in names))
        return answer(body, content_type="application/xml")

    site.pages["/feed"] = listed(*NAMES)
    assert stand.poll().counts() == (4, 0, 0)
    del site.pages["/ferry"]
    site.pages["/feed"] = listed(*NAMES[1:])
    assert stand.poll().counts() == (0, 0, 1)
    del site.pages["/tram"]
    assert stand.poll().counts() == (0, 0, 1), "although it is still listed: a sitemap has no other text"
    assert texts(stand) == [text_of("bridge"), text_of("bus")]


def test_a_site_that_loses_most_of_its_pages_at_once_loses_no_article(stand: Stand, site: Site) -> None:
    stand.poll()
    site.pages = {"/feed": answer(rss(entry("ferry")), **RSS), "/ferry": site.pages["/ferry"]}
    report = stand.poll()
    [refusal] = report.refused.values()
    assert "would lose 3 of its 4 articles" in refusal
    assert texts(stand) == sorted(map(text_of, NAMES))
