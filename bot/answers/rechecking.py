"""Compares a quote with the current article: unchanged, moved, reworded or gone."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from corpus.article import Article
from retrieval.text.sentences import Span, sentence_spans

ALIKE = 0.5
"""Share of words, of the quoted ones and of a new wording together, that both must have for one to have taken
the place of the other. Of a sentence whose number and name are corrected about 0.8 stays; two sentences of
one article that say different things share 0.1 to 0.35."""
READ = 3_000
"""Sentences of an article among which a new wording is looked for: a long report has 300."""

_WORD = re.compile(r"\w+(?:['’.,-]\w+)*|[^\w\s]")


class QuoteStatus(Enum):
    """What became of words that were quoted."""

    UNCHANGED = "unchanged"
    """The article is what it was."""
    STANDS = "stands"
    """The article was edited, and these words stand in it as they did."""
    MOVED = "moved"
    """The article is not there under its address or id any more, and another has these words."""
    CHANGED = "changed"
    """The article was edited, and these words do not stand in it any more."""
    WITHDRAWN = "withdrawn"
    """The article was taken out, or is in no source any more."""


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """What became of a quote: of the article `title` from `source`.

    `was` are the quoted words, empty if they are not kept any more or may not be shown. `article` has the
    words, or what took their place, at `now`; both are None if there is nothing to show.
    """

    status: QuoteStatus
    title: str
    source: str
    was: str = ""
    article: Article | None = None
    now: Span | None = None

    @property
    def words(self) -> str:
        """The words that stand now; empty if there are none."""
        return self.article.text[slice(*self.now)] if self.article and self.now else ""


def find_words(text: str, words: str) -> Span | None:
    """Where the words stand in the text, whatever white space is between them."""
    pieces = [re.escape(piece) for piece in words.split()]
    found = re.search(r"\s+".join(pieces), text) if pieces else None
    return found.span() if found else None


def new_wording(article: Article, words: str) -> Span | None:
    """The sentences of the article, as many as the words have, that took the place of the words; None if
    none is like them."""
    wanted = _bag(words)
    count = max(len(sentence_spans(words, article.language)), 1)
    spans = sentence_spans(article.text, article.language)[:READ]
    bags = [_bag(article.text[start:end]) for start, end in spans]
    best, place = ALIKE, -1
    for first in range(len(spans) - count + 1 or min(len(spans), 1)):
        alike = _alike(wanted, frozenset().union(*bags[first : first + count]))
        if alike > best:
            best, place = alike, first
    if place < 0:
        return None
    return spans[place][0], spans[min(place + count, len(spans)) - 1][1]


def differences(was: str, now: str) -> tuple[list[Span], list[Span]]:
    """The spans of the words that one of two wordings has alone: those of the old, and those of the new."""
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
    """What became of the quote `was` of that version of an article.

    `article` is what is served under its id, None if nothing is; `others` are articles that may have
    taken it over: they are only looked at then. Without `was`, which is empty if the words are not kept,
    an article of another version is CHANGED, with nothing to show.
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
