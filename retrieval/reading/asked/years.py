"""Whether an amount in a sentence is of the year that a question names."""

from corpus.lazy_pattern import lazy_pattern

_YEAR = lazy_pattern(r"\b(?:19|20)\d\d\b")


def is_of_asked_year(question: str, before: str, after: str) -> bool:
    """Whether words are not another year's, given what stands before and after them in their sentence: of the
    years there, the nearest is one that the question names ("$76 million in 2021, compared to nearly $7
    million in 2019"). True if the question names no year, or the sentence does not have it."""
    asked = set(_YEAR.findall(question))
    years = [(len(before) - found.end(), found[0]) for found in _YEAR.finditer(before)]
    years += [(found.start(), found[0]) for found in _YEAR.finditer(after)]
    return asked.isdisjoint(year for _, year in years) or min(years)[1] in asked
