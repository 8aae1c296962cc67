"""A request for a count or a list of articles."""

from dataclasses import dataclass
from enum import StrEnum

from retrieval.question.hint import Hint, HintKind


class ListingKind(StrEnum):
    """What is wanted of the articles."""

    COUNT = "count"
    LIST = "list"
    NEWS = "news"
    """The newest articles: "what's new", "any news about Toyota?"."""


@dataclass(frozen=True, slots=True)
class ListingRequest:
    """A request for the articles that contain the words of `subject` (all if it is empty), within the
    `hints`, which all filter. `byline` is an author's name as the question has it, if the corpus does not
    know it.

    They are listed from the newest or, with `oldest`, from the oldest on; `most` of them at first, if it is
    not 0. `tentative`: it is one only if there is any article, since it may also be a question. `counted`:
    the outlets (SOURCE) or the authors of the articles are asked for.
    """

    kind: ListingKind
    subject: str = ""
    hints: tuple[Hint, ...] = ()
    byline: str = ""
    most: int = 0
    oldest: bool = False
    tentative: bool = False
    counted: HintKind | None = None
