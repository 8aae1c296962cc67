"""The result of a question: quotes with their citations, or the statement that there is no answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from corpus.article import Article
from retrieval.question.anchors import AnchorKind
from retrieval.question.query import Query
from retrieval.ranking.hit import Features
from retrieval.text.sentences import Span


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote is from. `link` opens the article at the quote: at its address, or, if it has none, on
    a page made by the bot."""

    article_id: str
    collection: str
    title: str
    source: str
    author: str | None
    published: datetime | None
    url: str | None
    link: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The words `article.text[start:end]`, where `start` and `end`, like all spans, are offsets in the
    article's text.

    `highlights` are the sentences that answer. `shown` is the part that is shown at first; None, if that was
    not decided or not stored, means all. `answer` is the exact answer that a reader model found, None if no
    model ran or it found none. `also_in` cites articles with the same passage. `reported_by` cites reports
    of the same event by other outlets, in lists that group reports by event.
    """

    article: Article
    start: int
    end: int
    text: str
    highlights: tuple[Span, ...]
    citation: Citation
    score: float
    features: Features
    also_in: tuple[Citation, ...] = ()
    shown: Span | None = None
    answer: Span | None = None
    reported_by: tuple[Citation, ...] = ()

    @property
    def verbatim(self) -> bool:
        """Whether the text and its highlights match the article; checked again at each rendering."""
        if not self.text or self.article.text[self.start : self.end] != self.text:
            return False
        inside = all(self.start <= start < end <= self.end for start, end in self.highlights)
        return inside and "".join(piece for piece, _ in self.marked()) == self.text

    def marked(self) -> list[tuple[str, bool]]:
        """The text cut into (piece, whether it is highlighted)."""
        pieces: list[tuple[str, bool]] = []
        at = self.start
        for start, end in self.highlights:
            pieces += [(self.article.text[at:start], False), (self.article.text[start:end], True)]
            at = end
        pieces.append((self.article.text[at : self.end], False))
        return [piece for piece in pieces if piece[0]]


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched: `articles` is the number of articles in the collections, `within_filters` how many
    of them pass the filters, and `newest` the latest publication date."""

    collections: tuple[str, ...]
    articles: int
    within_filters: int
    newest: datetime | None
    generations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A year or name that is essential to a question but in no quote. `words` are the question's own."""

    kind: AnchorKind
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Quotes that answer, best first. `confidence` is the probability that one of the first three answers;
    `missing` are essential parts of the question that no quote has, `unanswered` those of several questions
    that have no answer. `sure` is whether the answer is good enough to post where people asked one another
    and not the bot; it is not stored."""

    query: Query
    quotes: tuple[Quote, ...]
    confidence: float
    searched: Searched
    missing: tuple[Missing, ...] = ()
    unanswered: tuple[str, ...] = ()
    sure: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """No quote that answers. `nearest` are the closest passages, which must be shown as such, and `missing`
    are essential parts of the question that none of them has."""

    query: Query
    nearest: tuple[Quote, ...]
    confidence: float
    searched: Searched
    missing: tuple[Missing, ...] = ()


def answered_questions(query: Query, unanswered: Sequence[str]) -> int:
    """How many of the questions of an answered message have an answer, each by the quote at its place."""
    asked = len(query.parsed.parts) if query.asks_separately else 1
    return max(1, asked - len(unanswered))


def quotes_of(result: Answer | NoAnswer) -> tuple[Quote, ...]:
    """The quotes that answer, or the nearest passages if there is no answer."""
    return result.quotes if isinstance(result, Answer) else result.nearest


def with_quotes(result: Answer | NoAnswer, quotes: tuple[Quote, ...]) -> Answer | NoAnswer:
    """The same result with these quotes instead of its own."""
    if isinstance(result, Answer):
        return replace(result, quotes=quotes)
    return replace(result, nearest=quotes)
