"""Hints: what was parsed from a question's words, in addition to the words themselves."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class HintUse(StrEnum):
    """The effect of a hint on the search."""

    FILTER = "filter"
    """Only articles that match it are found."""
    BOOST = "boost"
    """Articles that match it rank higher."""
    EXCLUDE = "exclude"
    """Articles that match it are not found."""


class HintKind(StrEnum):
    """What a hint is about."""

    DATES = "dates"
    SOURCE = "source"
    AUTHOR = "author"
    TITLE = "title"
    NOW = "now"
    SPELLING = "spelling"
    ARTICLE = "article"


TIME_HINTS = (HintKind.DATES, HintKind.NOW)
"""The kinds that are about a time."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing that a question says about the articles that answer it.

    `words` are exactly the question's. It is for FILTER if the person referred to the articles themselves
    ("articles from last week"), for EXCLUDE if to those that are not wanted ("not from The Verge"), else for
    BOOST. `since` and `until` bound the publication (half open) for
    DATES, and for NOW if a period is named; some days are added to an event's date
    (`mentioned_dates.AFTERMATH`). `name` is the source or author as articles write it, the title in quotation
    marks, the id of an ARTICLE whose address is in the question, or for SPELLING the word that was meant by a
    misspelt one or by a name in another script than the articles'. `empty`: no article is from the time of
    the hint.
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
        """Whether only articles that match it are found."""
        return self.use is HintUse.FILTER

    @property
    def boosts(self) -> bool:
        """Whether articles that match it rank higher."""
        return self.use is HintUse.BOOST

    @property
    def excludes(self) -> bool:
        """Whether articles that match it are not found."""
        return self.use is HintUse.EXCLUDE
