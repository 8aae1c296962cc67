"""What counts against a community's limits."""

import pytest

from bot.corpus_admin.limits import Limits, UsageCounter
from corpus.article import Article
from corpus.errors import OverLimit


def article(text: str) -> Article:
    return Article(id="a", title="A", text=text, source="The Post", published=None)


def test_usage_counts_what_is_served_and_not_what_gave_way() -> None:
    counter = UsageCounter(Limits(articles=1, megabytes=1), (), ())
    counter.take(article("x" * 900_000))
    counter.take(article("y" * 999_999))
    counter.take(article("z"))
    counter.take(article("y" * 999_999))
    with pytest.raises(OverLimit):
        counter.take(article("y" * 1_000_001))
