"""Finds the evidence of a question in the current articles.

Positions do not count white space, so that evidence is still found if an article's layout changes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.answers.answer import Quote
from corpus.article import Article, ArticleKey
from retrieval.collection.collection import Collection
from retrieval.text.sentences import Span

SHOWN_LIMIT = 900
"""The first characters of a quote that count: the documented maximum length of a quote."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of an article that answer.

    `start` is the offset of `quote` in the article, needed if the quote occurs more than once.
    `answer_start` is the offset of the answer itself in the article, or, if it is less than `start`, in the
    quote; if it is None, the whole quote is the answer.
    """

    article_id: str
    quote: str
    start: int | None = None
    answer_start: int | None = None


@dataclass(frozen=True, slots=True)
class EvidenceSpan:
    """Part of an article; `start` and `end` are offsets in its text without white space."""

    collection: str
    article_id: str
    start: int
    end: int

    def covers(self, wanted: "EvidenceSpan") -> bool:
        """Whether this span has at least half of the characters of `wanted`."""
        if (self.collection, self.article_id) != (wanted.collection, wanted.article_id):
            return False
        shared = min(self.end, wanted.end) - max(self.start, wanted.start)
        return 2 * shared >= wanted.end - wanted.start


Gold = tuple[tuple[EvidenceSpan, ...], ...]
"""For each piece of evidence its places: several if collections share an article."""


def without_white_space(text: str) -> str:
    """The text without its white space."""
    return "".join(text.split())


class ServedArticles:
    """The served articles, in which evidence is located."""

    def __init__(self, collections: Iterable[Collection]) -> None:
        """Withdrawn articles are left out."""
        self._articles: dict[str, list[Article]] = {}
        self._squeezed: dict[ArticleKey, str] = {}
        for collection in collections:
            for article in collection.articles:
                self._articles.setdefault(article.id, []).append(article)

    def gold(self, evidence: Iterable[Evidence], answer: str, collections: Iterable[str]) -> Gold:
        """The places of the evidence in these collections; evidence that is not found is left out."""
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
        """The offset of the words without white space, the nearest to `start` if there are several; -1 if
        they are not found."""
        key = article.key
        text = self._squeezed.get(key)
        if text is None:
            text = self._squeezed[key] = without_white_space(article.text)
        if start is None:
            return text.find(words)
        wanted = _position(article, start)
        both = (text.rfind(words, 0, wanted + len(words)), text.find(words, wanted))
        return min((at for at in both if at >= 0), key=lambda at: abs(at - wanted), default=-1)


def _answer(article: Article, piece: Evidence, answer: str) -> Span:
    """The span of the answer in the piece of evidence, without white space; all of it if unknown."""
    if piece.answer_start is None or not answer.strip():
        return 0, len(without_white_space(piece.quote))
    start = article.text.find(piece.quote) if piece.start is None else piece.start
    inside = piece.answer_start - start if piece.answer_start >= start >= 0 else piece.answer_start
    before = len(without_white_space(piece.quote[:inside]))
    return before, before + len(without_white_space(answer))


def place_of(quote: Quote) -> EvidenceSpan:
    """The place of the part of a quote that counts."""
    return place_in(quote.article, (quote.start, min(quote.end, quote.start + SHOWN_LIMIT)))


def place_in(article: Article, span: Span) -> EvidenceSpan:
    """The place of a span of an article's text."""
    start = _position(article, span[0])
    return EvidenceSpan(
        article.collection, article.id, start, start + len(without_white_space(article.text[slice(*span)]))
    )


def _position(article: Article, offset: int) -> int:
    return len(without_white_space(article.text[:offset]))
