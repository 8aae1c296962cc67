"""What a question for a count or a list asks for."""

from dataclasses import dataclass
from enum import StrEnum

from retrieval.question.hint import Hint


class ListingKind(StrEnum):
    """What is wanted of the articles."""

    COUNT = "count"
    LIST = "list"
    NEWS = "news"
    """The newest: "what's new", "any news about Toyota?"."""


@dataclass(frozen=True, slots=True)
class ListingRequest:
    """The articles that have the words of `subject` (all where it is empty), within the `hints`, which all
    filter. `byline` is an author as the question says it, where the corpus knows nobody of that whole name.
    """

    kind: ListingKind
    subject: str = ""
    hints: tuple[Hint, ...] = ()
    byline: str = ""
