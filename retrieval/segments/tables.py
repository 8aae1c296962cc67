"""Tables with the positions of passages, chunks and sentences in articles."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.collection.passage import split_article
from retrieval.progress import ProgressCallback
from retrieval.segments.article_table import ArticleTable


@dataclass(frozen=True, slots=True)
class Tables:
    """The positions of passages, chunks and sentences. Rows of `passages` are also those of the postings,
    rows of `chunks` those of the dense index.

    `passages`, `chunks` and `sentences` have rows (article, start, end); `chunks_of` and `sentences_of` have
    each passage's half-open range of them. All are int32, ordered by article and start.
    """

    passages: NDArray[np.int32]
    chunks: NDArray[np.int32]
    chunks_of: NDArray[np.int32]
    sentences: NDArray[np.int32]
    sentences_of: NDArray[np.int32]


def flags_of(articles: NDArray[np.bool_], table: NDArray[np.int32]) -> NDArray[np.bool_]:
    """One flag per row of such a table, from one flag per article."""
    if not articles.any():
        return np.zeros(len(table), np.bool_)  # common under a date filter: the table is not read
    return np.asarray(articles[table[:, 0]], np.bool_)


def tables_of(articles: ArticleTable, progress: ProgressCallback) -> tuple[Tables, list[str]]:
    """The tables of these articles, and the texts of their chunks."""
    passages: list[tuple[int, int, int]] = []
    chunks: list[tuple[int, int, int]] = []
    sentences: list[tuple[int, int, int]] = []
    chunks_of: list[tuple[int, int]] = []
    sentences_of: list[tuple[int, int]] = []
    texts: list[str] = []
    for row in range(len(articles)):
        article = articles[row]
        split = split_article(article)
        passages += [(row, *span) for span in split.passages]
        chunks_of += [(first + len(chunks), last + len(chunks)) for first, last in split.chunks_of]
        sentences_of += [
            (first + len(sentences), last + len(sentences)) for first, last in split.sentences_of
        ]
        chunks += [(row, *span) for span in split.chunks]
        sentences += [(row, *span) for span in split.sentences]
        texts += [article.text[start:end] for start, end in split.chunks]
        progress("splitting", row + 1, len(articles))
    tables = Tables(
        _table(passages, 3),
        _table(chunks, 3),
        _table(chunks_of, 2),
        _table(sentences, 3),
        _table(sentences_of, 2),
    )
    return tables, texts


def _table(rows: Sequence[Sequence[int]], columns: int) -> NDArray[np.int32]:
    return np.array(rows, np.int32).reshape(-1, columns)
