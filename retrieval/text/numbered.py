"""Things identified by a number: "Game 6", "No. 2", "the third law", "round four"."""

import re
from collections import defaultdict
from collections.abc import Mapping

from retrieval.text.analyzer import STOP_WORDS
from retrieval.text.quantities import singular

_CARDINALS = "one two three four five six seven eight nine ten".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_WORDS = {word: number for words in (_CARDINALS, _ORDINALS) for number, word in enumerate(words, 1)}
_THING = re.compile(
    rf"(?<!\w)(?P<before>no\.|#|[a-z]{{3,}})[ -]?#?(?P<count>\d{{1,3}}|(?:{'|'.join(_CARDINALS)}))"
    r"(?!\w|[.,:-]\d|%| (?-i:[A-Z]))"
    rf"|(?<!\w)(?P<place>(?:{'|'.join(_ORDINALS)})|\d{{1,3}}(?:st|nd|rd|th))[ -](?P<after>[a-z]{{3,}})",
    re.IGNORECASE,
)
"""A noun and its number, or an ordinal and its noun. A number before a capitalised word belongs to that word
("weekend 17 Again opened")."""
_NUMBER = frozenset(("no.", "#", "number"))
_NO_THINGS = STOP_WORDS | frozenset("least only nearly under around every time since until within".split())
"""Words beside a number that it does not identify."""


def numbered(text: str) -> Mapping[str, frozenset[int]]:
    """The numbers of each noun in an English text; nouns are singular and in lower case. The key "number" is
    for things with only a number (No. 2)."""
    found: dict[str, set[int]] = defaultdict(set)
    for one in _THING.finditer(text):
        noun = (one["before"] or one["after"]).lower()
        if noun not in _NO_THINGS:
            said = (one["count"] or one["place"]).lower()
            number = _WORDS.get(said) or int(re.sub(r"\D", "", said))
            found["number" if noun in _NUMBER else singular(noun)].add(number)
    return {noun: frozenset(numbers) for noun, numbers in found.items()}
