"""What was understood of a question's words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.text.scripts import EAST_LETTERS

_LETTER = rf"[^\W{EAST_LETTERS}]"
"""A letter of a script that separates words by spaces."""


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """What was understood of a question's words, kept apart from what the person set. Other words have to be
    parsed anew (`Query.reworded`).

    - `hints`: in the question's order.
    - `parts`: the questions of which it consists; empty if it asks one thing.
    - `bare`: the words that ask, without courtesies; empty if they are the whole text.
    - `newest`: `bare` is a topic, whose newest articles are asked for. `topical`: it is a topic, about which
      is asked what an outlet says, or what was said at some time.
    - `foreign`: the primary tag of its language, if the model does not know that
      (`retrieval.understanding.unknown_language`).
    """

    hints: tuple[Hint, ...] = ()
    parts: tuple[str, ...] = ()
    bare: str = ""
    newest: bool = False
    topical: bool = False
    foreign: str = ""

    @property
    def cites_source(self) -> bool:
        """Whether it cites a source that is in the corpus, except for a topic, of which that source may say
        nothing."""
        return not self.topical and any(hint.filters for hint in self.of_kind(HintKind.SOURCE))

    @property
    def outlets(self) -> tuple[Hint, ...]:
        """The hints for outlets whose articles are asked for, not left out."""
        return tuple(hint for hint in self.of_kind(HintKind.SOURCE) if not hint.excludes)

    def of_kind(self, kind: HintKind) -> tuple[Hint, ...]:
        """The hints of a kind."""
        return tuple(hint for hint in self.hints if hint.kind is kind)

    def named(self, kind: HintKind, use: HintUse) -> frozenset[str]:
        """The casefolded names of the hints of a kind with that use."""
        return frozenset(hint.name.casefold() for hint in self.of_kind(kind) if hint.use is use)


NOTHING_PARSED = ParsedQuestion()


def spelt(words: str, hints: Iterable[Hint]) -> str:
    """The words with those that are misspelt replaced, as the hints tell."""
    for hint in hints:
        if hint.kind is HintKind.SPELLING:
            # Korean and Japanese endings are attached to names of either script.
            word = rf"(?<!{_LETTER}){re.escape(hint.words)}(?!{_LETTER})"
            words = re.sub(word, hint.name.replace("\\", ""), words)
    return words
