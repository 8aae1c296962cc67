"""Removes "according to The Verge" from a question, when it only says whose articles are to be searched."""

import re
from collections.abc import Iterable

from retrieval.question.hint import Hint, HintKind

_BEFORE = r"(?:according to|as per|per|as reported by)(?: an?| the)? [\"“]?"
_AFTER = r"[\"”]?(?:['’]s?(?: \w+)? (?:reports?|articles?|stor(?:y|ies)|coverage))?"
_EAST = r"(?:에 따르면|에 의하면|によると|によれば)"


def without_citation(question: str, hints: Iterable[Hint]) -> str:
    """The question without the words that cite an outlet to whose articles the hints limit the search; these
    words are in none of its articles. The same question if there are none, or if nothing else would be left.
    """
    for hint in hints:
        if hint.filters and hint.kind is HintKind.SOURCE:
            name = re.escape(hint.words)
            cited = rf",?\s*\b{_BEFORE}{name}{_AFTER}(?:[,:]\s*|(?=\W*$)|\s)|{name}{_EAST}[,、]?\s*"
            left = re.sub(cited, " ", question, count=1, flags=re.IGNORECASE).strip()
            left = re.sub(r"\s+(?=[?!.])", "", left)
            if re.search(r"\w", left):
                question = left
    return question
