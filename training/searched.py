"""Near misses that a search finds: windows of other documents that are nearest to a question.

In a large corpus the reader mostly meets such windows, because the search brings them first.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sklearn.feature_extraction.text import TfidfVectorizer

from retrieval.text.sentences import sentence_spans
from training.examples import Example
from training.sources import Row, around, sentences
from training.windows import overlapping

NEAREST = 4
"""How many of the nearest windows one is drawn from."""
LOOKED_AT = 40
"""How many windows are looked at, until NEAREST of other documents are found."""
BATCH = 64
"""Texts that are embedded at once."""


def windows_of(qamr: Sequence[Row], squad: Sequence[Row], rng: Random) -> list[tuple[str, str]]:
    """A window around each sentence of QAMR, and all windows of SQuAD 2's paragraphs, with their
    documents."""
    known = sentences(qamr)
    found = [(name.rsplit(":", 2)[0], around(known, name, rng)[0]) for name in known.text]
    for context, group in {row.context: row.group for row in squad}.items():
        cut = overlapping(sentence_spans(context, "en"))
        found.extend((group, context[slice(*span)]) for span in cut)
    return found


class SearchedWindows:
    """Windows by meaning and words, as the collection's own search compares them."""

    def __init__(self, windows: Sequence[tuple[str, str]], folder: Path) -> None:
        """`windows` are pairs of a document and a text; `folder` has the embedding model."""
        self._documents = [document for document, _ in windows]
        self._texts = [text for _, text in windows]
        self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        self._words = TfidfVectorizer(sublinear_tf=True)
        self._rows = self._words.fit_transform(self._texts)
        self._vectors = self._embedded(self._texts)

    def near_misses(self, asked: Sequence[tuple[Example, str]], rng: Random) -> Iterator[Example]:
        """One near miss for each answered example, given with its document: one of the NEAREST windows of
        other documents without the answer's words."""
        asked = [(example, document) for example, document in asked if example.answer]
        if not asked:
            return
        questions = [example.question for example, _ in asked]
        likeness = self._embedded(questions) @ self._vectors.T
        likeness += (self._words.transform(questions) @ self._rows.T).toarray()
        order = np.argsort(-likeness, axis=1)[:, :LOOKED_AT]
        for (example, document), ranked in zip(asked, order, strict=True):
            assert example.answer is not None
            words = example.window[slice(*example.answer)].casefold()
            found = [
                self._texts[at]
                for at in ranked
                if self._documents[at] != document and words not in self._texts[at].casefold()
            ][:NEAREST]
            if found:
                yield Example(example.question, rng.choice(found), None, example.group, "searched")

    def _embedded(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.asarray(
            self._model.encode(list(texts), batch_size=BATCH, normalize_embeddings=True), dtype=np.float32
        )
