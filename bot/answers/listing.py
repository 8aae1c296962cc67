"""The result of a question that asks for a count or a list: the number of articles, and some of them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.answers.answer import Citation, Quote, Searched
from retrieval.question.query import Query

NEWEST = 5
"""Articles in a list of the latest."""
ARTICLES_LISTED = 7
"""Articles listed at once: the list stays below 700 characters, at which Slack folds a message."""


class Match(StrEnum):
    """How the words of the subject occur in the listed articles."""

    PHRASE = "phrase"
    """As a phrase, in any inflection."""
    ANY = "any"
    """As one of several phrases."""
    WORDS = "words"
    """All words, anywhere in the article."""
    ABOUT = "about"
    """As a phrase, or all its words in the title, the opening or repeatedly."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Articles about `subject`, or all if it is empty, without those that mention `without`, if it is not
    empty: first the `about` of them that don't only mention the subject, then the others; of each, the newest
    first, or the oldest with `oldest`.

    `query` has the filters that were read from the question as hints. `byline` is the name of an author who
    is not in the corpus. `count` is the number of all matching articles; `cited` are those from index `first`
    (from 0) on, and `opening` the first passages of the first of them. If no article matches and dates were a
    filter, `otherwise` is the number of articles without the dates, and `newest` the latest of their dates.
    `counted` are the outlets or authors of all matching articles, if these were asked for, with their numbers
    of articles, the most first.
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
    oldest: bool = False
    about: int = 0
    without: str = ""
    counted: tuple[tuple[str, int], ...] = ()

    @property
    def after(self) -> int:
        """The index of the first article that is not listed yet."""
        return self.first + len(self.cited)
