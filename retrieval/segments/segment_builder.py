"""Builds a segment from articles: splits, embeds and indexes them."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from corpus.article import Article
from retrieval.models.embedder import EncodedTexts
from retrieval.progress import ProgressCallback
from retrieval.ragged import starts_of
from retrieval.segments.article_table import ArticleTable
from retrieval.segments.dense import DenseIndex
from retrieval.segments.forward import ForwardIndex
from retrieval.segments.postings import PostingsBuilder
from retrieval.segments.segment import Segment
from retrieval.segments.tables import tables_of
from retrieval.segments.terms import passage_terms, sentence_terms
from retrieval.text.analyzer import Analyzer

EmbedTexts = Callable[[Sequence[str]], EncodedTexts]
"""Returns vectors and tokens for the texts of chunks, from the cache or from the model."""


def segment_of(
    articles: Iterable[Article], embed: EmbedTexts, analyzer: Analyzer, progress: ProgressCallback
) -> Segment:
    """Build the segment of these articles, in memory."""
    table = ArticleTable.of(articles)
    tables, texts = tables_of(table, progress)
    encoded = embed(texts)
    sentences = sentence_terms(table, tables, analyzer, progress)
    builder = PostingsBuilder()
    for terms in passage_terms(table, tables, analyzer, sentences):
        builder.add(terms)
    numbers = builder.numbers(term for terms in sentences for term in terms)
    postings, row_of = builder.finish()
    starts = starts_of(np.array([len(terms) for terms in sentences], np.int64))
    return Segment(
        articles=table,
        tables=tables,
        dense=DenseIndex.of(encoded.vectors),
        postings=postings,
        forward=ForwardIndex(starts, row_of[numbers]),
        tokens=encoded.tokens,
    )
