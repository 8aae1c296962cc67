"""Which articles report one event: by likeness, outlet and time."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from corpus.article import Article
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.stories.events import ALIKE, APART, beginning, by_event

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
    texts = [beginning(article) for article in articles]
    return np.asarray(minilm.embed_passages(texts).vectors, np.float32)


def test_two_reports_of_a_fire_are_one_event_and_news_about_fish_is_another(minilm: OnnxEmbedder) -> None:
    articles = (PRICES, FIRE, TUNNEL, BLAZE)
    assert by_event(articles, embedded(minilm, *articles)) == [[0], [1, 3], [2]]


def at(*degrees: float) -> NDArray[np.float32]:
    """Vectors in these directions of a plane."""
    return np.array([(np.cos(np.radians(one)), np.sin(np.radians(one))) for one in degrees], np.float32)


def outlets(count: int, published: datetime | None = NOON) -> list[Article]:
    return [report(f"Title {number}", "Text.", f"Outlet {number}", published) for number in range(count)]


def test_a_chain_of_likenesses_joins_no_two_events() -> None:
    step = np.degrees(np.arccos(ALIKE)) * 0.9
    assert by_event(outlets(3), at(0, step, 2 * step)) == [[0, 1], [2]]


def test_reports_of_one_outlet_stay_apart() -> None:
    first, second, third = outlets(3)
    again = report("More", "Text.", second.source.upper())
    assert by_event([first, second, third, again], at(0, 1, 2, 3)) == [[0, 1, 2], [3]]


@pytest.mark.parametrize(
    ("published", "together"),
    [(NOON + APART, True), (NOON - APART - timedelta(seconds=1), False), (None, False)],
)
def test_only_what_was_published_about_then_is_one_event(
    published: datetime | None, *, together: bool
) -> None:
    first, second = outlets(2)
    other = report(second.title, second.text, second.source, published)
    assert (by_event([first, other], at(0, 0)) == [[0, 1]]) is together


def test_nothing_has_no_events() -> None:
    assert by_event([], np.zeros((0, 2), np.float32)) == []


@given(st.lists(st.floats(0, 360), max_size=12))
def test_each_article_stands_in_one_event_in_the_order_of_their_first(degrees: list[float]) -> None:
    events = by_event(outlets(len(degrees)), at(*degrees).reshape(len(degrees), 2))
    assert sorted(place for event in events for place in event) == list(range(len(degrees)))
    assert all(event == sorted(event) for event in events)
    assert [event[0] for event in events] == sorted(event[0] for event in events)
