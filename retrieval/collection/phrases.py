"""Whether an article contains a word or a phrase, in any inflection, and whether it is about it."""

import unicodedata
from collections.abc import Sequence

from corpus.article import Article
from corpus.text import one_line
from retrieval.collection.passage import split_article
from retrieval.text.analyzer import Analyzer
from retrieval.text.scripts import EAST

OPENING = 3
"""Sentences at the beginning of an article that tell what it is about; one of them is often a byline."""
SHARE, SHARE_OPENED = 0.1, 0.05
"""Shares of an article's sentences with a phrase from which it is about it, the second if the opening has it.
Of 20 topics in RealTimeQA, articles with three sentences of a long text, or one in the opening alone, often
only mention it."""


def contains_phrase(article: Article, phrase: str, analyzer: Analyzer) -> bool:
    """Whether a sentence of the article, or its title, contains the words of the phrase next to each other,
    in any inflection. A phrase with Korean or Japanese letters is searched as characters instead, since their
    words are not separated."""
    if is_unsegmented(phrase):
        return contains_characters(article, phrase)
    wanted = analyzer.terms(phrase)
    texts = (article.text[start:end] for start, end in split_article(article).sentences)
    return any(contains_run(analyzer.terms(text), wanted) for text in (article.title, *texts))


def is_about(article: Article, phrase: str, analyzer: Analyzer) -> bool:
    """Whether the title has the phrase, or SHARE of the sentences, or the opening and SHARE_OPENED."""
    texts = [article.text[start:end] for start, end in split_article(article).sentences]
    if is_unsegmented(phrase):
        plain = _plain(phrase)
        titled, *held = (plain in _plain(text) for text in (article.title, *texts))
        if not plain:
            return False
    else:
        wanted = analyzer.terms(phrase)
        titled, *held = (contains_run(analyzer.terms(text), wanted) for text in (article.title, *texts))
    needed = (SHARE_OPENED if any(held[:OPENING]) else SHARE) * len(held)
    return titled or 0 < needed <= sum(held)


def is_unsegmented(phrase: str) -> bool:
    """Whether the phrase has letters of a script whose words are not separated, or carry endings."""
    return EAST.search(phrase) is not None


def contains_characters(article: Article, phrase: str) -> bool:
    """Whether the text or the title contains the characters, ignoring case and width."""
    wanted = _plain(phrase)
    return bool(wanted) and (wanted in _plain(article.title) or wanted in _plain(article.text))


def contains_run(terms: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether `wanted` is a contiguous subsequence of `terms`."""
    count = len(wanted)
    return count > 0 and any(
        terms[at] == wanted[0] and list(terms[at : at + count]) == list(wanted)
        for at in range(len(terms) - count + 1)
    )


def _plain(text: str) -> str:
    return one_line(unicodedata.normalize("NFKC", text).lower())
