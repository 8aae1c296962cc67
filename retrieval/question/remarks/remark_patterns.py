"""Patterns of remarks, which divide a text completely into known pieces."""

import re
from collections.abc import Mapping

from corpus.lazy_pattern import lazy_pattern


class RemarkPatterns:
    """Patterns of remarks, by kind."""

    def __init__(self, patterns: Mapping[str, str], around: str, *, end: str) -> None:
        """`patterns` has one pattern for each kind; of kinds that match the same piece the first counts.
        `around` matches words that may be between the pieces and say nothing themselves; `end` matches what
        must follow each piece."""
        kinds = {**patterns, "": around}
        self._patterns = [(kind, lazy_pattern(rf"(?:{words})(?:{end})")) for kind, words in kinds.items()]

    def kinds(self, text: str) -> list[str]:
        """The kinds of the pieces that make up the text; empty if a word belongs to none.

        Only the longest piece at each position is tried, so it takes linear time.
        """
        found: list[str] = []
        at = 0
        while at < len(text):
            matches = [
                (match.end(), kind) for kind, one in self._patterns if (match := _longest(one, text, at))
            ]
            end, kind = max(matches, key=lambda match: match[0], default=(at, ""))
            if end == at:
                return []
            found += [kind] if kind else []
            at = end
        return found


PHRASE = 8
"""Maximum words of a piece that others follow, in languages with spaces: "you didn't answer my question" has
five."""


def _longest(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str] | None:
    """The match that reaches the end, else the furthest of the next few spaces, else any match. Japanese has
    no spaces between words, and the first alternative of a pattern is often a prefix of another."""
    ends = [len(text)]
    space = at
    for _ in range(PHRASE):
        space = text.find(" ", space) + 1
        if not space:
            break
        ends.append(space)
    ends[1:] = reversed(ends[1:])
    whole = (pattern.fullmatch(text, at, end) for end in ends)
    return next(filter(None, whole), None) or pattern.match(text, at)
