"""What was read out of a question's own words, beside the words themselves."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class HintKind(StrEnum):
    """What a clue is about."""

    DATES = "dates"
    SOURCE = "source"
    AUTHOR = "author"
    TITLE = "title"
    NOW = "now"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing that a question says about the articles that answer it.

    `words` are the question's own, exactly as they stand there. A `firm` clue filters, as the person spoke
    of the articles themselves ("articles from last week"); any other only favours. `since` and `until`
    bound the publication, half open, for DATES and, where a period is said, for NOW; an event's date has
    some days after it (`mentioned_dates.AFTERMATH`). `name` is the source or the author as articles write
    it, the title in quotation marks, or the word that is meant by one of unlikely SPELLING.
    """

    kind: HintKind
    words: str
    firm: bool
    since: datetime | None = None
    until: datetime | None = None
    name: str = ""
