"""Feeds as sources: which article an entry is, what stays, and where the whole text comes from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.errors import UnreadableSource
from corpus.problem import Problem
from corpus.sources.feed_source import FeedSource
from corpus.sources.full_text import MAX_ATTEMPTS, PageLimits
from corpus.sources.known_item import FEED_ENDING, from_bytes
from corpus.sources.source import Extent, PollResult, Remaining
from corpus.sources.sources import Sources
from corpus.web.fetch_cache import FetchCache
from corpus.web.fetcher import CannedFetcher, Fetched, RetryLater, Validators
from corpus.web.known_pages import ArticleName
from tests.corpus.feeds import LONG, atom, item, rss, sitemap
from tests.corpus.pages import TEXT, page
from tests.fault.newsroom import QuickDisk

FEED = "https://harbour.example/feed"
START = datetime(2026, 1, 14, 9, tzinfo=UTC)


class FollowedFeed:
    """One feed, what it holds, and what is kept of it, as time goes by."""

    def __init__(self, folder: Path) -> None:
        self.cache = FetchCache(folder, QuickDisk())
        self.web = CannedFetcher({})
        self.now = START
        self.pages = PageLimits()

    @property
    def source(self) -> FeedSource:
        return FeedSource(FEED, self.cache, page_limits=self.pages, clock=lambda: self.now)

    def poll(
        self, *items: str, body: bytes = b"", after: timedelta = timedelta(hours=2), tag: str | None = None
    ) -> PollResult:
        """Let time pass, let the feed hold these items, poll it, and keep what came of it."""
        self.now += after
        validators = Validators(tag)
        self.web.pages[FEED] = Fetched(
            FEED, body or rss(*items), "application/rss+xml", validators=validators, max_age=60
        )
        poll = self.source.poll(self.web)
        if poll.copy:
            self.cache.put(poll.copy)
        return poll

    def kept(self, *items: str, **options: timedelta) -> list[Article]:
        """The articles after such a poll."""
        poll = self.poll(*items, **options)  # type: ignore[arg-type]
        assert poll.failure is None, poll.failure
        return self.articles()

    def articles(self) -> list[Article]:
        return [one for _, one in self.source.read("board") if isinstance(one, Article)]

    def problems(self) -> list[Problem]:
        return [one for _, one in self.source.read("board") if isinstance(one, Problem)]


@pytest.fixture
def feed(tmp_path: Path) -> FollowedFeed:
    return FollowedFeed(tmp_path)


def story(title: str = "Ferry", link: str = "/ferry", guid: str = "1", text: str = "", date: str = "") -> str:
    """An item with a whole article; its text begins with what is given."""
    return item(title, link, guid, f"{text or title} and so on. {LONG}", date)


def ids(articles: Sequence[Article]) -> list[str]:
    return [article.id for article in articles]


# What it gives


def test_each_entry_is_an_article_under_its_address(feed: FollowedFeed) -> None:
    [article] = feed.kept(story(link="/ferry?utm_source=rss&id=7#top", date="Wed, 14 Jan 2026 09:00:00 GMT"))
    assert article.id == article.url == "https://harbour.example/ferry?id=7"
    assert (article.title, article.source, article.collection) == ("Ferry", "The Harbour Post", "board")
    assert article.published == datetime(2026, 1, 14, 9, tzinfo=UTC)
    assert feed.web.asked == [FEED], "its pages are not asked for where it has all of the text"
    assert feed.source.extent is Extent.WINDOW


@pytest.mark.parametrize(
    "body",
    [
        rss(item("Ferry", "/ferry", "1", LONG, "Tue, 05 Nov 2024 22:30:00 -0500")),
        rss(item("Ferry", "/ferry", "1", LONG, "Tue, 05 Nov 2024 22:30:00 EST")),
        atom(
            f"<entry><title>Ferry</title><id>1</id><link href='/ferry'/><content>{LONG}</content>"
            "<published>2024-11-05T22:30:00-05:00</published></entry>"
        ),
    ],
)
def test_the_day_of_an_entry_is_the_one_in_its_feed(feed: FollowedFeed, body: bytes) -> None:
    feed.poll(body=body)
    (article,) = feed.articles()
    assert article.to_row()["published"] == "2024-11-05T22:30:00-05:00"


def test_what_is_kept_is_opened_as_a_feed_again(feed: FollowedFeed) -> None:
    feed.poll(story())
    assert isinstance(Sources(feed.cache).fetched(FEED), FeedSource)
    assert isinstance(Sources(feed.cache).open(FEED), FeedSource)


def test_what_has_not_changed_is_not_read_again(feed: FollowedFeed) -> None:
    feed.poll(story(), tag='"1"')
    before = feed.cache.get(FEED)
    poll = feed.poll(story("Other"), tag='"1"')
    assert before
    assert poll.copy
    assert poll.copy.body == before.body
    assert poll.copy.fetched == before.fetched + timedelta(hours=2)
    assert feed.web.sent == [FEED]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!doctype html><html><body><form>Sign in</form></body></html>", "no feed but a web page"),
        (b"<rss><channel>" + b"<a>" * 1000, "deep"),
        (b"", "neither"),
        (b"\x1f\x8bbroken", ""),
    ],
)
def test_a_feed_that_holds_something_else_keeps_what_it_held(
    feed: FollowedFeed, body: bytes, reason: str
) -> None:
    old = feed.kept(story())
    feed.web.pages[FEED] = Fetched(FEED, body, "text/html")
    poll = feed.source.poll(feed.web)
    assert poll.copy is None
    assert reason in str(poll.failure)
    assert feed.articles() == old


def test_a_feed_that_is_gone_keeps_its_articles(feed: FollowedFeed) -> None:
    old = feed.kept(story())
    del feed.web.pages[FEED]
    poll = feed.source.poll(feed.web)
    assert poll.copy is None
    assert "it was not found (404)" in str(poll.failure)
    assert feed.articles() == old


def test_a_feed_without_a_copy_or_an_entry_is_refused(feed: FollowedFeed) -> None:
    with pytest.raises(UnreadableSource, match="not fetched yet"):
        list(feed.source.read("board"))
    assert "no entry" in str(feed.poll().failure)


def test_a_sitemap_of_old_pages_alone_says_so(feed: FollowedFeed) -> None:
    old = sitemap(("https://harbour.example/a", "2025-01-01"))
    assert "is of the last 14 days, and older ones are not fetched" in str(feed.poll(body=old).failure)


def damage(feed: FollowedFeed) -> None:
    copy = feed.cache.get(FEED)
    assert copy
    feed.cache.put(replace(copy, body=b"{}\n{broken"))


def test_a_damaged_memory_is_said_and_the_next_poll_replaces_it(feed: FollowedFeed) -> None:
    old = feed.kept(story())
    damage(feed)
    with pytest.raises(UnreadableSource, match="not what is kept"):
        feed.articles()
    assert feed.kept(story()) == old


def test_a_damaged_memory_may_hold_an_article_that_is_taken_out(feed: FollowedFeed) -> None:
    [one] = feed.kept(story())
    damage(feed)
    assert feed.source.remove_article("board", ArticleName(one.id)) is Remaining.UNTOUCHED
    assert feed.cache.get(FEED) is None


def test_an_article_is_taken_out_with_its_text_and_stays_out(feed: FollowedFeed) -> None:
    one, two = feed.kept(story("Ferry", "/1", "1", "A secret"), story("Tram", "/2", "2"))
    assert feed.source.remove_article("board", ArticleName("nothing")) is Remaining.UNTOUCHED
    assert feed.source.remove_article("board", ArticleName(one.id)) is Remaining.OTHERS
    assert feed.articles() == [two]
    copy = feed.cache.get(FEED)
    assert copy
    assert b"secret" not in copy.body
    assert feed.kept(story("Ferry", "/1", "1", "A secret"), story("Tram", "/2", "2")) == [two]
    feed.source.drop()
    assert feed.cache.get(FEED) is None


# Which article it is


def test_a_guid_that_changes_at_every_fetch_makes_no_other_article(feed: FollowedFeed) -> None:
    first = feed.kept(story(guid="1"))
    assert feed.kept(story(guid="2")) == first
    assert feed.kept(story(guid="3", text="Corrected"))[0].id == first[0].id
    assert len(feed.articles()) == 1


def test_a_guid_that_changes_where_there_is_no_link_is_told_by_its_text(feed: FollowedFeed) -> None:
    first = feed.kept(story(link="", guid="1"))
    assert feed.kept(story(link="", guid="2")) == first
    [edited] = feed.kept(story(link="", guid="3", text="Corrected"))
    assert edited.id == first[0].id
    assert edited.text.startswith("Corrected")


def test_one_guid_for_several_entries_joins_none(feed: FollowedFeed) -> None:
    several = [story(title, f"/{title}", "same") for title in ("Ferry", "Tram", "Bridge")]
    assert len(feed.kept(*several)) == 3
    without_links = [story(title, "", "same", f"{title * 30}") for title in ("Ferry", "Tram", "Bridge")]
    found = feed.kept(*without_links)
    assert len(set(ids(found))) == len(found)
    assert ids(feed.kept(*without_links)) == ids(found)


def test_a_guid_that_is_used_again_years_later_is_another_article(feed: FollowedFeed) -> None:
    [old] = feed.kept(story("Ferry", "/2024/ferry", "1"))
    text = "The orchestra plays Bruckner tonight, and tickets are sold out. " * 30
    articles = feed.kept(item("Concert", "/2026/concert", "1", text), after=timedelta(days=6))
    assert ids(articles) == ["https://harbour.example/2026/concert", old.id]


def test_one_link_for_all_entries_joins_none(feed: FollowedFeed) -> None:
    for link in ("/", "/live", "https://harbour.example"):
        found = feed.kept(
            *(story(title, link, f"{title}{link}") for title in ("Ferry", "Tram")), after=timedelta(days=8)
        )
        assert len(set(ids(found))) >= 2
    entries = [story("Ferry", "/", "a"), story("Tram", "/", "b")]
    assert ids(feed.kept(*entries))[:2] == ids(feed.kept(*entries))[:2]


def test_the_same_entry_twice_is_one_article(feed: FollowedFeed) -> None:
    assert len(feed.kept(story(), story())) == 1
    assert len(feed.kept(story(), story(text="Corrected"))) == 1, "one guid and one link: the first counts"


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("https://harbour.example/?p=7&preview=true&preview_id=7&preview_nonce=ab12", "/?p=7"),
        ("http://www.harbour.example/ferry/", "https://harbour.example/ferry"),
        ("/ferry?utm_campaign=a&utm_medium=rss", "/ferry?utm_campaign=b"),
    ],
)
def test_a_link_that_is_written_otherwise_is_the_same(feed: FollowedFeed, first: str, then: str) -> None:
    [old] = feed.kept(story(link=first, guid=f"https://harbour.example/?p=7&preview_nonce={len(first)}"))
    assert ids(feed.kept(story(link=then, guid="x"))) == [old.id]


def test_a_headline_that_changes_with_its_address_is_the_same_article(feed: FollowedFeed) -> None:
    [old] = feed.kept(story("Ferry to stop", "/ferry-to-stop", "7"))
    [new] = feed.kept(story("Ferry has stopped", "/ferry-has-stopped", "7"))
    assert (new.id, new.url, new.title) == (
        old.id,
        "https://harbour.example/ferry-has-stopped",
        "Ferry has stopped",
    )


@pytest.mark.parametrize("guid", ["1", "https://harbour.example/ferry"])
def test_a_feed_that_changes_its_addresses_and_names_keeps_its_articles(
    feed: FollowedFeed, guid: str
) -> None:
    old = feed.kept(
        story("Ferry", "https://feeds.example/~r/7", "1"), story("Tram", "https://feeds.example/8")
    )
    new = feed.kept(story("Ferry", "/ferry", guid), story("Tram", "/tram", "another"))
    assert ids(new) == ids(old)
    assert [one.url for one in new] == ["https://harbour.example/ferry", "https://harbour.example/tram"]


def test_entries_without_a_name_or_a_link_are_told_by_what_they_say(feed: FollowedFeed) -> None:
    entries = [story("Ferry", "", ""), story("Tram", "", "", "Elsewhere")]
    first = feed.kept(*entries)
    assert feed.kept(*reversed(entries)) == first[::-1]
    briefing = "A new day with other news about quite another matter in town. " * 30
    [one, *others] = feed.kept(item("Ferry", "", "", briefing))
    assert one.id not in ids(first), "a title alone makes no two texts one article"
    assert len(others) == 2


def test_a_text_that_recurs_at_other_addresses_is_another_article(feed: FollowedFeed) -> None:
    days = [f"{day:02d} Jan 2026 09:00:00 GMT" for day in (7, 14)]
    [one] = feed.kept(story("Watch live", "/live/1", "1", date=days[0]))
    two = feed.kept(story("Watch live", "/live/2", "2", date=days[1]))
    assert ids(two) == ["https://harbour.example/live/2", one.id]


def test_dates_that_move_with_every_fetch_move_no_article(feed: FollowedFeed) -> None:
    [first] = feed.kept(story(date="Wed, 14 Jan 2026 09:00:00 GMT"))
    [again] = feed.kept(story(date="Wed, 14 Jan 2026 11:00:00 GMT"))
    assert again == first
    [edited] = feed.kept(story(date="Wed, 14 Jan 2026 13:00:00 GMT", text="Corrected"))
    assert edited.published == datetime(2026, 1, 14, 13, tzinfo=UTC)
    [undated] = feed.kept(story(text="Corrected again"))
    assert undated.published == edited.published


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "//evil.example/a", f"/{'a' * 10_000}", "ftp://a.example/"]
)
def test_a_link_that_nobody_may_follow_is_dropped(feed: FollowedFeed, link: str) -> None:
    [article] = feed.kept(story(link=link))
    assert article.url is None
    assert article.id.startswith("harbour.example#")
    assert ids(feed.kept(story(link=link))) == [article.id]


# What is remembered, and for how long


def test_what_left_the_feed_is_known_again_and_its_text_is_forgotten(feed: FollowedFeed) -> None:
    [old] = feed.kept(story("Ferry", "/ferry", "1"))
    assert ids(feed.kept(story("Tram", "/tram", "2"))) == ["https://harbour.example/tram", old.id]
    assert len(feed.kept(story("Tram", "/tram", "2"), after=timedelta(days=30))) == 2, (
        "nothing new, nothing done"
    )
    assert len(feed.kept(story("Bus", "/bus", "3"))) == 2
    copy = feed.cache.get(FEED)
    assert copy
    known = from_bytes(copy.body)
    assert copy.ending == FEED_ENDING
    assert [bool(one.fields) for one in known.items] == [True, True, False]
    feed.kept(story("Ferry", "/other", "1"), after=timedelta(days=300))
    assert known.items[-1].id in [one.id for one in from_bytes(feed.cache.get(FEED).body).items]  # type: ignore[union-attr]
    feed.poll(story("Last", "/last", "9"), after=timedelta(days=500))
    assert len(from_bytes(feed.cache.get(FEED).body).items) == 1  # type: ignore[union-attr]


def test_a_clock_that_is_set_back_forgets_nothing(feed: FollowedFeed) -> None:
    feed.kept(story("Ferry", "/ferry", "1"))
    found = feed.kept(story("Tram", "/tram", "2"), after=timedelta(days=-365))
    assert len(found) >= 1
    again = feed.kept(story("Ferry", "/ferry", "1"), story("Tram", "/tram", "2"), after=timedelta(days=366))
    assert set(ids(again)) == {"https://harbour.example/ferry", "https://harbour.example/tram"}


# The whole text


def summary(name: str = "ferry", text: str = "The ferry ran again.") -> str:
    return item(name.title(), f"/{name}", name, text)


def words(sentence: str) -> str:
    """A page that says the sentence many times."""
    return page(body=f"<p>{f'{sentence} ' * 30}</p>")


def give_page(feed: FollowedFeed, name: str = "ferry", body: str = "", tag: str | None = None) -> str:
    address = f"https://harbour.example/{name}"
    html = body or page(head='<meta name="author" content="Ann Lee"><meta name="date" content="2026-01-13">')
    feed.web.pages[address] = Fetched(address, html.encode(), "text/html", validators=Validators(tag))
    return address


def test_the_text_of_a_summary_is_the_page_s(feed: FollowedFeed) -> None:
    address = give_page(feed)
    [article] = feed.kept(summary())
    assert (article.id, article.title, article.text) == (address, "Ferry", TEXT)
    assert (article.author, article.source) == ("Ann Lee", "The Harbour Post")
    assert article.published == datetime(2026, 1, 13, tzinfo=UTC)
    assert feed.web.asked == [FEED, address]
    feed.kept(summary(), after=timedelta(minutes=30))
    assert feed.web.asked == [FEED, address, FEED], "once an hour is enough"


def test_a_page_that_can_t_be_had_leaves_the_summary_and_says_so(feed: FollowedFeed) -> None:
    feed.web.pages["https://harbour.example/ferry"] = "its server answers with status 500"
    for tried in range(1, MAX_ATTEMPTS + 2):
        [article] = feed.kept(summary())
        assert article.text == "The ferry ran again."
        assert feed.web.asked.count("https://harbour.example/ferry") == min(tried, MAX_ATTEMPTS)
    [problem] = feed.problems()
    assert problem.reason == (
        "its page can't be fetched (its server answers with status 500): the feed's summary stands for it"
    )
    assert (problem.refused, problem.count) == (False, 1)
    give_page(feed)
    [article] = feed.kept(summary(text="The ferry ran again, and again."))
    assert article.text == TEXT, "what the feed calls changed is asked for again"


def test_a_page_that_is_gone_or_holds_less_leaves_the_summary(feed: FollowedFeed) -> None:
    give_page(feed, "tram", "<html><body><p>Hi</p></body></html>")
    give_page(feed, "long")
    long = "The summary says far more than the page does. " * 20
    found = feed.kept(summary(), summary("tram", "The tram stood."), summary("long", long))
    assert [one.text for one in found] == ["The ferry ran again.", "The tram stood.", long.strip()]


def test_an_entry_without_any_text_is_an_article_once_its_page_is_there(feed: FollowedFeed) -> None:
    feed.web.pages["https://harbour.example/ferry"] = "its server answers with status 500"
    assert feed.kept(summary(text="")) == []
    assert "there is no text of it yet" in feed.problems()[0].reason
    give_page(feed)
    assert [one.text for one in feed.kept(summary(text=""))] == [TEXT]


def test_pages_are_fetched_a_few_at_a_visit_the_newest_first(feed: FollowedFeed) -> None:
    feed.pages = PageLimits(count=2, checks=0)
    names = ["one", "two", "three", "four", "five"]
    for name in names:
        give_page(feed, name, words(f"It is number {name}."))
    entries = [summary(name) for name in names]
    assert feed.poll(*entries, tag='"1"').copy.waiting == 3  # type: ignore[union-attr]
    assert feed.poll(tag='"1"').copy.waiting == 1  # type: ignore[union-attr]
    assert feed.poll(tag='"1"').copy.waiting == 0  # type: ignore[union-attr]
    assert feed.web.sent[0] == FEED
    assert [address.rpartition("/")[2] for address in feed.web.sent[1:]] == names
    feed.pages = PageLimits(seconds=0)
    give_page(feed, "six")
    assert feed.poll(summary("six")).copy.waiting == 1  # type: ignore[union-attr]


def test_a_site_that_wants_to_be_left_alone_is(feed: FollowedFeed) -> None:
    feed.web.pages["https://harbour.example/one"] = RetryLater(
        "https://harbour.example/one", "status 429", 60
    )
    give_page(feed, "two")
    poll = feed.poll(summary("one"), summary("two"))
    assert poll.copy
    assert poll.copy.waiting == 2
    assert feed.web.asked == [FEED, "https://harbour.example/one"]


def test_an_edit_of_a_summary_fetches_its_page_again_and_loses_no_text_meanwhile(feed: FollowedFeed) -> None:
    address = give_page(feed, tag='"1"')
    feed.kept(summary())
    feed.web.pages[address] = "its server answers with status 500"
    [article] = feed.kept(summary(text="The ferry ran once more."))
    assert article.text == TEXT
    give_page(feed, body=words("The ferry ran once more, says the harbour."))
    [article] = feed.kept(summary(text="The ferry ran once more."))
    assert article.text.startswith("The ferry ran once more, says")


# Sitemaps


def give_sitemap(feed: FollowedFeed, *pages: tuple[str, str]) -> PollResult:
    return feed.poll(body=sitemap(*pages))


def test_a_sitemap_s_newest_pages_are_articles(feed: FollowedFeed) -> None:
    pages = [("https://harbour.example/new", "2026-01-14"), ("https://harbour.example/old", "2024-01-01")]
    give_page(feed, "new")
    give_page(feed, "old")
    give_sitemap(feed, *pages)
    [article] = feed.articles()
    assert (article.id, article.text) == ("https://harbour.example/new", TEXT)
    assert article.published == datetime(2026, 1, 13, tzinfo=UTC), "a date of change is none of publication"


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (["2026-01-14"] * 3, None),
        (["2026-01-14", "2024-01-01", ""], "2 of the 3 pages that it lists are left out: only the newest of "
         "the last 14 days are fetched, at most 200"),
        (["2026-01-14"] * 203, "3 of the 203 pages that it lists are left out"),
        ([""] * 2005, "1,805 of the 2,005 pages that it lists are left out: only the first are fetched"),
    ],
)  # fmt: skip
def test_what_is_left_out_of_a_sitemap_is_said(
    feed: FollowedFeed, dates: list[str], said: str | None
) -> None:
    pages = [(f"https://harbour.example/{number}", date) for number, date in enumerate(dates)]
    give_sitemap(feed, *pages)
    reasons = [one.reason for _, one in feed.source.read("news") if isinstance(one, Problem)]
    found = [reason for reason in reasons if "left out" in reason]
    assert len(found) == (said is not None)
    assert not said or said in found[0]


def test_an_index_leads_to_its_newest_sitemaps_and_to_none_twice(feed: FollowedFeed) -> None:
    parts = {f"https://harbour.example/{number}.xml": f"2026-01-{number:02d}" for number in range(1, 10)}
    for address, date in parts.items():
        name = address.rpartition("/")[2]
        give_page(feed, name[0], words(f"It is number {name}."))
        body = sitemap((f"https://harbour.example/{name[0]}", date))
        feed.web.pages[address] = Fetched(
            address, body, "application/xml", validators=Validators(f'"{name}"')
        )
    index = sitemap((FEED, "2026-02-01"), *parts.items(), root="sitemapindex", each="sitemap")
    feed.poll(body=index)
    said = [one.reason for _, one in feed.source.read("news") if isinstance(one, Problem)]
    assert "only the newest 5 of the 10 sitemaps that it lists are read" in said
    assert len(feed.articles()) == 4, "five parts are read, of which one is the index itself"
    asked = len(feed.web.sent)
    feed.pages = PageLimits(checks=0)
    feed.poll(body=index)
    assert len(feed.web.sent) <= asked + 2
    assert len(feed.articles()) == 4


def test_an_index_of_nothing_that_can_be_had_is_refused(feed: FollowedFeed) -> None:
    index = sitemap(("https://harbour.example/1.xml", ""), root="sitemapindex", each="sitemap")
    assert "404" in str(feed.poll(body=index).failure)


def test_atom_is_followed_like_rss(feed: FollowedFeed) -> None:
    entry = (
        "<entry><id>tag:1</id><title>Ferry</title><link href='/ferry'/>"
        f"<updated>2026-01-14T09:00:00Z</updated><content type='html'>{LONG}</content></entry>"
    )
    feed.poll(body=atom(entry))
    [article] = feed.articles()
    assert article.published == START
