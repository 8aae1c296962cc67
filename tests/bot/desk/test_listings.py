"""Counts and lists against a reading of every text, over a real index."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.answers.listing import ARTICLES_LISTED, Listing, Match
from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from bot.desk.listings import listing, listing_request, news
from corpus.article import Article
from retrieval.models.embedder import HashEmbedder
from retrieval.question.query import Query, make_query
from tests.bot.service.office import publish
from tests.fault.newsroom import QuickDisk
from tests.retrieval.snapshots import model_of

ASKED_AT = datetime(2026, 3, 5, tzinfo=UTC)
TOPICS = (
    "bridges",
    "the Elbe bridge",
    "ferries",
    "Mayor Okafor",
    "an Okafor of the mayor",
    "oil",
    "18 ferries",
)
OUTLETS = ("The Post", "The Times", "Harbour Gazette")
AUTHORS = ("Mina Okafor", "Jon Bell", None)
ROWS = [
    {
        "id": str(number),
        "title": f"Report {number}" if number % 3 else f"On {TOPICS[number % len(TOPICS)]}",
        "source": OUTLETS[number % 3],
        "author": AUTHORS[number % 2] if number % 5 else None,
        "published": f"2026-0{1 + number % 2}-{1 + number % 28:02}" if number % 7 else None,
        "text": f"Snow fell. Much was said of {TOPICS[number % len(TOPICS)]}. Then it was {number} o'clock.",
    }
    for number in range(60)
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk over two collections."""
    folder = tmp_path_factory.mktemp("lists")
    home = Home(folder / "home", QuickDisk())
    for name, rows in (("news", ROWS[:40]), ("board", ROWS[40:])):
        kept = [{key: value for key, value in row.items() if value} for row in rows]
        publish(home, name, kept, HashEmbedder())
    made = Desk(home, model_of(HashEmbedder()), print)
    made.open()
    return made


def asked(text: str, *collections: str, **limits: object) -> Query:
    return make_query(text, collections or ("board", "news"), asked_at=ASKED_AT, **limits)  # type: ignore[arg-type]


def listed(desk: Desk, query: Query, first: int = 0) -> Listing:
    request = listing_request(desk, query)
    assert request is not None, query.text
    return listing(desk, query, request, first)


def by_hand(desk: Desk, *patterns: str, **fields: str) -> list[Article]:
    """The articles that hold each of the patterns, and have these words in their fields, by reading them."""
    every = [one for collection in desk.collections.values() for one in collection.articles]
    found = [
        one
        for one in every
        if all(
            re.search(rf"\b{pattern}\b", f"{one.title}. {one.text}", re.IGNORECASE) for pattern in patterns
        )
        and all(words in str(getattr(one, name)) for name, words in fields.items())
    ]
    return sorted(found, key=lambda one: one.published.timestamp() if one.published else 0.0, reverse=True)


@pytest.mark.parametrize(
    ("text", "patterns", "fields", "match"),
    [
        ("how many articles mention bridges", ("bridges?",), {}, Match.PHRASE),
        ("how many articles mention the Elbe bridge", ("elbe bridges?",), {}, Match.PHRASE),
        ("how many articles mention ferry", ("ferr(?:y|ies)",), {}, Match.PHRASE),
        ("how many articles mention Mayor Okafor", ("mayor okafor",), {}, Match.PHRASE),
        ("how many articles mention okafor mayor", ("okafor", "mayor"), {}, Match.WORDS),
        ("how many articles mention Okafor and ferries", ("okafor", "ferr(?:y|ies)"), {}, Match.WORDS),
        ("how many articles mention oil or bridges", ("(?:oil|bridges?)",), {}, Match.ANY),
        ("articles about both oil and snow", ("oil", "snow"), {}, Match.WORDS),
        ("articles about oil vs snow", ("oil", "snow"), {}, Match.WORDS),
        ("how many Times articles mention oil", ("oil",), {"source": "The Times"}, Match.PHRASE),
        ("what happened in February 2026", (), {"published": "2026-02"}, Match.PHRASE),
        ("how many articles mention 18 ferries", ("18 ferries",), {}, Match.PHRASE),
        ("how many articles mention “bridge elbe”", ("bridge elbe",), {}, Match.PHRASE),
        ("how many articles mention Elbe Okafor", ("elbe okafor",), {}, Match.PHRASE),
        ("how many articles mention January", ("january",), {}, Match.PHRASE),
        ("how many articles mention volcanoes", ("volcano",), {}, Match.PHRASE),
        ("all articles by Mina Okafor", (), {"author": "Mina Okafor"}, Match.PHRASE),
        ("all articles by bell", (), {"author": "Bell"}, Match.PHRASE),
        ("articles by Okafor about oil", ("oil",), {"author": "Okafor"}, Match.PHRASE),
        ("list everything from The Times", (), {"source": "The Times"}, Match.PHRASE),
        ("list all stories about oil in February 2026", ("oil",), {"published": "2026-02"}, Match.PHRASE),
        (
            "list all Harbour Gazette articles since February",
            (),
            {"source": "Harbour", "published": "2026-02"},
            Match.PHRASE,
        ),
    ],
)
def test_counts_and_lists_are_what_reading_every_text_finds(
    desk: Desk, text: str, patterns: tuple[str, ...], fields: dict[str, str], match: Match
) -> None:
    expected = by_hand(desk, *patterns, **fields)
    found = listed(desk, asked(text))
    assert (found.count, found.match) == (len(expected), match)
    pages = [listed(desk, asked(text), first) for first in range(0, max(found.count, 1), ARTICLES_LISTED)]
    shown = [cited for page in pages for cited in page.cited]
    assert sorted(one.article_id for one in shown) == sorted(one.id for one in expected)
    dates = [one.published.timestamp() if one.published else 0.0 for one in shown]
    assert dates == sorted(dates, reverse=True)
    assert [len(page.cited) for page in pages[:-1]] == [ARTICLES_LISTED] * (len(pages) - 1)
    assert all(quote.verbatim for quote in found.opening)
    assert [one.article.id for one in found.opening] == [one.article_id for one in found.cited[:3]]


def test_a_list_is_of_the_collections_and_sources_that_are_searched_alone(desk: Desk) -> None:
    every, board = listed(desk, asked("list all articles")), listed(desk, asked("list all articles", "board"))
    assert (every.count, board.count) == (60, 20)
    assert {one.collection for one in board.cited} == {"board"}
    times = frozenset({"The Times"})
    assert listed(desk, asked("list all articles", sources=times)).count == len(by_hand(desk, source="Times"))
    assert listed(desk, asked("list all articles by The Post", sources=times)).count == 0


def test_where_there_is_nothing_it_is_said_what_there_is_besides(desk: Desk) -> None:
    none = listed(desk, asked("articles about oil since 1 March 2026"))
    assert (none.count, none.otherwise) == (0, len(by_hand(desk, "oil")))
    assert none.newest == by_hand(desk, "oil")[0].published
    nobody = listed(desk, asked("articles by Nobody Known"))
    assert (nobody.count, nobody.byline, nobody.otherwise) == (0, "Nobody Known", 0)
    nothing = listed(desk, asked("how many articles mention volcanoes"))
    assert (nothing.count, nothing.otherwise, nothing.searched.articles) == (0, 0, 60)


def test_the_news_are_the_newest_and_of_no_topic_that_no_article_has(desk: Desk) -> None:
    def newest(text: str) -> list[str] | None:
        query = asked(text)
        request = listing_request(desk, query)
        assert request is not None
        quotes = news(desk, query, request, 3)
        if quotes is None:
            return None
        assert len(quotes) == 3 or "oil" in text
        others = [cited.article_id for quote in quotes for cited in quote.reported_by]
        return [*(quote.article.id for quote in quotes), *others]

    dated = [one.id for one in by_hand(desk)]
    told = newest("what's new")
    assert told
    assert sorted(told, key=dated.index) == dated[: len(told)]
    assert told[0] == dated[0]
    assert newest("any news about volcanoes?") is None
    assert newest("news from The Post") is None
    assert newest("how many articles mention oil") is None
    about = newest("any news about oil?")
    assert about
    assert set(about) <= {one.id for one in by_hand(desk, "oil")}


def test_articles_with_the_words_that_are_left_out_are_not_listed(desk: Desk) -> None:
    def left(text: str) -> tuple[str, str, int]:
        found = listed(desk, asked(text))
        assert all(not re.search(r"\boil\b|18 ferr", quote.article.text) for quote in found.opening)
        return found.subject, found.without, found.count

    ferries = len(by_hand(desk, "ferr(?:y|ies)"))
    others = ferries - len(by_hand(desk, "18 ferries"))
    assert 0 < others < ferries
    assert left("articles about ferries but not 18 ferries") == ("ferries", "18 ferries", others)
    assert left("how many articles mention ferries without oil or 18 ferries") == (
        *("ferries", "oil or 18 ferries"),
        others,
    )
    assert left("any news about ferries except 18 ferries?") == ("ferries", "18 ferries", others)
    assert left("articles about snow excluding snow") == ("snow", "snow", 0)
    later = listed(desk, asked("articles about ferries but not 18 ferries since 1 March 2026"))
    assert (later.count, later.otherwise) == (0, others)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("articles about oil not from The Post", lambda row: row["source"] != "The Post"),
        ("oil news, but not by Mina Okafor", lambda row: row["author"] != "Mina Okafor"),
        (
            "articles about oil, excluding February 2026",
            lambda row: "2026-02" not in (row["published"] or ""),
        ),
        (
            "how many articles about oil are not from The Post or The Times?",
            lambda row: row["source"] == "Harbour Gazette",
        ),
    ],
)
def test_whose_articles_are_left_out_is_not_listed(
    desk: Desk, text: str, kept: Callable[[dict[str, Any]], bool]
) -> None:
    oil = [row for row in ROWS if "oil" in str(row["text"])]
    left = [row for row in oil if kept(row)]
    assert 0 < len(left) < len(oil)
    found = listed(desk, asked(text))
    assert (found.subject, found.count, found.otherwise) == ("oil", len(left), 0)
    assert {one.article_id for one in found.cited} <= {str(row["id"]) for row in left}


def test_the_outlets_and_authors_of_a_subject_are_counted(desk: Desk) -> None:
    oil = [row for row in ROWS if "oil" in str(row["text"])]
    outlets = listed(desk, asked("which outlets wrote about oil?"))
    assert dict(outlets.counted) == Counter(row["source"] for row in oil)
    authors = listed(desk, asked("who has written about oil?"))
    assert dict(authors.counted) == Counter(row["author"] for row in oil if row["author"])
    assert [count for _, count in authors.counted] == sorted(dict(authors.counted).values(), reverse=True)
    assert listed(desk, asked("articles about oil")).counted == ()


@pytest.mark.parametrize("subject", ["oil or ferries", "a ferry or oil"])
def test_one_of_two_subjects_is_enough(desk: Desk, subject: str) -> None:
    either = [row for row in ROWS if re.search(r"\boil\b|\bferr(?:y|ies)\b", str(row["text"]))]
    assert listed(desk, asked(f"articles about {subject}")).count == len(either)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("articles about the WBO", 2),
        ("articles about W.B.O.", 2),
        ("articles about the W.B.O. title", 2),
        ("articles about wbo", 1),
        ("articles about W.B.C.", 0),
    ],
)
def test_an_abbreviation_is_found_with_and_without_full_stops(tmp_path: Path, text: str, count: int) -> None:
    home = Home(tmp_path / "home", QuickDisk())
    texts = ("She holds the WBO title.", "The W.B.O. title is hers.", "A boxer with some other belt spoke.")
    publish(home, "news", [{"id": str(at), "text": one} for at, one in enumerate(texts)], HashEmbedder())
    desk = Desk(home, model_of(HashEmbedder()), print)
    desk.open()
    assert listed(desk, asked(text, "news")).count == count


def test_words_that_an_article_has_one_after_the_other_leave_nothing_out(tmp_path: Path) -> None:
    home = Home(tmp_path / "home", QuickDisk())
    row = {"id": "1", "published": "2026-02-01", "text": "He was sentenced to life without parole."}
    publish(home, "news", [row], HashEmbedder())
    desk = Desk(home, model_of(HashEmbedder()), print)
    desk.open()
    for text in ("articles about life without parole", "articles about life without parole since March"):
        found = listed(desk, asked(text, "news"))
        assert (found.subject, found.without) == ("life without parole", "")


def test_what_happened_when_nothing_was_published_is_searched(desk: Desk) -> None:
    assert listing_request(desk, asked("what happened in February 2026")) is not None
    assert listing_request(desk, asked("what happened in 1969")) is None
    on_a_day = "what happened on 28 February 2026"
    assert listing_request(desk, asked(on_a_day)) is not None
    assert listing_request(desk, asked(on_a_day, sources=frozenset({"Harbour Gazette"}))) is None


def test_as_many_are_listed_as_are_wanted_and_from_the_oldest_on_if_so(desk: Desk) -> None:
    newest, oldest = listed(desk, asked("last 2 articles")), listed(desk, asked("2 oldest articles"))
    dated = [one for one in by_hand(desk) if one.published]
    assert [one.published for one in newest.cited] == [one.published for one in dated[:2]]
    assert [one.published for one in oldest.cited] == [one.published for one in dated[:-3:-1]]
    assert (newest.count, newest.oldest, oldest.oldest) == (60, False, True)
    more = listed(desk, asked("last 2 articles"), newest.after)
    assert [one.published for one in more.cited] == [one.published for one in dated[2 : 2 + ARTICLES_LISTED]]
    assert listed(desk, asked("oldest articles"), 59).cited[0].published is None


def test_what_is_taken_as_asked_is_no_list(desk: Desk) -> None:
    query = asked("how many articles mention oil")
    assert listing_request(desk, replace(query, as_asked=True)) is None
    assert listing_request(desk, asked("How many people were hurt?")) is None


def test_those_that_only_mention_the_subject_come_last_and_words_apart_are_listed(tmp_path: Path) -> None:
    home = Home(tmp_path / "home", QuickDisk())
    boats = " ".join(f"Boat {number} came." for number in range(30))
    texts = {
        "old": ("Storms in Jylland", "It rained."),
        "apart": ("Jylland has storms", "It rained."),
        "aside": ("Boats", f"{boats} Storms in Jylland sank one."),
    }
    rows = [
        {"id": key, "title": title, "published": f"2026-02-0{day}", "text": text}
        for day, (key, (title, text)) in enumerate(texts.items(), 1)
    ]
    publish(home, "news", rows, HashEmbedder())
    desk = Desk(home, model_of(HashEmbedder()), print)
    desk.open()

    def told(text: str) -> tuple[list[str], int, Match]:
        found = listed(desk, asked(text, "news"))
        return [one.article_id for one in found.cited], found.about, found.match

    assert told("articles about storms in Jylland") == (["apart", "old", "aside"], 2, Match.ABOUT)
    assert told("oldest articles about storms in Jylland")[0] == ["old", "apart", "aside"]
    assert told("how many articles mention storms in Jylland") == (["old", "aside"], 1, Match.PHRASE)
    assert told("articles about boats")[1:] == (1, Match.PHRASE)
    request = listing_request(desk, asked("latest on boat 7", "news"))
    assert request
    assert news(desk, asked("latest on boat 7", "news"), request, 3) is None
