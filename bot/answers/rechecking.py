"""Compares a quote with the current article: unchanged, moved, reworded or gone."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from corpus.article import Article
from corpus.lazy_pattern import lazy_pattern
from retrieval.text.sentences import Span, sentence_spans

LEAST_SIMILARITY = 0.5
"""The least Jaccard similarity of words from which sentences count as a new wording of a quote. Correcting a
number and a name in a sentence leaves about 0.8; different sentences of one article have 0.1 to 0.35."""
SENTENCES_SEARCHED = 3_000
"""The first sentences of an article that are searched for a new wording: a long report has 300."""

_WORD = lazy_pattern(r"\w+(?:['’.,-]\w+)*|[^\w\s]")


class QuoteStatus(Enum):
    """What became of a quote since it was shown."""

    UNCHANGED = "unchanged"
    """The article is the same version."""
    STANDS = "stands"
    """The article was edited, but still has these words."""
    MOVED = "moved"
    """The article is no longer served under its address or id, but another article has these words."""
    CHANGED = "changed"
    """The article was edited, and no longer has these words."""
    WITHDRAWN = "withdrawn"
    """The article was removed, or is no longer in any source."""


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """What became of a quote from the article `title` of `source`.

    `was` are the quoted words, empty if they are no longer stored or may not be shown. `article` has these
    words, or their new wording, at the span `now`; both are None if there is nothing to show.
    """

    status: QuoteStatus
    title: str
    source: str
    was: str = ""
    article: Article | None = None
    now: Span | None = None

    @property
    def words(self) -> str:
        """The current words; empty if there are none."""
        return self.article.text[slice(*self.now)] if self.article and self.now else ""


def find_words(text: str, words: str) -> Span | None:
    """The first span of the text with these words, whatever white space is between them."""
    pieces = [re.escape(piece) for piece in words.split()]
    found = re.search(r"\s+".join(pieces), text) if pieces else None
    return found.span() if found else None


def new_wording(article: Article, words: str) -> Span | None:
    """The span of sentences that is most similar to the words, with as many sentences as they have; None if
    no similarity is above LEAST_SIMILARITY."""
    wanted = _bag(words)
    count = max(len(sentence_spans(words, article.language)), 1)
    spans = sentence_spans(article.text, article.language)[:SENTENCES_SEARCHED]
    bags = [_bag(article.text[start:end]) for start, end in spans]
    best, place = LEAST_SIMILARITY, -1
    for first in range(len(spans) - count + 1 or min(len(spans), 1)):
        alike = _alike(wanted, frozenset().union(*bags[first : first + count]))
        if alike > best:
            best, place = alike, first
    if place < 0:
        return None
    return spans[place][0], spans[min(place + count, len(spans)) - 1][1]


def differences(was: str, now: str) -> tuple[list[Span], list[Span]]:
    """The spans of words that only the old text has, and of those that only the new one has."""
    old, new = (list(_WORD.finditer(text)) for text in (was, now))
    matcher = SequenceMatcher(None, [one[0] for one in old], [one[0] for one in new], autojunk=False)
    changed = [operation for operation in matcher.get_opcodes() if operation[0] != "equal"]
    return (
        [_reach(old, first, last) for _, first, last, _, _ in changed if first < last],
        [_reach(new, first, last) for _, _, _, first, last in changed if first < last],
    )


def recheck(
    title: str, source: str, version: str, was: str, article: Article | None, others: Iterable[Article]
) -> QuoteCheck:
    """What became of the quote `was` from this version of an article.

    `article` is the article that is now served under its id. Only if it is None are `others` read: articles
    that may have the same words. `was` is empty if the words are no longer stored; then an article of another
    version is CHANGED, with nothing to show.
    """
    if article is None:
        for other in others:
            if was and (span := find_words(other.text, was)):
                return QuoteCheck(QuoteStatus.MOVED, title, source, was, other, span)
        return QuoteCheck(QuoteStatus.WITHDRAWN, title, source)
    span = find_words(article.text, was) if was else None
    if article.version() == version:
        return QuoteCheck(QuoteStatus.UNCHANGED, title, source, was, article, span)
    if span:
        return QuoteCheck(QuoteStatus.STANDS, title, source, was, article, span)
    return QuoteCheck(
        QuoteStatus.CHANGED, title, source, was, article, new_wording(article, was) if was else None
    )


def _bag(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (len(one | other) or 1)


def _reach(words: Sequence[re.Match[str]], first: int, last: int) -> Span:
    return words[first].start(), words[last - 1].end()
