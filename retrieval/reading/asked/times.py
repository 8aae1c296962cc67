"""How an English question begins that asks for a time."""

import re

from corpus.lazy_pattern import lazy_pattern

ASKS_WHEN = r"\W*(?:when|(?:on |in )?(?:what|which) (?:time|date|day|week|month|year))\b"
"""“When did it open?”, “in which year …”; to be matched at the beginning, and without regard to case."""
_ASKS_WHEN = lazy_pattern(ASKS_WHEN, re.IGNORECASE)


def asks_when(question: str) -> bool:
    """Whether the question begins so."""
    return _ASKS_WHEN.match(question) is not None
