"""The result of a question for a count or a list: how many articles there are, and some of them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.answers.answer import Citation, Quote, Searched
from retrieval.question.query import Query

NEWEST = 5
"""Articles listed as the latest."""
LISTED = 7
"""Articles listed at once: below 700 characters in a chat, where Slack folds a message."""


class Match(StrEnum):
    """How the listed articles have the subject's words."""

    PHRASE = "phrase"
    """Side by side, in any form."""
    ANY = "any"
    """One of several, side by side."""
    WORDS = "words"
    """Each of them, wherever in the article."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Articles that hold `subject` (all where it is empty), the newest first.

    `query` has what narrows it as hints. `byline` is an author whom the corpus does not know. `count` is how
    many there are in all; `cited` are those from number `first` on, counted from 0, and `opening` the first
    passages of the first of them. Where there are none and dates narrowed it, `otherwise` is how many there
    are without the dates, and `newest` the date of the newest of those.
    """

    query: Query
    subject: str
    match: Match
    byline: str
    count: int
    first: int
    cited: tuple[Citation, ...]
    searched: Searched
    opening: tuple[Quote, ...] = field(default=(), compare=False)
    otherwise: int = 0
    newest: datetime | None = None

    @property
    def after(self) -> int:
        """The number of the first article that is not listed yet."""
        return self.first + len(self.cited)
