"""Things identified by a number: "Game 6", "No. 2", "the third law", "the second Harbour Run race"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from corpus.lazy_pattern import lazy_pattern
from retrieval.text.analyzer import STOP_WORDS
from retrieval.text.quantities import singular

_CARDINALS = "one two three four five six seven eight nine ten".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_WORDS = {word: number for words in (_CARDINALS, _ORDINALS) for number, word in enumerate(words, 1)}
_THING = lazy_pattern(
    rf"(?<!\w)(?P<before>no\.|#|[a-z]{{3,}})[ -]?#?(?P<count>\d{{1,3}}|(?:{'|'.join(_CARDINALS)}))"
    r"(?!\w|[.,:/-]\d|-[a-z]|%| (?-i:[A-Z]))"
    rf"|(?<!\w)(?P<place>(?:{'|'.join(_ORDINALS)})|\d{{1,3}}(?:st|nd|rd|th))"
    r"(?=[ -](?P<after>[a-z]{3,}(?:[ -][a-z]{3,}){0,3}))",
    re.IGNORECASE,
)
"""A noun and its number, or an ordinal and up to four words after it, one of which should be its noun. A
number before a capitalised word belongs to that word ("weekend 17 Again opened")."""
_NUMBER = frozenset(("no.", "#", "number"))
_NO_THINGS = STOP_WORDS | frozenset("least only nearly under around every time since until within".split())
"""Words beside a number that it does not identify, and at which the words after an ordinal end."""


@dataclass(frozen=True, slots=True)
class NumberedThing:
    """The number of a thing, and the words that may be its noun, singular and in lower case: those after an
    ordinal ("second harbour race began"), else the one before the number, "number" for "No. 2". Without an
    `ordinal` the number may count what follows ("killed 63 people")."""

    words: tuple[str, ...]
    number: int
    ordinal: bool = field(default=False, compare=False)

    def is_alike(self, other: "NumberedThing") -> bool:
        """Whether both may be things of one kind: they begin with the same word, or the last word of one, its
        noun if no verb follows, is among the other's."""
        return (
            self.words[0] == other.words[0] or self.words[-1] in other.words or other.words[-1] in self.words
        )


def numbered(text: str) -> Iterator[NumberedThing]:
    """The numbered things of an English text, in its order."""
    for one in _THING.finditer(text):
        said = (one["count"] or one["place"]).lower()
        number = _WORDS.get(said) or int(re.sub(r"\D", "", said))
        words = re.split("[ -]", (one["before"] or one["after"]).lower())
        if things := tuple(takewhile(lambda word: word not in _NO_THINGS, words)):
            yield NumberedThing(
                tuple("number" if word in _NUMBER else singular(word) for word in things),
                number,
                ordinal=one["place"] is not None,
            )
