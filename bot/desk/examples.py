"""Example questions, made from the corpus so that they have an answer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.messages.catalogue import Messages
from corpus.article import Article
from corpus.lazy_pattern import lazy_pattern
from retrieval.collection.collection import Collection
from retrieval.question.query import Query
from retrieval.text import proper_names
from retrieval.text.scripts import EAST

NAMES_TRIED = 12
"""The most names that are looked up: each takes a few milliseconds in 5,000 articles."""
NEWEST_ARTICLES = 30
"""The newest articles of each collection whose titles are searched for names."""
LONGEST = 30
"""The most characters of an example's subject or source."""

_EAST_WORD = lazy_pattern(r"[\u30a1-\u30fa\u30fc]{3,}|[\u3400-\u9fff]{2,}|(?<!\S)[\uac00-\ud7a3]{2,}(?!\S)")


@dataclass(frozen=True, slots=True)
class Example:
    """A name in the title of a new article, and the article's source."""

    subject: str
    source: str


def example_of(collections: Sequence[Collection], query: Query) -> Example | None:
    """An example from the newest articles within the query's filters, preferably a name that is in several
    articles; None if no title has a name."""
    found: Example | None = None
    tried = 0
    for collection in collections:
        for passage in collection.latest(query, NEWEST_ARTICLES):
            article = passage.article
            for name in _names(article) if len(article.source) <= LONGEST else ():
                if tried == NAMES_TRIED:
                    return found
                tried += 1
                held = len(collection.articles_with_phrase([name], query))
                if held > 1:
                    return Example(name, article.source)
                if held and not found:
                    found = Example(name, article.source)
    return found


def example_words(example: Example | None, messages: Messages) -> str:
    """Two examples in a sentence; empty if there is none."""
    if example is None:
        return ""
    first = messages("example-news", subject=example.subject)
    second = messages("example-source", source=example.source)
    return messages("help-examples", first=first, second=second)


def _names(article: Article) -> Iterator[str]:
    """The names in an article's title that are also inside a sentence of its text, where only names have
    capitals."""
    if EAST.search(article.title):
        for word in _EAST_WORD.findall(article.title):
            if len(word) <= LONGEST and article.text.count(word) > 1:
                yield word
        return
    for run in proper_names.runs(article.title):
        name = run[0]
        if 3 < len(name) <= LONGEST and re.search(rf"[a-z,] {re.escape(name)}\b", article.text):
            yield name
