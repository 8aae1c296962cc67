"""Follow-up questions, which continue the one before: "And in Japan?", "Why?", "What did he say?"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.question.context import (
    HANGUL,
    OPENING,
    WORD,
    Dependence,
    content_words,
    dependence,
    has_clause,
)
from retrieval.question.courtesies import bare_question, without_courtesies
from retrieval.question.pronouns import EMPTY, PREPOSITIONS, plain_word
from retrieval.question.query import QUESTION_LIMIT
from retrieval.text.scripts import EAST

CARRIED = 12
"""Maximum words added, the latest first, so that a long chain of questions does not grow without end."""

_SAYING = frozenset(
    "say says said do does done want wants decide react reacted respond responded win won lose lost".split()
)

_NO_SUBJECT = EMPTY | PREPOSITIONS | {"between", "during", "yes", "no"}

_PLACE = (
    r"\b(?i:{}\s+(?:the\s+)?)"
    r"((?i:(?:new|north|south|east|west|los|san|santa|united|hong|saudi|puerto|costa)\s+)?"
    r"[^\W_]+(?:\s+[A-Z][^\W_]*)*)"
)
"""The object of a preposition: a name of one word, or of more if capitals or “new” show it."""


@dataclass(frozen=True, slots=True)
class PreviousQuestion:
    """The question before: as it was searched, and the texts of the articles shown for it.

    `phrases` are words of the question that only have a meaning together: those of its hints. `answered` is
    false if it was refused; then `shown` is empty. `told` are the passages, by collection, article id and
    start, whose words the person was shown at once.
    """

    question: str
    shown: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    answered: bool = True
    told: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question, with the content words of the one before if it depends on it.

    `text` is the unchanged question if no words are added.
    """

    text: str
    dependence: Dependence


def follow_up(question: str, before: PreviousQuestion, written: str = "") -> FollowUp:
    """Complete a question with words of the one before.

    A complete question is returned unchanged. A dependent one loses its courtesies and gets content words of
    the one before, as far as they fit into QUESTION_LIMIT; those of a refused question only if the new one
    can't be searched without. `written` is the question with its names as articles write them, which decides
    how far it depends on the one before.
    """
    asked, earlier = asked_words(question), bare_question(before.question)
    found = dependence(asked_words(written) if written else asked, before.shown)
    if found is Dependence.NONE or not (before.answered or found is Dependence.CERTAIN):
        return FollowUp(question, found)
    named = has_clause(earlier) and _is_a_name(earlier)  # "Gaza?" alone is a topic
    if found is Dependence.POSSIBLE and named and _is_a_name(asked):
        return FollowUp(question, Dependence.NONE)
    understood = asked.strip()
    own = {word.lower() for word in WORD.findall(asked)}
    own |= _replaced(asked, earlier)
    kept = [piece for piece in _pieces(earlier, before.phrases) if not _said(piece, asked, own)]
    if has_clause(asked) and any(plain_word(word) not in EMPTY for word in content_words(asked)):
        # It says what is asked, and only needs the subject of the one before.
        kept = [piece for piece in kept if plain_word(piece) not in _NO_SUBJECT] or kept
    for before_it, piece in pairwise(("", *kept[:CARRIED])):
        # Names that were apart must not become one: "Federer and Moya".
        apart = before_it[:1].isupper() and piece[0].isupper() and f"{before_it} {piece}" not in earlier
        said = f"{',' * apart} {piece}"
        if len(understood) + len(said) <= QUESTION_LIMIT:
            understood += said
    return FollowUp(understood if kept else question, found)


def _is_a_name(question: str) -> bool:
    """Whether a question is about nothing but one name: “what did Bill Clinton say”. If “what did Bush do”
    follows it, only the name would carry over, and it has another one."""
    said = [word for word in content_words(question) if plain_word(word) not in EMPTY | _SAYING]
    return len(said) <= 1 or all(word[0].isupper() for word in said)


def asked_words(question: str) -> str:
    """The question without courtesies, but with the opening that shows that it continues the one before."""
    opening = OPENING.match(question)
    return (
        opening[0] + without_courtesies(question[opening.end() :])
        if opening
        else without_courtesies(question)
    )


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
