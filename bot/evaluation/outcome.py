"""The outcome of one question."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.answers.answer import Answer, NoAnswer, quotes_of
from bot.evaluation.evidence import Gold, place_in, place_of

FIRST = 3
"""Passages of one page, to which the confidence refers: a question is right if one of them answers."""
DEEP = 10
"""Passages that are searched for all evidence of a question."""


class Group(StrEnum):
    """What a question measures: whether its answer is found (`ANSWERABLE`), or whether the bot says that it
    has none (`UNANSWERABLE`). It measures nothing if its evidence is not in the corpus (`ELSEWHERE`) or
    nobody has given any yet (`UNJUDGED`)."""

    ANSWERABLE = "answerable"
    UNANSWERABLE = "unanswerable"
    ELSEWHERE = "elsewhere"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one question was answered.

    `rank` is the rank, from 1, of the first passage with at least half of a piece of evidence, and
    `article_rank` that of the first passage from an article with evidence; None if there was none. `whole` is
    whether the first ten passages have all evidence, and `marked` whether the first passage's highlights have
    a piece of it. `seconds` is how long the answer took, and `error` why the question could not be asked.
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
        """Whether the question measures anything."""
        return self.group in (Group.ANSWERABLE, Group.UNANSWERABLE)

    @property
    def grade(self) -> int:
        """The quality for a reader: 2 if the first passage has the answer, 1 if another one on the page has
        it, else 0. For a question without an answer, 2 if the bot says so, and 0 if it answers."""
        if self.group is Group.UNANSWERABLE:
            return 0 if self.answered else 2
        return (self.right + within(self.rank, 1)) if self.answered else 0


def within(rank: int | None, places: int) -> bool:
    """Whether a rank is among the first `places`."""
    return rank is not None and rank <= places


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """Which evidence an answer has; the fields are as in `Outcome`."""

    rank: int | None = None
    article_rank: int | None = None
    whole: bool = False
    marked: bool = False


def find_evidence(result: Answer | NoAnswer | None, gold: Gold) -> EvidenceFound:
    """Compare an answer, or the nearest passages if there is none, with the evidence. `result` is None for a
    question that failed."""
    quotes = quotes_of(result) if result else ()
    if not quotes or not gold:
        return EvidenceFound()
    wanted = [place for places in gold for place in places]
    homes = {(place.collection, place.article_id) for place in wanted}
    shown = [place_of(quote) for quote in quotes]
    marks = [place_in(quotes[0].article, span) for span in quotes[0].highlights]
    return EvidenceFound(
        rank=_first([any(place.covers(one) for one in wanted) for place in shown]),
        article_rank=_first([(place.collection, place.article_id) in homes for place in shown]),
        whole=all(any(place.covers(one) for place in shown[:DEEP] for one in places) for places in gold),
        marked=any(mark.covers(one) for mark in marks for one in wanted),
    )


def _first(hits: Sequence[bool]) -> int | None:
    return hits.index(True) + 1 if True in hits else None
