"""Which words of the question before are carried into one that depends on it."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from corpus.lazy_pattern import lazy_pattern
from retrieval.question.context import HANGUL, OPENING, WORD, content_words, has_clause
from retrieval.question.followups.followup_dates import undated
from retrieval.question.followups.previous_question import PreviousQuestion
from retrieval.question.pronouns import AUXILIARIES, EMPTY, PREPOSITIONS, plain_word
from retrieval.text.scripts import EAST

_NO_SUBJECT = EMPTY | PREPOSITIONS | {"between", "during", "yes", "no"}

_CORRECTS = lazy_pattern(r"\W*(?:(?:no|nope|sorry|wait)\b\W*)*i meant?\b", re.IGNORECASE)
"""How a question begins that says that the one before was not what was meant."""

_PREDICATE = lazy_pattern(
    r"\b(?:do|does|did|has|have|had|is|are|was|were|can|could|will|would|should)\s+(?:he|she|it|they)\s+"
    r"(?:(?:be|been|being|ever|also|really|still)\s+)*([^\W_]+)",
    re.IGNORECASE,
)
"""What was asked of a pronoun: “where did she study?”, “how long had he been flying?”."""
_VERB = lazy_pattern(rf"\bwho\s+(?!(?:{'|'.join(sorted(AUXILIARIES))})\b)([^\W_]+)", re.IGNORECASE)
"""The verb of a question for a person: “who found it?”."""

_PLACE = (
    r"\b(?i:{}\s+(?:the\s+)?)"
    r"((?i:(?:new|north|south|east|west|los|san|santa|united|hong|saudi|puerto|costa)\s+)?"
    r"[^\W_]+(?:\s+[A-Z][^\W_]*)*)"
)
"""The object of a preposition: a name of one word, or of more if capitals or “new” show it."""


class Words(NamedTuple):
    """Words of a question: as they were typed, and as articles write them."""

    typed: str
    written: str

    @property
    def is_name(self) -> bool:
        """Whether articles write them with a capital."""
        return self.written[:1].isupper()

    def each(self, change: Callable[[str], str]) -> "Words":
        """Both, changed in the same way."""
        return Words(change(self.typed), change(self.written))


def carried_words(asked: Words, earlier: Words, before: PreviousQuestion, now: datetime) -> list[Words]:
    """The content words and phrases of the `earlier` question that the `asked` one lacks, in order: none that
    it has or replaces, and none that belong to what it asks anew."""
    typed, written = _pieces(earlier.typed, before.phrases), _pieces(earlier.written, before.phrases)
    pieces = _both(typed, written)
    own = {word.lower().removesuffix("’s") for word in WORD.findall(asked.typed)}
    own |= _replaced(undated(asked.typed, now), undated(earlier.typed, now))
    kept = [piece for piece in pieces if not _said(piece.typed, asked.typed, own)]
    if _names_another(undated(asked.written, now)):
        replaced = own | _replaced_name(_names(pieces, earlier.written), before.own)
        # After "What is the CPTPP?", "and the US?" is about both.
        kept = [piece for piece in kept if not _said(piece.typed, asked.typed, replaced)] or kept
    return _of_subject(kept, asked.typed, earlier.typed, before) if has_clause(asked.typed) else kept


def _of_subject(kept: Sequence[Words], asked: str, earlier: str, before: PreviousQuestion) -> list[Words]:
    """The words for a question that says what it asks, and needs of the one before it what that was about."""
    left_out = _NO_SUBJECT | (_predicates(earlier, before) if _has_predicate(asked) else set())
    found = [piece for piece in kept if plain_word(piece.typed) not in left_out] or list(kept)
    if before.own and _CORRECTS.match(asked):
        taken_back = {word.lower() for word in WORD.findall(before.own)}
        found = [piece for piece in found if piece.is_name or piece.typed.lower() not in taken_back]
    return found


def _predicates(question: str, before: PreviousQuestion) -> set[str]:
    """What the question before asked of a pronoun, whose place a name may have taken, and of which its own
    words asked who did it, in small letters."""
    asked = question.replace(before.person, "he") if before.person else question
    return {word.lower() for word in (*_PREDICATE.findall(asked), *_VERB.findall(before.own))}


def _has_predicate(question: str) -> bool:
    """Whether a question says what it asks in a word of its own, as “is she married?” does and “why did he do
    that?” does not."""
    return any(plain_word(word) not in EMPTY for word in content_words(question))


def _both(typed: Iterator[str], written: Iterator[str]) -> list[Words]:
    """The words as they were typed, each with how it is written."""
    one, other = list(typed), list(written)
    return list(map(Words, one, other if len(one) == len(other) else one))


def _names(pieces: Sequence[Words], text: str) -> list[list[str]]:
    """The words of each name among the pieces, in small letters: those that stand together in the text."""
    names: list[list[str]] = []
    for before_it, piece in pairwise((Words("", ""), *pieces)):
        if before_it.is_name and piece.is_name and f"{before_it.written} {piece.written}" in text:
            names[-1].append(piece.typed.lower())
        elif piece.is_name:
            names.append([piece.typed.lower()])
    return names


def _names_another(question: str) -> bool:
    """Whether a question is a fragment that only names something else: “and Japan?”, “what about Lee?”. One
    with a preposition (“and in Japan?”) says of what it takes the place."""
    opening = OPENING.match(question)
    rest = question[opening.end() :] if opening else ""
    words = content_words(rest)
    prepositions = PREPOSITIONS.intersection(WORD.findall(rest.lower()))
    return bool(words) and all(word[0].isupper() for word in words) and not (prepositions or has_clause(rest))


def _replaced_name(names: Sequence[Sequence[str]], own: str) -> set[str]:
    """The words of the one name whose place another takes, of those in the `own` words of the question before
    or else of all; none where it may be any of several."""
    said = {word.lower() for word in WORD.findall(own)}
    among = [name for name in names if said.issuperset(name)] or names
    return set(among[0]) if len(among) == 1 else set()


def _pieces(earlier: str, phrases: Sequence[str]) -> Iterator[str]:
    """The content words of the question before, in order, its phrases undivided."""
    whole = "|".join(map(re.escape, sorted(filter(None, phrases), key=len, reverse=True)))
    for place, piece in enumerate(re.split(f"({whole})", earlier) if whole else [earlier]):
        yield from [piece] if place % 2 else content_words(piece)


def _said(piece: str, question: str, own: set[str]) -> bool:
    """Whether the question already has the words, or others in their place; a Korean word with any ending."""
    stem = piece[:2] if HANGUL.match(piece) else piece
    said = all(word.lower() in own for word in content_words(piece) or [piece])
    return said or bool(EAST.search(question) and stem in question)


def _replaced(question: str, before: str) -> set[str]:
    """The words that a fragment replaces: “And in Japan?” after “… in China?” is not about China."""
    opening = OPENING.match(question)
    if not opening:
        return set()
    words = WORD.findall(question[opening.end() :].lower())
    if has_clause(" ".join(words)):
        words = words[:1]
    places = (re.findall(_PLACE.format(word), before) for word in words if word in PREPOSITIONS)
    return {part.lower() for found in places if found for part in WORD.findall(found[-1])}
