"""What was read out of a question's own words, beside the words themselves."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class HintUse(StrEnum):
    """What a hint does to the search."""

    FILTER = "filter"
    """Only articles that agree with it are found."""
    BOOST = "boost"
    """Articles that agree with it rank higher."""


class HintKind(StrEnum):
    """What a hint is about."""

    DATES = "dates"
    SOURCE = "source"
    AUTHOR = "author"
    TITLE = "title"
    NOW = "now"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing that a question says about the articles that answer it.

    `words` are the question's own, exactly as they stand there. It is for FILTER where the person spoke of
    the articles themselves ("articles from last week"), else for BOOST. `since` and `until` bound the
    publication, half open, for DATES and, where a period is said, for NOW; an event's date has some days
    after it (`mentioned_dates.AFTERMATH`). `name` is the source or the author as articles write it, the
    title in quotation marks, or the word that is meant by one of unlikely SPELLING, which a
    name in another script than the articles' is too. `empty` is whether no
    article is from the time that it speaks of.
    """

    kind: HintKind
    words: str
    use: HintUse
    since: datetime | None = None
    until: datetime | None = None
    name: str = ""
    empty: bool = False

    @property
    def filters(self) -> bool:
        """Whether only articles that agree with it are found."""
        return self.use is HintUse.FILTER
