"""Finds the evidence of a question in the current articles.

White space is not counted anywhere, so that an article may be laid out anew.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.answers.answer import Quote
from corpus.article import Article
from retrieval.collection.collection import Collection
from retrieval.text.sentences import Span

SHOWN_LIMIT = 900
"""Characters of a quote that count: the contract's longest. A longer one is a wall of text, not a quote."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of an article that answer: `quote`, which begins at character `start` of the article where it
    stands there more than once. The answer itself begins at `answer_start` of the article, or of the quote
    where that number is before `start`; without it, the whole quote is the answer."""

    article_id: str
    quote: str
    start: int | None = None
    answer_start: int | None = None


@dataclass(frozen=True, slots=True)
class EvidenceSpan:
    """Part of an article, `start` and `end` counted in characters other than white space."""

    collection: str
    article_id: str
    start: int
    end: int

    def covers(self, wanted: "EvidenceSpan") -> bool:
        """Whether it has at least half of the characters that are wanted."""
        if (self.collection, self.article_id) != (wanted.collection, wanted.article_id):
            return False
        shared = min(self.end, wanted.end) - max(self.start, wanted.start)
        return 2 * shared >= wanted.end - wanted.start


Gold = tuple[tuple[EvidenceSpan, ...], ...]
"""For each piece of evidence the places where it stands: more than one where collections share an article."""


def without_white_space(text: str) -> str:
    """The text without its white space."""
    return "".join(text.split())


class ServedArticles:
    """The articles that are served, to find places in."""

    def __init__(self, collections: Iterable[Collection]) -> None:
        """Withdrawn articles are not in it."""
        self._articles: dict[str, list[Article]] = {}
        self._squeezed: dict[tuple[str, str], str] = {}
        for collection in collections:
            for article in collection.articles:
                self._articles.setdefault(article.id, []).append(article)

    def gold(self, evidence: Iterable[Evidence], answer: str, collections: Iterable[str]) -> Gold:
        """Where the evidence stands in these collections; what stands nowhere is left out."""
        searched = frozenset(collections)
        found = (tuple(self._places(piece, answer, searched)) for piece in evidence)
        return tuple(places for places in found if places)

    def _places(self, piece: Evidence, answer: str, searched: frozenset[str]) -> Iterator[EvidenceSpan]:
        words = without_white_space(piece.quote)
        for article in self._articles.get(piece.article_id, ()):
            if article.collection in searched:
                at = self._find(article, words, piece.start)
                if at >= 0:
                    start, end = _answer(article, piece, answer)
                    yield EvidenceSpan(article.collection, article.id, at + start, at + end)

    def _find(self, article: Article, words: str, start: int | None) -> int:
        """Where the words stand, of several places the one nearest to `start`; -1 for nowhere."""
        key = (article.collection, article.id)
        text = self._squeezed.get(key)
        if text is None:
            text = self._squeezed[key] = without_white_space(article.text)
        if start is None:
            return text.find(words)
        wanted = _position(article, start)
        both = (text.rfind(words, 0, wanted + len(words)), text.find(words, wanted))
        return min((at for at in both if at >= 0), key=lambda at: abs(at - wanted), default=-1)


def _answer(article: Article, piece: Evidence, answer: str) -> Span:
    """Where the answer stands in the piece of evidence, without white space; unknown, it is the whole."""
    if piece.answer_start is None or not answer.strip():
        return 0, len(without_white_space(piece.quote))
    start = article.text.find(piece.quote) if piece.start is None else piece.start
    inside = piece.answer_start - start if piece.answer_start >= start >= 0 else piece.answer_start
    before = len(without_white_space(piece.quote[:inside]))
    return before, before + len(without_white_space(answer))


def place_of(quote: Quote) -> EvidenceSpan:
    """What counts of a quote."""
    return place_in(quote.article, (quote.start, min(quote.end, quote.start + SHOWN_LIMIT)))


def place_in(article: Article, span: Span) -> EvidenceSpan:
    """A span of an article's text as a place."""
    start = _position(article, span[0])
    return EvidenceSpan(
        article.collection, article.id, start, start + len(without_white_space(article.text[slice(*span)]))
    )


def _position(article: Article, offset: int) -> int:
    return len(without_white_space(article.text[:offset]))
