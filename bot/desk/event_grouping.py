"""Groups articles about the same event, with one of them shown for all."""

import threading
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bot.answers.answer import Quote
from corpus.article import Article
from retrieval.models.embedder import Embedder
from retrieval.models.vocabulary import Vocabulary
from retrieval.stories.events import beginning, event_vectors, group_by_event

CONSIDERED_PER_SHOWN = 3
"""Articles that are considered for each one that is shown. A new one takes 45 ms of a core, once."""
CACHED_EMBEDDINGS = 4_000
"""The most embeddings of titles and openings that are cached, of 2,000 articles: 3 MB."""


class EventGrouping:
    """Groups quotes by the events that their articles report. Thread-safe; it caches embeddings."""

    def __init__(self, embedder: Embedder, vocabulary: Vocabulary) -> None:
        """Articles in a language that the model does not know are never grouped, since the model can't
        distinguish them."""
        self._embedder = embedder
        self._vocabulary = vocabulary
        self._known: dict[str, NDArray[np.float16]] = {}
        self._one = threading.Lock()
        self._nothing = np.zeros(embedder.sizes.vector, np.float16)

    def grouped(self, quotes: Sequence[Quote]) -> list[Quote]:
        """The first quote of each event, with the citations of the others."""
        articles = [quote.article for quote in quotes]
        with self._one:
            vectors = self._vectors(articles)
        return [
            replace(quotes[first], reported_by=tuple(quotes[other].citation for other in others))
            for first, *others in group_by_event(articles, vectors)
        ]

    def _vectors(self, articles: Sequence[Article]) -> NDArray[np.float32]:
        beginnings = [beginning(article) for article in articles]
        titles = [article.title for article in articles]
        texts = [
            text
            for title, start in zip(titles, beginnings, strict=True)
            if self._vocabulary.knows(start)
            for text in (title, start)
        ]
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if len(self._known) + len(new) > CACHED_EMBEDDINGS:
            self._known.clear()
            new = list(dict.fromkeys(texts))
        if new:
            self._known |= dict(zip(new, self._embedder.embed_passages(new).vectors, strict=True))
        known = frozenset(texts)
        rows = [self._known[text] if text in known else self._nothing for text in (*titles, *beginnings)]
        found = np.array(rows, np.float32).reshape(2, len(articles), self._nothing.size)
        return event_vectors(found[0], found[1])
