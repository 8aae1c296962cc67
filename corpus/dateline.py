"""Where and by which agency an article was written, before its first sentence."""

import re

_DATELINE = re.compile(
    r"^\s*(?:[A-Z][\w.'’-]*(?:[ ,]+[A-Z][\w.'’-]*){0,6}[ ,]*)?(?:[A-Z][a-z]{2,8}\.? \d{1,2},?\s*)?"
    r"\((?:[A-Z][\w.&]*(?: [A-Z][\w.&]*){0,3})\)\s*(?:--|[-–—])+\s*"
    r"|^\s*[A-Z]{3,}(?:[ ,]+[A-Z][\w.]*){0,4}\s*(?:\([^)]{1,30}\))?\s*(?:--|–|—)\s*"
    r"|^\s*\([^()=]{1,30}=[^()=]{1,20}\)\s*(?:[가-힣·\s]{1,20}(?:기자|특파원)\s*=\s*)?"
    r"|^\s*【[^【】]{1,30}】\s*"
)
"""As in "LONDON, England (CNN) -- "."""


def dateline_length(sentence: str) -> int:
    """Characters of the dateline that a sentence begins with; 0 where it has none, or is nothing else."""
    found = _DATELINE.match(sentence)
    return found.end() if found and found.end() < len(sentence) else 0
