"""Which articles are about a topic, over real indexes with the one real model of the session."""

from pathlib import Path

import pytest

from bot.corpus_admin.home import Home
from bot.desk.browse import latest
from bot.desk.desk import Desk
from retrieval.models.onnx_embedder import OnnxEmbedder
from tests.bot.desk.test_browse import asking, ids, open_at
from tests.bot.service.office import publish
from tests.fault.newsroom import QuickDisk

ASIDE = " ".join(f"The harbour master counted {number} boats." for number in range(30))


def topical(tmp_path: Path, minilm: OnnxEmbedder, texts: dict[str, tuple[str, str]]) -> Desk:
    """A desk over articles with these titles and texts, each a day later than the one before."""
    home = Home(tmp_path / "home", QuickDisk())
    rows = [
        {"id": key, "title": title, "source": "The Post", "published": f"2026-03-{day:02}", "text": text}
        for day, (key, (title, text)) in enumerate(texts.items(), 1)
    ]
    publish(home, "news", rows, minilm)
    return open_at(home, minilm)


def test_the_latest_about_a_topic_are_all_about_it_and_none_mentions_it_in_passing(
    tmp_path: Path, minilm: OnnxEmbedder
) -> None:
    about = {f"about{day}": (f"Havnes day {day}", f"On day {day} it rained. {ASIDE}") for day in range(1, 20)}
    texts = {
        "text": ("The strait", f"Ships wait in Havnes. {ASIDE} They left Havnes at last."),
        **about,
        "aside": ("Boats", f"{ASIDE} One is from Havnes."),
        "opening": ("Boats", f"They came from Havnes. {ASIDE}"),
        "none": ("Boats", ASIDE),
    }
    desk = topical(tmp_path, minilm, texts)
    quotes = latest(desk, asking("havnes"), 9, topic=True, each=True)
    assert [quote.article.id for quote in quotes] == [*reversed(about), "text"]
    assert quotes[-1].highlights[0] == (0, len("Ships wait in Havnes."))
    assert ids(desk, asking("volcano"), topic=True) == []
    assert ids(desk, asking("harbour volcano"), topic=True) == []


def test_a_topic_of_several_words_is_a_phrase_or_each_of_them(tmp_path: Path, minilm: OnnxEmbedder) -> None:
    texts = {
        "apart": ("Storms hit Jylland", f"The storms came at night. {ASIDE}"),
        "one": ("Storms hit Skarvik", f"The storms came at night. {ASIDE} Jylland is calm."),
        "phrase": ("Boats", "Storms in Jylland sank two boats. It snowed."),
        "name": ("Mina Berg resigns", "Berg was the mayor."),
        "other": ("Mina Lund meets Ole Berg", "They talked about boats."),
    }
    desk = topical(tmp_path, minilm, texts)
    for text in ("storms in Jylland", "jylland storm", "Jylland and storms"):
        assert ids(desk, asking(text), topic=True) == ["phrase", "apart"]
    assert ids(desk, asking("Mina Berg"), topic=True) == ["name"]
    assert ids(desk, asking("“storms in Jylland”"), topic=True) == ["phrase"]
    assert ids(desk, asking("Mina Berg or Jylland"), topic=True) == ["name", "phrase", "apart"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Vasilenky", ["double", "single"]),
        ("vasilenkyy", ["double", "single"]),
        ("Pelé", ["plain", "accent"]),
        ("pele", ["plain", "accent"]),
        ("desert", ["desert"]),
    ],
)
def test_names_are_found_with_other_accents_and_doubled_letters(
    tmp_path: Path, minilm: OnnxEmbedder, text: str, found: list[str]
) -> None:
    texts = {
        "single": ("Vasilenky speaks", "He spoke for an hour."),
        "double": ("Vasilenkyy travels", "He left by train."),
        "accent": ("Pelé remembered", "He scored a thousand goals."),
        "plain": ("A statue of Pele", "It is made of bronze."),
        "desert": ("Rain in the desert", "Flowers grow."),
        "dessert": ("The best dessert", "It is a cake."),
    }
    assert ids(topical(tmp_path, minilm, texts), asking(text), topic=True) == found
