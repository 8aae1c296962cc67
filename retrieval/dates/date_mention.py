"""A mention of a period in a text."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DateMention:
    """A period that is mentioned at `text[start:end]`: half open, with None for an open end.

    `now`: the words refer to the present ("this week", "so far"), and may name no period. `of_reports`: they
    name a quarter or half of a year, on which companies report after its end.
    """

    start: int
    end: int
    since: datetime | None = None
    until: datetime | None = None
    now: bool = False
    of_reports: bool = False
