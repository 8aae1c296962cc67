"""A period that somebody speaks of."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DateMention:
    """Where in a text a period is spoken of, and the period: half open, None an open end.

    `now` is whether the words speak of the present ("this week", "so far"), which need name no period;
    `of_reports` whether they name a quarter or half of a year, on which firms report when it is over.
    """

    start: int
    end: int
    since: datetime | None = None
    until: datetime | None = None
    now: bool = False
    of_reports: bool = False
