"""The result of a question: quotes with their citations, or the statement that there is no answer."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from corpus.article import Article
from retrieval.question.anchors import AnchorKind
from retrieval.question.query import Query
from retrieval.ranking.hit import Features
from retrieval.text.sentences import Span


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote is from. `link` opens the article at the quote: at its address, or where it has none, as
    a page of ours."""

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
    """The words of `article.text[start:end]`; `highlights` are spans of the sentences that answer, and
    `shown` is the span that is shown at once: all of it where that was not decided or not kept. `answer` are
    the words that a reader takes for the answer itself, None if none said. `reported_by` cites reports of
    the same event by other outlets, where a list tells them together."""

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
        """Whether the text and its marks are what the article has there; asked again at each rendering."""
        if not self.text or self.article.text[self.start : self.end] != self.text:
            return False
        inside = all(self.start <= start < end <= self.end for start, end in self.highlights)
        return inside and "".join(piece for piece, _ in self.marked()) == self.text

    def marked(self) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it is highlighted; joined they are the text."""
        pieces: list[tuple[str, bool]] = []
        at = self.start
        for start, end in self.highlights:
            pieces += [(self.article.text[at:start], False), (self.article.text[start:end], True)]
            at = end
        pieces.append((self.article.text[at : self.end], False))
        return [piece for piece in pieces if piece[0]]


@dataclass(frozen=True, slots=True)
class Searched:
    """What was looked through: the collections, how many articles, and how new the newest is."""

    collections: tuple[str, ...]
    articles: int
    within_filters: int
    newest: datetime | None
    generations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """What a question hangs on and no quote has: a year, a name. `words` are the question's own."""

    kind: AnchorKind
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Quotes that answer, best first. `confidence` is the probability that one of the first three does;
    `missing` is what none of them has, though the question hangs on it. `sure` says whether it is worth
    saying to people who asked one another and not the bot, when it is given: it is not kept."""

    query: Query
    quotes: tuple[Quote, ...]
    confidence: float
    searched: Searched
    missing: tuple[Missing, ...] = ()
    sure: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Nothing that answers; `nearest` are the closest passages, to be shown as no more than that, and
    `missing` is what none of them has, though the question hangs on it."""

    query: Query
    nearest: tuple[Quote, ...]
    confidence: float
    searched: Searched
    missing: tuple[Missing, ...] = ()


def quotes_of(result: Answer | NoAnswer) -> tuple[Quote, ...]:
    """The quotes that answer, or the nearest ones where none does."""
    return result.quotes if isinstance(result, Answer) else result.nearest


def with_quotes(result: Answer | NoAnswer, quotes: tuple[Quote, ...]) -> Answer | NoAnswer:
    """The same with other quotes in the place of its own."""
    if isinstance(result, Answer):
        return replace(result, quotes=quotes)
    return replace(result, nearest=quotes)
