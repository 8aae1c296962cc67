"""The pages of a feed's entries: which are asked for again, and what a corrected or withdrawn one changes."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.sources.full_text import CHECKED_FOR, MAX_CHECKS
from tests.corpus.feeds import item, sitemap
from tests.corpus.pages import TEXT, page
from tests.corpus.sources.test_feed_source import FollowedFeed, give_page, summary, words

HOUR = timedelta(hours=1)
FERRY = "https://harbour.example/ferry"


@pytest.fixture
def feed(tmp_path: Path) -> FollowedFeed:
    return FollowedFeed(tmp_path)


def asked(feed: FollowedFeed, name: str = "ferry") -> int:
    return feed.web.asked.count(f"https://harbour.example/{name}")


def reasons(feed: FollowedFeed) -> list[str]:
    return [problem.reason for problem in feed.problems()]


# Which pages are asked for again


def test_a_page_is_checked_less_and_less_often_for_a_week(feed: FollowedFeed) -> None:
    give_page(feed)
    feed.poll(summary())
    times = []
    for hour in range(1, 24 * 14):
        before = asked(feed)
        feed.poll(summary(), after=HOUR)
        times += [hour] * (asked(feed) - before)
    assert times[:4] == [1, 3, 7, 15]
    assert max(after - before for before, after in pairwise(times)) == 24
    published, began = feed.articles()[0].published, feed.now - hour * HOUR
    assert published
    last = began + times[-1] * HOUR - published
    assert last < CHECKED_FOR <= last + 24 * HOUR


def test_a_changed_page_is_checked_as_often_as_a_new_one(feed: FollowedFeed) -> None:
    give_page(feed)
    for _ in range(10):
        feed.poll(summary(), after=2 * HOUR)
    give_page(feed, body=words("It sank."))
    while not feed.articles()[0].text.startswith("It sank."):
        feed.poll(summary(), after=HOUR)
    before = asked(feed)
    feed.poll(summary(), after=HOUR)
    assert asked(feed) == before + 1


def test_a_few_pages_are_checked_in_a_poll_those_of_the_oldest_check_first(feed: FollowedFeed) -> None:
    names = [f"story-{number}" for number in range(MAX_CHECKS + 3)]
    for name in names:
        give_page(feed, name, words(f"It is {name}."))
    entries = [summary(name) for name in names]
    feed.poll(*entries)
    for expected in (names[:MAX_CHECKS], names[MAX_CHECKS:]):
        before = len(feed.web.asked)
        feed.poll(*entries, after=HOUR)
        found = [address.rpartition("/")[2] for address in feed.web.asked[before + 1 :]]
        assert found[: len(expected)] == expected
        assert len(found) <= MAX_CHECKS


def test_a_page_is_not_sent_again_if_it_is_unchanged(feed: FollowedFeed) -> None:
    give_page(feed, tag='"1"')
    old = feed.kept(summary())
    assert feed.kept(summary()) == old
    assert (asked(feed), feed.web.sent.count(FERRY)) == (2, 1)


def test_pages_of_whole_texts_are_never_asked_for(feed: FollowedFeed) -> None:
    give_page(feed)
    for _ in range(3):
        feed.poll(summary(text="All of it is here, word for word. " * 200))
    assert asked(feed) == 0


# Its day


@pytest.mark.parametrize(
    ("fed", "shown", "published"),
    [
        ("Wed, 06 Nov 2024 03:30:00 GMT", "2024-11-05T22:30:00-05:00", "2024-11-05T22:30:00-05:00"),
        ("Wed, 06 Nov 2024 03:30:00 GMT", "2024-11-05T23:30:00-05:00", "2024-11-06T03:30:00Z"),
        ("Tue, 05 Nov 2024 22:30:00 -0500", "2024-11-06T03:30:00Z", "2024-11-05T22:30:00-05:00"),
    ],
)
def test_the_page_tells_the_offset_of_a_moment_that_its_feed_gives_in_utc(
    feed: FollowedFeed, fed: str, shown: str, published: str
) -> None:
    head = f'<meta property="article:published_time" content="{shown}">'
    give_page(feed, body=page(head=head))
    ferry = item("Ferry", "/ferry", "ferry", "The ferry ran again.", fed)
    for _ in range(3):
        feed.poll(ferry)
        [article] = feed.articles()
        assert article.to_row()["published"] == published
    feed.poll(item("Ferry", "/ferry", "ferry", "The ferry ran once more.", fed))
    [article] = feed.articles()
    assert article.to_row()["published"] == published


# Corrections


def test_a_correction_is_read_even_if_its_feed_is_unchanged(feed: FollowedFeed) -> None:
    give_page(feed, body=words("Fares rise by 12%."))
    feed.poll(summary(), tag='"1"')
    give_page(feed, body=words("Fares rise by 2%."))
    feed.poll(summary(), tag='"1"')
    [article] = feed.articles()
    assert article.text.startswith("Fares rise by 2%.")


def test_a_correction_is_read_of_an_article_that_left_its_feed(feed: FollowedFeed) -> None:
    give_page(feed)
    give_page(feed, "tram", words("The tram stood."))
    feed.poll(summary())
    give_page(feed, body=words("It never ran."))
    articles = {one.id: one.text for one in feed.kept(summary("tram"))}
    assert articles[FERRY].startswith("It never ran.")


def test_a_page_that_says_less_than_its_summary_by_now_gives_way_to_it(feed: FollowedFeed) -> None:
    long = "The operator says far more about its fares here. " * 5
    give_page(feed, body=words("Fares rise by 12% on every line of the company."))
    assert feed.kept(summary(text=long))[0].text.startswith("Fares rise")
    give_page(feed, body=page(body="<p>We were wrong about these fares: they stay, said the operator.</p>"))
    assert feed.kept(summary(text=long))[0].text == long.strip()


@pytest.mark.parametrize(
    "answer", ["its server answers with status 500", "<html><body><form>Sign in</form></body></html>"]
)
def test_a_check_that_fails_changes_nothing_and_is_not_reported(feed: FollowedFeed, answer: str) -> None:
    give_page(feed)
    old = feed.kept(summary())
    if answer.startswith("<"):
        give_page(feed, body=answer)
    else:
        feed.web.pages[FERRY] = answer
    for _ in range(5):
        assert feed.kept(summary()) == old
    assert asked(feed) > 2
    assert feed.problems() == []


def test_an_edited_entry_whose_page_fails_keeps_the_page_s_text_and_says_so(feed: FollowedFeed) -> None:
    give_page(feed)
    feed.poll(summary())
    feed.web.pages[FERRY] = "its server answers with status 500"
    for _ in range(3):
        [article] = feed.kept(summary(text="The ferry ran once more."))
        assert article.text == TEXT
    reason = "its page can't be fetched (its server answers with status 500)"
    assert reasons(feed) == [f"{reason}: the page's earlier text stands for it"]


def give_owls(feed: FollowedFeed, title: str, sentence: str) -> None:
    head = (
        f'<title>{title}</title><meta name="author" content="Ann Lee"><meta name="date" content="2026-01-13">'
    )
    give_page(feed, "owls", page(head=head, body=f"<p>{sentence * 20}</p>"))


def test_a_sitemap_s_new_date_keeps_what_its_page_gave_until_it_is_read_again(feed: FollowedFeed) -> None:
    give_owls(feed, "Owl cafe shut", "Inspectors shut the cafe. ")
    feed.poll(body=sitemap(("https://harbour.example/owls", "2026-01-13")))
    [old] = feed.articles()
    assert (old.title, old.author) == ("Owl cafe shut", "Ann Lee")
    feed.web.pages["https://harbour.example/owls"] = "its server answers with status 503"
    for day in ("2026-01-14", "2026-01-15"):
        feed.poll(body=sitemap(("https://harbour.example/owls", day)))
        assert feed.articles() == [old]
    give_owls(feed, "Owl cafe closed", "Its owner closed the cafe. ")
    feed.poll(body=sitemap(("https://harbour.example/owls", "2026-01-15")))
    [new] = feed.articles()
    assert (new.title, new.text[:10]) == ("Owl cafe closed", "Its owner ")
    give_owls(feed, "Owl cafe to open", "Its owner opens the cafe. ")
    feed.poll(body=sitemap(("https://harbour.example/owls", "2026-01-15")))
    assert feed.articles()[0].title == "Owl cafe to open", "the page's own title is corrected too"


# Withdrawals


def test_a_page_that_is_gone_leaves_the_summary_while_the_feed_lists_it(feed: FollowedFeed) -> None:
    give_page(feed)
    give_page(feed, "tram", words("The tram stood."))
    feed.poll(summary(), summary("tram"))
    del feed.web.pages[FERRY]
    found = {one.id: one.text for one in feed.kept(summary(), summary("tram"))}
    assert found[FERRY] == "The ferry ran again."
    assert reasons(feed) == ["its page is gone (it was not found (404)): the feed's summary stands for it"]
    assert feed.source.taken_down() == frozenset()
    assert FERRY not in [one.id for one in feed.kept(summary("tram"))]
    assert FERRY in feed.source.taken_down()
    assert reasons(feed) == ["its page is gone (it was not found (404)): its article is removed"]
    found = {one.id: one.text for one in feed.kept(summary(), summary("tram"))}
    assert found[FERRY] == "The ferry ran again.", "the feed lists it again"
    give_page(feed)
    found = {one.id: one.text for one in feed.kept(summary(), summary("tram"), after=timedelta(days=1))}
    assert found[FERRY] == TEXT
    assert feed.problems() == []


@pytest.mark.parametrize("edited", [False, True])
def test_a_page_of_a_sitemap_that_is_gone_is_taken_down(feed: FollowedFeed, edited: bool) -> None:
    give_page(feed)
    feed.poll(body=sitemap((FERRY, "2026-01-13")))
    del feed.web.pages[FERRY]
    for _ in range(2):
        feed.poll(body=sitemap((FERRY, "2026-01-14" if edited else "2026-01-13")))
        assert feed.articles() == []
        assert FERRY in feed.source.taken_down()
        assert reasons(feed) == ["its page is gone (it was not found (404)): its article is removed"]
    give_page(feed)
    feed.poll(body=sitemap((FERRY, "2026-01-13")), after=timedelta(days=1))
    assert [one.text for one in feed.articles()] == [TEXT]
    assert feed.source.taken_down() == frozenset()


def test_a_page_that_is_gone_is_remembered_after_its_text_is_forgotten(feed: FollowedFeed) -> None:
    give_page(feed)
    feed.poll(summary())
    del feed.web.pages[FERRY]
    feed.poll(summary("tram"))
    feed.poll(summary("bus"), after=timedelta(days=30))
    assert FERRY in feed.source.taken_down()


def test_a_page_that_never_was_there_proves_no_withdrawal(feed: FollowedFeed) -> None:
    feed.poll(summary())
    assert reasons(feed) == [
        "its page can't be fetched (it was not found (404)): the feed's summary stands for it"
    ]
    assert FERRY in [one.id for one in feed.kept(summary("tram"))]
    assert feed.source.taken_down() == frozenset()
