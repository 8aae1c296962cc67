"""What is newest and which sources there are, over real indexes with the one real model of the session."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.corpus_admin.home import Home
from bot.desk.browse import LEAD, latest, opening, sources
from bot.desk.desk import Desk
from retrieval.collection.source_counts import SourceCount
from retrieval.models.model import Model
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.question.query import Query, make_query
from tests.bot.service.office import publish
from tests.fault.newsroom import QuickDisk, no_progress
from tests.retrieval.snapshots import model_of

ARTICLES: list[dict[str, str]] = [
    {
        "id": "ferry",
        "source": "The Post",
        "published": "2026-02-12",
        "text": "The ferry across the Elbe runs every hour. It is full of people.",
    },
    {
        "id": "bridge-old",
        "source": "The Post",
        "published": "2026-01-05",
        "text": "The Elbe bridge was painted green. The paint on the bridge will last ten years.",
    },
    {
        "id": "bridge-new",
        "source": "The Times",
        "published": "2026-02-10",
        "text": "Snow fell for days. The Elbe bridge was closed after the storm. Its cables are rusty.",
    },
    {
        "id": "election",
        "source": "the post",
        "published": "2026-03-01",
        "text": "The mayor won the election in the city with nine votes more than her rival.",
    },
    {"id": "undated", "source": "The Times", "text": "The Elbe bridge is older than anybody knows."},
    {
        "id": "long",
        "source": "Gazette",
        "published": "2025-12-24",
        "text": " ".join(
            f"Sentence {number} of the council's budget for the schools." for number in range(40)
        ),
    },
]
BOARD = [
    {"id": "ferry", "source": "Board", "published": "2026-02-11", "text": "The board met about the ferry."}
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, minilm: OnnxEmbedder) -> Home:
    """A home that no test changes."""
    folder = tmp_path_factory.mktemp("library")
    made = Home(folder / "home", QuickDisk())
    for collection, rows in (("news", ARTICLES), ("board", BOARD)):
        publish(made, collection, [{"title": row["id"], **row} for row in rows], minilm)
    return made


@pytest.fixture(scope="module")
def desk(library: Home, minilm: OnnxEmbedder) -> Desk:
    return open_at(library, minilm)


@pytest.fixture
def own(library: Home, minilm: OnnxEmbedder, tmp_path: Path) -> Desk:
    """A desk whose corpus the test may change."""
    shutil.copytree(library.root, tmp_path / "home")
    return open_at(Home(tmp_path / "home", QuickDisk()), minilm)


def open_at(home: Home, minilm: OnnxEmbedder) -> Desk:
    desk = Desk(home, Model(minilm, minilm.vocabulary), pytest.fail)
    desk.open()
    return desk


def asking(text: str = "news", *collections: str, **filters: object) -> Query:
    return make_query(text, collections or ("news",), **filters)  # type: ignore[arg-type]


def ids(desk: Desk, query: Query, limit: int = 5, *, topic: bool = False) -> list[str]:
    """The articles, each quoted in its own words."""
    quotes = latest(desk, query, limit, topic=topic)
    assert all(quote.verbatim for quote in quotes)
    return [quote.article.id for quote in quotes]


def withdraw(desk: Desk, article_id: str) -> None:
    desk._home.withdrawn.add("news", article_id)
    desk.reload(progress=no_progress)


# Sources


def test_sources_are_counted_the_largest_first_and_compared_without_case(desk: Desk) -> None:
    assert sources(desk.held(("news",))) == [
        SourceCount("The Post", 3, datetime(2026, 3, 1, tzinfo=UTC)),
        SourceCount("The Times", 2, datetime(2026, 2, 10, tzinfo=UTC)),
        SourceCount("Gazette", 1, datetime(2025, 12, 24, tzinfo=UTC)),
    ]


def test_sources_of_several_collections_are_counted_together(desk: Desk) -> None:
    assert [count.name for count in sources(desk.held(("news", "board")))] == [
        "The Post",
        "The Times",
        "Board",
        "Gazette",
    ]
    assert sources([]) == []


def test_a_withdrawn_article_is_neither_counted_nor_the_latest(own: Desk) -> None:
    for article_id in ("election", "long", "bridge-new"):
        withdraw(own, article_id)
    assert sources(own.held(("news",))) == [
        SourceCount("The Post", 2, datetime(2026, 2, 12, tzinfo=UTC)),
        SourceCount("The Times", 1, None),
    ]
    assert ids(own, asking(), 1) == ["ferry"]
    assert "election" not in ids(own, asking("election"), topic=True)


# The latest


def test_the_newest_come_first_and_those_without_a_date_last(desk: Desk) -> None:
    everything = ["election", "ferry", "bridge-new", "bridge-old", "long", "undated"]
    assert ids(desk, asking(), 9) == everything
    assert ids(desk, asking(), 2) == everything[:2]


def test_the_newest_of_several_collections_come_together(desk: Desk) -> None:
    quotes = latest(desk, asking("news", "news", "board"), 3, topic=False)
    assert [quote.article.key for quote in quotes] == [
        ("news", "election"),
        ("news", "ferry"),
        ("board", "ferry"),
    ]


def test_the_newest_are_within_the_filters(desk: Desk) -> None:
    assert ids(desk, asking(sources=frozenset({"THE POST"}))) == ["election", "ferry", "bridge-old"]
    since = datetime(2026, 2, 1, tzinfo=UTC)
    assert ids(desk, asking(since=since, until=datetime(2026, 2, 12, tzinfo=UTC))) == ["bridge-new"]
    assert ids(desk, asking(since=datetime(2027, 1, 1, tzinfo=UTC))) == []


def test_an_article_is_shown_by_its_beginning_in_whole_sentences(desk: Desk) -> None:
    quotes = {quote.article.id: quote for quote in latest(desk, asking(), 9, topic=False)}
    long = quotes["long"]
    assert long.start == 0
    assert LEAD - 60 < len(long.text) <= LEAD
    assert long.text.endswith("schools.")
    assert quotes["ferry"].text == ARTICLES[0]["text"]
    assert quotes["ferry"].highlights == ()


def test_an_article_opens_with_its_first_sentence_that_tells_something(own: Desk) -> None:
    article = next(iter(own.held(("news",))[0].articles))
    told = "Havn — The ferry of Skarvik sank on Monday, and its crew swam ashore."
    above = (
        "Ida Berg\n\nHarbour Wire\n\nUpdated Jan. 4, 2026, 9:15 a.m. ET\n\nIda Berg, left, on the pier.\n\n"
    )
    opened = opening(own, replace(article, text=f"{above}{told} It was old."))
    assert opened.text.startswith("Havn — The ferry")
    assert opened.text.endswith("It was old.")
    plain = opening(own, replace(article, text=f"{told} It was old."))
    assert plain.start == 0
    names = replace(article, text="Ida Berg\n\nHarbour Wire")
    assert opening(own, names).start == 0


def test_reports_of_one_event_are_told_together_by_the_newest_of_them(
    tmp_path: Path, minilm: OnnxEmbedder
) -> None:
    home = Home(tmp_path / "home", QuickDisk())
    texts = {
        "a": (
            "Harbour Gazette",
            "04T08:00",
            "A fire destroyed the fish market of Skarvik in the night. Nobody died.",
        ),
        "b": (
            "Skarvik Post",
            "04T10:00",
            "The fish market of Skarvik was destroyed by a fire in the night. The cause is open.",
        ),
        "c": ("Coast Radio", "04T09:00", "The tunnel below the bay was opened to traffic, two years late."),
    }
    titles = {
        "a": "Fire destroys fish market in Skarvik",
        "b": "Skarvik fish market destroyed by fire",
        "c": "Tunnel opens",
    }
    rows = [
        {"id": key, "title": titles[key], "source": source, "published": f"2026-03-{when}", "text": text}
        for key, (source, when, text) in texts.items()
    ]
    publish(home, "news", rows, minilm)
    notices: list[str] = []
    desk = Desk(home, model_of(minilm), notices.append)
    desk.open()
    for _ in range(2):  # the second time from what is remembered
        first, second = latest(desk, asking(), 2, topic=False)
        assert (first.article.id, [cited.article_id for cited in first.reported_by]) == ("b", ["a"])
        assert (second.article.id, second.reported_by) == ("c", ())
    (about,) = latest(desk, asking("fire at the fish market"), 1, topic=True)
    assert [cited.source for cited in about.reported_by] == ["Harbour Gazette"]
    each = latest(desk, asking(), 2, topic=False, each=True)
    assert [(quote.article.id, quote.reported_by) for quote in each] == [("b", ()), ("c", ()), ("a", ())]
    each = latest(desk, asking("fire at the fish market"), 1, topic=True, each=True)
    assert [quote.article.id for quote in each] == ["b", "a"]


# The latest about a topic


def test_the_latest_about_a_topic_are_about_it_the_newest_first(desk: Desk) -> None:
    assert ids(desk, asking("Elbe bridge"), topic=True) == ["bridge-new", "bridge-old", "undated"]
    assert ids(desk, asking("Elbe bridge"), 2, topic=True) == ["bridge-new", "bridge-old"]
    assert ids(desk, asking("the mayor's election"), topic=True) == ["election"]


def test_an_article_is_quoted_with_its_passage_about_the_topic_once(desk: Desk) -> None:
    quotes = latest(desk, asking("school budget of the council"), 9, topic=True)
    assert [quote.article.id for quote in quotes] == ["long"]
    assert quotes[0].highlights


def test_a_topic_within_filters_that_nothing_is_in_gives_nothing(desk: Desk) -> None:
    later = datetime(2027, 1, 1, tzinfo=UTC)
    assert ids(desk, asking("Elbe bridge", since=later), topic=True) == []


def test_a_topic_is_looked_for_in_all_collections_asked_for(desk: Desk) -> None:
    quotes = latest(desk, asking("ferry", "news", "board"), 9, topic=True)
    assert {quote.article.collection for quote in quotes} == {"news", "board"}
    assert len({quote.article.key for quote in quotes}) == len(quotes)
