"""The outcome of one question."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.answers.answer import Answer, NoAnswer, quotes_of
from bot.evaluation.evidence import Gold, place_in, place_of

FIRST = 3
"""Passages of one page. The confidence is about them: a question is right where one of them answers."""
DEEP = 10
"""Passages that are looked at for all evidence of a question."""


class Group(StrEnum):
    """What a question can show: whether its answer is found (`ANSWERABLE`) or whether it is refused
    (`UNANSWERABLE`). Nothing is measured where the evidence is not in the corpus (`ELSEWHERE`) or nobody
    has named any yet (`UNJUDGED`)."""

    ANSWERABLE = "answerable"
    UNANSWERABLE = "unanswerable"
    ELSEWHERE = "elsewhere"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question as it was answered.

    `rank` is the place of the first passage that holds at least half of a piece of evidence, `article_rank`
    of the first one from an article with evidence, counted from 1; None if there was none. `whole` says
    whether all evidence stands in the first ten passages, `marked` whether the first passage's highlights
    hold a piece. `seconds` is how long the answer took, `error` why the question could not be asked.
    """

    id: str
    question: str
    type: str
    group: Group
    answered: bool
    confidence: float
    rank: int | None
    article_rank: int | None
    whole: bool
    marked: bool
    seconds: float
    error: str = ""

    @property
    def right(self) -> bool:
        """Whether one of the first three passages answers."""
        return within(self.rank, FIRST)

    @property
    def measured(self) -> bool:
        """Whether it says anything about the answers."""
        return self.group in (Group.ANSWERABLE, Group.UNANSWERABLE)

    @property
    def grade(self) -> int:
        """What a reader got: 2 for the answer in the first passage, 1 for it on the page, 0 for neither; of
        a question that has no answer, 2 for being told so and 0 for an answer."""
        if self.group is Group.UNANSWERABLE:
            return 0 if self.answered else 2
        return (self.right + within(self.rank, 1)) if self.answered else 0


def within(rank: int | None, places: int) -> bool:
    """Whether a rank is among the first so many."""
    return rank is not None and rank <= places


@dataclass(frozen=True, slots=True)
class Finding:
    """What an answer has of the evidence; the fields are as `Outcome` has them."""

    rank: int | None = None
    article_rank: int | None = None
    whole: bool = False
    marked: bool = False


def find(result: Answer | NoAnswer | None, gold: Gold) -> Finding:
    """Compare an answer, also one that was refused, with the evidence; None for a question that failed."""
    quotes = quotes_of(result) if result else ()
    if not quotes or not gold:
        return Finding()
    wanted = [place for places in gold for place in places]
    homes = {(place.collection, place.article_id) for place in wanted}
    shown = [place_of(quote) for quote in quotes]
    marks = [place_in(quotes[0].article, span) for span in quotes[0].highlights]
    return Finding(
        rank=_first([any(place.covers(one) for one in wanted) for place in shown]),
        article_rank=_first([(place.collection, place.article_id) in homes for place in shown]),
        whole=all(any(place.covers(one) for place in shown[:DEEP] for one in places) for places in gold),
        marked=any(mark.covers(one) for mark in marks for one in wanted),
    )


def _first(hits: Sequence[bool]) -> int | None:
    return hits.index(True) + 1 if True in hits else None
