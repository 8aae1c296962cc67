"""The times that one text names, as a passage or a title is compared with a question's times."""

from functools import cached_property

from retrieval.dates.named_times import NamedTime, dates_in, year_parts, years_in

LAST_YEAR = ("last year", "지난해", "작년", "昨年", "去年")
"""Words with which an article refers to the year before its own."""


class TextTimes:
    """The times that a text names. Each kind is parsed when it is first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def years(self) -> frozenset[int]:
        """The years, alone or in a date."""
        return frozenset(one.year for one in years_in(self._text))

    @cached_property
    def parts(self) -> list[NamedTime]:
        """The quarters and half-years."""
        return list(year_parts(self._text))

    @cached_property
    def dates(self) -> list[NamedTime]:
        """The months and days."""
        return list(dates_in(self._text))

    @cached_property
    def says_last_year(self) -> bool:
        """Whether it refers to the year before its own in words."""
        lowered = self._text.lower()
        return any(words in lowered for words in LAST_YEAR)
