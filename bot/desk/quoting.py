"""Cuts quotes from articles, each with its citation."""

from bot.answers.answer import Citation, Quote
from bot.desk.citation import LinkFor, cite
from corpus.article import Article
from retrieval.collection.passage import Passage
from retrieval.ranking.hit import Features, Hit
from retrieval.text.sentences import Span

NO_FEATURES = Features(None, 0.0, 0.0)


class Quoter:
    """Quotes articles."""

    def __init__(self, link_for: LinkFor) -> None:
        """`link_for` gives the address at which an article can be read."""
        self._link_for = link_for

    def quote(self, hit: Hit) -> Quote:
        """A quote of a hit, with the citations of its copies; the link opens the article at the first
        highlighted sentence."""
        passage = hit.passage
        span = (passage.start, passage.end)
        return Quote(
            article=passage.article,
            start=passage.start,
            end=passage.end,
            text=passage.text,
            highlights=hit.highlights,
            citation=self.cite(passage.article, hit.highlights[0] if hit.highlights else span),
            score=hit.score,
            features=hit.features,
            also_in=tuple(self.cite(copy.article, (copy.start, copy.end)) for copy in hit.also_in),
            shown=hit.shown,
            answer=hit.answer,
        )

    def quote_unranked(self, passage: Passage) -> Quote:
        """A quote of a passage that was not found by a search."""
        return self.quote(Hit(passage, 0.0, NO_FEATURES, ()))

    def cite(self, article: Article, span: Span) -> Citation:
        """The citation of a span of the article."""
        return cite(article, span, self._link_for)
