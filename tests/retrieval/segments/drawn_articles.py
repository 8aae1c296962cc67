"""Articles by chance, of few words, so that texts, terms and sentences are often the same."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from corpus.article import Article
from tests.retrieval.snapshots import article

SENTENCES = (
    "China banned seafood imports.",
    "Drums were played in Nara.",
    "The ban of seafood fell.",
    "首相は奈良市で大統領と会談した。",
    "이재명 대통령이 회담했다.",
    "Apples, apples, apples and 18 pears hung on every tree of the long valley for all of the year 2025.",
)
DAYS = (None, datetime(2026, 1, 14, tzinfo=UTC), datetime(2026, 1, 31, 9, 30, tzinfo=UTC))


@st.composite
def _article(draw: st.DrawFn) -> Article:
    sentences = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=14))
    return article(
        draw(st.sampled_from([f"{number}" for number in range(12)])),
        " ".join(sentences),
        title=draw(st.sampled_from(["Seafood ban", "A day in Nara", "Drums"])),
        source=draw(st.sampled_from(["The Post", "THE POST", "The Wire"])),
        published=draw(st.sampled_from(DAYS)),
    )


ARTICLES = _article()
"""An article of one of twelve ids."""
ARTICLE_SETS = st.lists(ARTICLES, max_size=8, unique_by=lambda one: one.id)
"""Articles of different ids."""
