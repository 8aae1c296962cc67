"""A text that is made of known pieces from its first word to its last."""

import re
from collections.abc import Mapping
from functools import cached_property


class Pieces:
    """Patterns of what people say, by the kind of remark that it is."""

    def __init__(self, patterns: Mapping[str, str], around: str, *, end: str) -> None:
        """`around` is what may stand among the pieces and says nothing itself; `end` is a pattern of what
        must follow each piece."""
        self._kinds = {**patterns, "": around}
        self._end = end

    @cached_property
    def _patterns(self) -> list[tuple[str, re.Pattern[str]]]:
        """Compiled with the first text of the language: that takes longer than to import all else here."""
        return [(kind, re.compile(rf"(?:{words})(?:{self._end})")) for kind, words in self._kinds.items()]

    def kinds(self, text: str) -> list[str]:
        """The kinds of the pieces that the text is made of; none where it has a word of no piece.

        At each place the longest piece is taken and no other is tried, so that a text takes a time that is
        linear in its length.
        """
        found: list[str] = []
        at = 0
        while at < len(text):
            matches = [
                (match.end(), kind) for kind, one in self._patterns if (match := _longest(one, text, at))
            ]
            end, kind = max(matches, default=(at, ""))
            if end == at:
                return []
            found += [kind] if kind else []
            at = end
        return found


PHRASE = 8
"""Words of a piece at most that others follow, where words are set apart: "you didn't answer my question" has
five."""


def _longest(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str] | None:
    """The match to the end, else to the furthest space of the next few, else what matches: Japanese has no
    spaces between words, and the first alternative is often the beginning of another."""
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
