"""Recognises datelines: the place and agency before the first sentence of an article."""

from corpus.lazy_pattern import lazy_pattern

_AGENCY = r"CNN(?: Business)?|Reuters|AP|AFP|UPI"
"""The agencies whose names appear without brackets, or without a dash after the brackets."""
_PLACE = r"(?:[A-Z][\w.'’-]*(?:(?:, |[ /])[A-Z][\w.'’-]*){0,5} )?"
_DATELINE = lazy_pattern(
    r"^\s*(?:[A-Z][\w.'’-]*(?:[ ,]+[A-Z][\w.'’-]*){0,6}[ ,]*)?(?:[A-Z][a-z]{2,8}\.? \d{1,2},?\s*)?"
    r"\((?:[A-Z][\w.&]*(?: [A-Z][\w.&]*){0,3})\)\s*[-–—]+\s*"
    r"|^\s*[A-Z]{3,}(?:[ ,]+[A-Z][\w.]*){0,4}\s*(?:\([^)]{1,30}\))?\s*(?:--|–|—)\s*"
    rf"|^\s*(?!Associated|Agence){_PLACE}\((?:{_AGENCY})\)\s+(?=[\"“'‘]?[A-Z])"
    rf"|^\s*{_PLACE}(?:{_AGENCY})\s*(?:--|–|—)\s*"
    r"|^\s*\([^()=]{1,30}=[^()=]{1,20}\)\s*(?:[가-힣·\s]{1,20}(?:기자|특파원)\s*=\s*)?"
    r"|^\s*【[^【】]{1,30}】\s*"
)
"""Matches datelines such as "LONDON, England (CNN) -- "."""


def dateline_length(sentence: str) -> int:
    """The number of characters of the dateline at the start of a sentence; 0 if there is none, or nothing
    follows it."""
    found = _DATELINE.match(sentence)
    return found.end() if found and found.end() < len(sentence) else 0
