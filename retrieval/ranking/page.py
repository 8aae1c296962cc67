"""The hits for one question, and how sure it is that they answer."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from retrieval.question.query import Query
from retrieval.ranking.confidence import confidence, thresholds
from retrieval.ranking.diversity import in_turns
from retrieval.ranking.hit import Hit
from retrieval.ranking.search import Found


@dataclass(frozen=True, slots=True)
class Page:
    """`queries` are those that the hits are for. `confidence` is the probability that one of the first three
    `hits` answers. `answers` tells whether they are shown as an answer, `sure` whether that is good enough to
    post unasked. `unanswered` are other questions of the message, which have no answer."""

    queries: tuple[Query, ...]
    hits: Sequence[Hit]
    confidence: float
    answers: bool
    sure: bool
    unanswered: tuple[str, ...] = ()


def page_of(query: Query, found: Found, passages: int) -> Page:
    """The page for what was found in a corpus of so many passages."""
    chance, at = confidence(found, query, passages), thresholds(found)
    answers = chance >= at.answer and bool(found.hits)
    return Page((query,), found.hits, chance, answers, answers and chance >= at.sure)


def together(pages: Sequence[Page], limit: int) -> Page:
    """One page for the questions of a message, with at most `limit` hits, of each question in turns.

    If some are answered, only their hits are on it, and it is as sure as the least sure of them.
    """
    answered = [page for page in pages if page.answers]
    others = [page for page in pages if not page.answers]
    chosen = answered or pages
    chances = [page.confidence for page in chosen]
    return Page(
        tuple(query for page in chosen for query in page.queries),
        in_turns([page.hits for page in chosen], _identity)[:limit],
        min(chances) if answered else max(chances),
        answers=bool(answered),
        sure=all(page.sure for page in pages),
        unanswered=tuple(_own(query) for page in others for query in page.queries) if answered else (),
    )


def _own(query: Query) -> str:
    """The question itself, without words of the one before it that were added to it."""
    return query.text.partition("? ")[0].rstrip("?") + "?"


def _identity(hit: Hit) -> Hashable:
    """A passage that answers two questions by different sentences is shown for each."""
    return hit.passage.article.key, hit.passage.start, hit.passage.end, hit.highlights
