"""Which articles report one event: by likeness, outlet and time."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from corpus.article import Article
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.stories.events import (
    AN_HOUR_APART,
    APART,
    BEGINNING,
    LEAST_LIKENESS,
    SHARED_NAME,
    SHARED_NUMBER,
    beginning,
    event_vectors,
    group_by_event,
)

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def report(title: str, text: str, source: str, published: datetime | None = NOON) -> Article:
    return Article(id=title, title=title, text=text, source=source, published=published)


FIRE = report(
    "Fire destroys fish market in Skarvik",
    "A fire destroyed the fish market of Skarvik in the night to Wednesday. Nobody was hurt.",
    "Harbour Gazette",
)
BLAZE = report(
    "Skarvik fish market burns down overnight",
    "The fish market in Skarvik burned down early on Wednesday. Fire crews fought the blaze for six hours.",
    "Skarvik Post",
)
PRICES = report(
    "Fish prices rise on the coast",
    "Fish has become dearer in the markets of the coast, the union of fishermen said on Wednesday.",
    "Coast Radio",
)
TUNNEL = report(
    "Tunnel to Port Ellery opens",
    "The tunnel below the bay was opened to traffic on Wednesday, two years late.",
    "Coast Radio",
)


def embedded(minilm: OnnxEmbedder, *articles: Article) -> NDArray[np.float32]:
    titles, beginnings = (
        np.asarray(minilm.embed_passages(texts).vectors, np.float32)
        for texts in ([one.title for one in articles], [beginning(one) for one in articles])
    )
    return event_vectors(titles, beginnings)


def test_two_reports_of_a_fire_are_one_event_and_news_about_fish_is_another(minilm: OnnxEmbedder) -> None:
    articles = (PRICES, FIRE, TUNNEL, BLAZE)
    assert group_by_event(articles, embedded(minilm, *articles)) == [[0], [1, 3], [2]]


def test_a_later_report_with_other_numbers_is_another_event(minilm: OnnxEmbedder) -> None:
    crash = report(
        "Three die as bus falls into river at Marn",
        "A bus with 33 people fell into the river at Marn on Wednesday. Three were killed, police said.",
        "Harbour Gazette",
    )
    told = report(
        "Bus plunges off bridge in Marn, three dead",
        "Three people died on Wednesday when their bus, with 33 on board, plunged into the river at Marn.",
        "Skarvik Post",
        NOON + timedelta(hours=6),
    )
    follow_up = report(
        "Marn bus: five victims now, company searched",
        "Five people have died after a bus fell into the river at Marn, and police searched the company.",
        "Coast Radio",
        NOON + timedelta(hours=30),
    )
    articles = (crash, told, follow_up)
    assert group_by_event(articles, embedded(minilm, *articles)) == [[0, 1], [2]]


def at(*degrees: float) -> NDArray[np.float32]:
    """Vectors in these directions of a plane."""
    return np.array([(np.cos(np.radians(one)), np.sin(np.radians(one))) for one in degrees], np.float32)


def alike(likeness: float) -> NDArray[np.float32]:
    """Two vectors with this product."""
    return at(0, float(np.degrees(np.arccos(likeness))))


def outlets(count: int, published: datetime | None = NOON) -> list[Article]:
    return [report(f"a title {number}", "a text.", f"Outlet {number}", published) for number in range(count)]


def test_the_likeness_of_titles_and_of_beginnings_is_weighed() -> None:
    vectors = event_vectors(at(0, 90), at(0, 0))
    assert vectors.dtype == np.float32
    assert np.allclose(vectors @ vectors.T, [[1, 1 / 1.3], [1 / 1.3, 1]])


def pair(one: str, other: str, hours: float = 0) -> list[Article]:
    return [
        report("this is said", one, "Harbour Gazette"),
        report("that is told", other, "Skarvik Post", NOON + timedelta(hours=hours)),
    ]


@pytest.mark.parametrize(
    ("articles", "shared"),
    [
        (pair("the news", "other news"), 0),
        (pair("it hit Marn", "from Marn"), SHARED_NAME),
        (pair("Marn and Veda and Holm", "in Holm, Veda, Marn"), 3 * SHARED_NAME),
        (pair("it hit Ana Bo Cy De Fa Go Hu", "by Ana Bo Cy De Fa Go Hu"), 5 * SHARED_NAME),
        (pair("Storm and the storm", "a Storm, that storm"), 0),
        (pair("there are 40 dead", "in all 40 died"), SHARED_NUMBER),
        (pair("there are two dead", "2 dead"), SHARED_NUMBER),
        (pair("there are 40 dead", "in all 41 died"), 0),
        (pair("40 of 50 and 60 or 70", "70, 60, 50 and 40 too"), 2 * SHARED_NUMBER),
        (pair("40 in Marn", "Marn: 40", hours=10), SHARED_NUMBER + SHARED_NAME - 10 * AN_HOUR_APART),
        (pair("the news", "other news", hours=24), -24 * AN_HOUR_APART),
        (pair("the news", "other news", hours=-24), -24 * AN_HOUR_APART),
        (pair(f"{'so ' * BEGINNING} 40 in Marn", f"{'so ' * BEGINNING} 40 in Marn"), 0),
    ],
)
def test_names_and_numbers_in_common_make_alike_and_time_apart(
    articles: list[Article], shared: float
) -> None:
    assert group_by_event(articles, alike(LEAST_LIKENESS - shared + 0.001)) == [[0, 1]]
    assert group_by_event(articles, alike(LEAST_LIKENESS - shared - 0.001)) == [[0], [1]]


def test_what_the_model_does_not_know_joins_nothing() -> None:
    articles = pair("40 of 50 in Marn, Veda, Holm, Sund and Em", "Marn, Veda, Holm, Sund and Em: 40, 50")
    assert group_by_event(articles, np.zeros((2, 4), np.float32)) == [[0], [1]]


def test_a_chain_of_likenesses_joins_no_two_events() -> None:
    step = np.degrees(np.arccos(LEAST_LIKENESS)) * 0.9
    assert group_by_event(outlets(3), at(0, step, 2 * step)) == [[0, 1], [2]]


def test_reports_of_one_outlet_stay_apart() -> None:
    first, second, third = outlets(3)
    again = report("more", "a text.", second.source.upper())
    assert group_by_event([first, second, third, again], at(0, 1, 2, 3)) == [[0, 1, 2], [3]]


@pytest.mark.parametrize(
    ("published", "together"),
    [(NOON + APART, True), (NOON - APART - timedelta(seconds=1), False), (None, False)],
)
def test_only_what_was_published_about_then_is_one_event(
    published: datetime | None, *, together: bool
) -> None:
    first, second = outlets(2)
    other = report(second.title, second.text, second.source, published)
    assert (group_by_event([first, other], at(0, 0)) == [[0, 1]]) is together


def test_nothing_has_no_events() -> None:
    assert group_by_event([], np.zeros((0, 2), np.float32)) == []


@given(st.lists(st.floats(0, 360), max_size=12))
def test_each_article_stands_in_one_event_in_the_order_of_their_first(degrees: list[float]) -> None:
    events = group_by_event(outlets(len(degrees)), at(*degrees).reshape(len(degrees), 2))
    assert sorted(place for event in events for place in event) == list(range(len(degrees)))
    assert all(event == sorted(event) for event in events)
    assert [event[0] for event in events] == sorted(event[0] for event in events)
