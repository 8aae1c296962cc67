"""Which articles contain a phrase, by the indexed terms of passages and sentences. Texts are read only for
phrases in scripts that do not separate words."""

from collections.abc import Callable, Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from corpus.lazy_pattern import lazy_pattern
from retrieval.collection.phrases import (
    OPENING,
    SHARE,
    SHARE_OPENED,
    contains_characters,
    contains_run,
    is_about,
    is_unsegmented,
)
from retrieval.ragged import ranges
from retrieval.segments.dense import Mask
from retrieval.segments.segment import Segment
from retrieval.text.analyzer import Analyzer
from retrieval.text.scripts import EAST_LETTERS

_PAIR = lazy_pattern(rf"[{EAST_LETTERS}]{{2}}")


def articles_with_phrase(
    segment: Segment, analyzer: Analyzer, phrase: str, within: Mask, *, about: bool = False
) -> Mask:
    """One flag per article: whether it is in `within` and contains the phrase (`phrases.contains_phrase`);
    with `about`, whether it is about it (`phrases.is_about`)."""
    terms = analyzer.terms(phrase)
    if is_unsegmented(phrase):
        holds = (lambda one: is_about(one, phrase, analyzer)) if about else None
        return _by_characters(segment, phrase, terms, within, holds)
    passages = _having_all(segment, terms)
    found = np.zeros(len(segment.articles), np.bool_)
    sentences = _sentences(segment, terms, passages)
    found[_articles_about(segment, sentences) if about else segment.tables.sentences[sentences, 0]] = True
    found &= within
    # Title and date are among the terms of a passage, but not of its sentences.
    rest = np.unique(segment.tables.passages[passages, 0])
    for row in rest[within[rest] & ~found[rest]].tolist():
        found[row] = contains_run(analyzer.terms(segment.articles.headings[row].title), terms)
    return found


def _having_all(segment: Segment, terms: Sequence[str]) -> NDArray[np.int64]:
    """The passages that have all of the terms, in any order."""
    if not terms:
        return np.zeros(0, np.int64)
    rows = sorted((segment.postings.passages(term) for term in dict.fromkeys(terms)), key=len)
    return np.asarray(reduce(lambda one, other: np.intersect1d(one, other), rows), np.int64)


def _sentences(segment: Segment, terms: Sequence[str], passages: NDArray[np.int64]) -> NDArray[np.int64]:
    """The sentences of these passages that have the terms next to each other."""
    firsts, lasts = segment.tables.sentences_of[passages].astype(np.int64).T
    sentences = np.unique(ranges(firsts, lasts)[0])
    said, owners = segment.forward.of(sentences)
    wanted = segment.term_rows(terms)
    if not len(wanted) or len(said) < len(wanted):
        return np.zeros(0, np.int64)
    at = np.flatnonzero(said[: len(said) - len(wanted) + 1] == wanted[0])
    for offset, row in enumerate(wanted.tolist()):
        at = at[said[at + offset] == row]
    at = at[owners[at] == owners[at + len(wanted) - 1]]
    return np.unique(sentences[owners[at]])


def _articles_about(segment: Segment, sentences: NDArray[np.int64]) -> NDArray[np.int64]:
    """The articles of which these are enough of the sentences, which are sorted (`phrases.is_about`)."""
    every = segment.tables.sentences[:, 0]
    articles, firsts, counts = np.unique(every[sentences], return_index=True, return_counts=True)
    starts = np.searchsorted(every, articles)
    lengths = np.searchsorted(every, articles, side="right") - starts
    needed = np.where(sentences[firsts] - starts < OPENING, SHARE_OPENED, SHARE) * lengths
    return np.asarray(articles[needed <= counts], np.int64)


def _by_characters(
    segment: Segment,
    phrase: str,
    terms: Sequence[str],
    within: Mask,
    holds: Callable[[Article], bool] | None = None,
) -> Mask:
    """Search the texts of the articles that have every pair of the phrase's adjacent characters; `holds`
    tells what an article must fulfil instead of containing the phrase."""
    candidates = within.copy()
    for pair in {term for term in terms if _PAIR.fullmatch(term)}:
        having = np.zeros(len(segment.articles), np.bool_)
        having[segment.tables.passages[segment.postings.passages(pair), 0]] = True
        candidates &= having
    found = np.zeros(len(segment.articles), np.bool_)
    for row in np.flatnonzero(candidates).tolist():
        article = segment.articles[row]
        found[row] = contains_characters(article, phrase) and (holds is None or holds(article))
    return found
