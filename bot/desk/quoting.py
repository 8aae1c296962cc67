"""Cuts quotes from articles, each with its citation."""

from bot.answers.answer import Citation, Quote
from bot.desk.citation import LinkFor, cite
from corpus.article import Article
from retrieval.ranking.hit import Features, Hit
from retrieval.text.sentences import Span


class Quoter:
    """Quotes articles."""

    def __init__(self, link_for: LinkFor) -> None:
        """`link_for` gives the address at which an article can be read."""
        self._link_for = link_for

    def quote_hit(self, hit: Hit) -> Quote:
        """A quote of a hit, with the citations of its copies."""
        copies = tuple(self.cite(copy.article, (copy.start, copy.end)) for copy in hit.also_in)
        span = (hit.passage.start, hit.passage.end)
        return self.quote(
            hit.passage.article,
            span,
            hit.highlights,
            hit.score,
            hit.features,
            copies,
            shown=hit.shown,
            answer=hit.answer,
        )

    def quote(
        self,
        article: Article,
        span: Span,
        highlights: tuple[Span, ...],
        score: float,
        features: Features,
        also_in: tuple[Citation, ...] = (),
        *,
        shown: Span | None = None,
        answer: Span | None = None,
    ) -> Quote:
        """A quote of a span of an article; the link opens it at the first highlighted sentence."""
        return Quote(
            article=article,
            start=span[0],
            end=span[1],
            text=article.text[slice(*span)],
            highlights=highlights,
            citation=self.cite(article, highlights[0] if highlights else span),
            score=score,
            features=features,
            also_in=also_in,
            shown=shown,
            answer=answer,
        )

    def cite(self, article: Article, span: Span) -> Citation:
        """The citation of a span of the article."""
        return cite(article, span, self._link_for)
