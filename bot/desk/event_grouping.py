"""Articles of one event told together, the first of them for all."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bot.answers.answer import Quote
from corpus.article import Article
from retrieval.models.embedder import Embedder
from retrieval.models.vocabulary import Vocabulary
from retrieval.stories.events import beginning, by_event

LOOKED_AT = 3
"""Articles that are looked at for each that is shown. Each that is new takes a core 30 ms, once."""
REMEMBERED = 2_000
"""Articles whose beginnings stay embedded: 2 MB."""


class EventGrouping:
    """Groups quotes by the events that their articles report. It remembers what it embedded, and is used by
    one thread at a time."""

    def __init__(self, embedder: Embedder, vocabulary: Vocabulary) -> None:
        """Articles in a language that the model does not know stay apart: all of them mean the same to it."""
        self._embedder = embedder
        self._vocabulary = vocabulary
        self._known: dict[str, NDArray[np.float16]] = {}

    def grouped(self, quotes: Sequence[Quote]) -> list[Quote]:
        """The first quote of each event, with the citations of the others."""
        articles = [quote.article for quote in quotes]
        return [
            replace(quotes[first], reported_by=tuple(quotes[other].citation for other in others))
            for first, *others in by_event(articles, self._vectors(articles))
        ]

    def _vectors(self, articles: Sequence[Article]) -> NDArray[np.float32]:
        texts = [beginning(article) for article in articles]
        new = [
            text for text in dict.fromkeys(texts) if text not in self._known and self._vocabulary.knows(text)
        ]
        if len(self._known) + len(new) > REMEMBERED:
            self._known.clear()
            new = [text for text in dict.fromkeys(texts) if self._vocabulary.knows(text)]
        if new:
            self._known |= dict(zip(new, self._embedder.embed_passages(new).vectors, strict=True))
        vectors = np.zeros((len(texts), self._embedder.sizes.vector), np.float32)
        for row, text in enumerate(texts):
            if text in self._known:
                vectors[row] = self._known[text]
        return vectors
