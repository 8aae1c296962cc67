"""Dates in a follow-up, which take the place of those in the question before: "and in November?" after "What
did Amazon do in October 2023?" asks about November 2023."""

from datetime import datetime

from corpus.lazy_pattern import lazy_pattern
from retrieval.dates.mentioned_dates import mentioned_periods
from retrieval.question.context import OPENING, has_clause

_BEFORE_DATES = r"\b(?:in|on|at|by|of|from|since|until|till|during|before|after|between|for)\s+"
_LEAD = lazy_pattern(rf"(?:{_BEFORE_DATES}|\b)(?:the\s+)?\Z")
DATED_BY = lazy_pattern(rf"{_BEFORE_DATES}\Z")
"""The preposition before a date."""
LEAD_LENGTH = 20
"""Characters before a date that are examined for such words."""
_YEAR = lazy_pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def undated(text: str, now: datetime) -> str:
    """The text without its dates and the prepositions before them."""
    kept, end = "", 0
    for one in mentioned_periods(text, now):
        lead = _LEAD.search(text, max(end, one.start - LEAD_LENGTH), one.start)
        kept += text[end : lead.start() if lead else one.start]
        end = one.end
    return kept + text[end:]


def names_date(question: str, now: datetime) -> bool:
    """Whether a follow-up says of which time it asks. In a clause, "still" and "now" don't: "is he still in
    jail?" may be about whoever was arrested in May."""
    clause = has_clause(question)
    return any(not (one.now and clause) for one in mentioned_periods(question, now))


def as_date(question: str, earlier: str, now: datetime) -> str:
    """A fragment of only a month ("what about May?") with "in", by which it is known for a date, if the
    earlier question has one, which it then replaces; else the question itself."""
    opening = OPENING.match(question)
    month = question[opening.end() :].rstrip(" ?.!") if opening else ""
    if not (opening and month) or mentioned_periods(question, now) or not mentioned_periods(earlier, now):
        return question
    whole = [(one.start, one.end) for one in mentioned_periods(f"in {month}", now)]
    is_date = whole == [(len("in "), len(f"in {month}"))]
    return f"{opening[0]}in {question[opening.end() :]}" if is_date else question


def with_year_of(question: str, earlier: str, now: datetime) -> str:
    """The question with the last year of the earlier one's dates after its first date, if that may be in any
    year."""
    years = [
        year
        for one in mentioned_periods(earlier, now)
        for year in _YEAR.findall(earlier[one.start : one.end])
    ]
    dates = mentioned_periods(question, now)
    if not (years and dates):
        return question
    first, year = dates[0], years[-1]
    eastern = f"{year}年" if "月" in question[first.start : first.end] else f"{year}년 "
    for before, after in (("", f" {year}"), (eastern, "")):
        dated = f"{question[: first.start]}{before}{question[first.start : first.end]}{after}"
        # It is read as one date only if the first had no year, and was not in the future with this one.
        if any((one.start, one.end) == (first.start, len(dated)) for one in mentioned_periods(dated, now)):
            return dated + question[first.end :]
    return question
