"""Example questions, made from the corpus so that they have an answer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.messages.catalogue import Messages
from corpus.article import Article
from retrieval.collection.collection import Collection
from retrieval.question.query import Query
from retrieval.text import proper_names
from retrieval.text.scripts import EAST

TRIED = 12
"""Names that are looked up at most: each takes a few milliseconds in 5,000 articles."""
NEWEST = 30
"""Newest articles of each collection whose titles are looked at."""
LONGEST = 30
"""Characters of an example's subject or source."""

_EAST_WORD = re.compile(r"[\u30a1-\u30fa\u30fc]{3,}|[\u3400-\u9fff]{2,}|(?<!\S)[\uac00-\ud7a3]{2,}(?!\S)")


@dataclass(frozen=True, slots=True)
class Example:
    """A name in the title of a new article, and who published it."""

    subject: str
    source: str


def example_of(collections: Sequence[Collection], query: Query) -> Example | None:
    """An example out of the newest articles within the query's filters, one whose name stands in several
    articles where there is one; None if no title has a name."""
    found: Example | None = None
    tried = 0
    for collection in collections:
        for passage in collection.latest(query, NEWEST):
            article = passage.article
            for name in _names(article) if len(article.source) <= LONGEST else ():
                if tried == TRIED:
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
    """The names in its title that its text has too: within a sentence, where only names have capitals."""
    if EAST.search(article.title):
        for word in _EAST_WORD.findall(article.title):
            if len(word) <= LONGEST and article.text.count(word) > 1:
                yield word
        return
    for run in proper_names.runs(article.title):
        name = run[0]
        if 3 < len(name) <= LONGEST and re.search(rf"[a-z,] {re.escape(name)}\b", article.text):
            yield name
