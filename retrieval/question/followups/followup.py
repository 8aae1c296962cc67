"""Follow-up questions, which continue the one before: "And in Japan?", "Why?", "What did he say?"."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import NamedTuple

from corpus.lazy_pattern import lazy_pattern
from retrieval.question.context import (
    HANGUL,
    OPENING,
    WORD,
    Dependence,
    begins_anew,
    content_words,
    dependence,
    has_clause,
)
from retrieval.question.courtesies import bare_question, without_courtesies
from retrieval.question.followups.followup_dates import as_date, names_date, undated, with_year_of
from retrieval.question.followups.replacements import Spans, correction, date_in_place, outlet_in_place
from retrieval.question.pronouns import (
    AUXILIARIES,
    EMPTY,
    PREPOSITIONS,
    has_unresolved_pronoun,
    plain_word,
    with_person,
)
from retrieval.question.query import QUESTION_LIMIT
from retrieval.question.quotations import quotations
from retrieval.question.reactions import without_reaction
from retrieval.text.scripts import EAST

CARRIED = 12
"""Maximum words added, the latest first, so that a long chain of questions does not grow without end."""

_SAYING = frozenset(
    "say says said do does done want wants decide react reacted respond responded win won lose lost".split()
)

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


@dataclass(frozen=True, slots=True)
class PreviousQuestion:
    """The question before: as it was searched, and the texts of the articles shown for it.

    `phrases` are words of the question that only have a meaning together: those of its hints. `answered` is
    false if it was refused; then `shown` is empty. `told` are the passages, by collection, article id and
    start, whose words the person was shown at once. `own` are the question's own words if those of an earlier
    one were added to it, else empty. `person` is the name that was shown as the answer, to this question or
    an earlier one about the same person, if that asked who it is.
    """

    question: str
    shown: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    answered: bool = True
    told: tuple[tuple[str, str, int], ...] = ()
    own: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question, with the content words of the one before if it depends on it.

    `text` is the unchanged question if no words are added, and `asked` its own words, with the name of the
    person whom a pronoun means.
    """

    text: str
    dependence: Dependence
    asked: str = ""


class _Piece(NamedTuple):
    """Words that may be carried: as they were typed, and as articles write them."""

    typed: str
    written: str

    @property
    def is_name(self) -> bool:
        return self.written[:1].isupper()


def follow_up(
    question: str,
    before: PreviousQuestion,
    written: Callable[[str], str] = lambda text: text,
    asked_at: datetime | None = None,
    outlets: Callable[[str], Spans] = lambda _: (),
) -> FollowUp:
    """Complete a question with words of the one before.

    A complete question is returned unchanged. A dependent one loses its courtesies and gets content words of
    the one before, as far as they fit into QUESTION_LIMIT; those of a refused question only if the new one
    can't be searched without. `written` gives the names in a text of small letters the capitals that articles
    give them, which tells names from other words. `asked_at` is now if it is not given.
    `outlets` finds the names of outlets.

    A question that only names another outlet or date, or corrects a name, is the one before with that in its
    place.
    """
    now = asked_at or datetime.now(UTC)
    asked, earlier = asked_words(question), bare_question(before.question)
    asked_written, earlier_written = written(asked), written(earlier)
    # “Different question: …” is cut off like a greeting.
    found = Dependence.NONE if begins_anew(question) else dependence(asked_written, before.shown)
    in_place = (
        None
        if begins_anew(question)
        else (
            outlet_in_place(asked, earlier, before.phrases, outlets)
            or correction(asked_written, earlier_written, before.own)
        )
    )
    if not in_place and found is Dependence.CERTAIN:
        in_place = date_in_place(asked, earlier, now)
    if in_place:
        text = earlier if in_place.old in earlier else earlier_written
        return FollowUp(in_place.applied(text), Dependence.CERTAIN, in_place.applied(before.own))
    if found is Dependence.NONE or not (before.answered or found is Dependence.CERTAIN):
        return FollowUp(question, found)
    named = has_clause(earlier) and _is_a_name(earlier)  # "Gaza?" alone is a topic
    if found is Dependence.POSSIBLE and named and _is_a_name(asked):
        return FollowUp(question, Dependence.NONE)
    if before.person and has_unresolved_pronoun(asked_written):
        asked = with_person(asked, before.person)
        asked_written = with_person(asked_written, before.person)
    asked, asked_written = as_date(asked, earlier, now), as_date(asked_written, earlier, now)
    if names_date(asked, now):
        asked = with_year_of(asked, earlier, now)
        earlier, earlier_written = undated(earlier, now), undated(earlier_written, now)
    if _unquoted(asked) != asked:
        # "Did he really say “…”?" is not about what was quoted before.
        earlier, earlier_written = _unquoted(earlier), _unquoted(earlier_written)
    understood = asked.strip()
    own = {word.lower().removesuffix("’s") for word in WORD.findall(asked)}
    own |= _replaced(undated(asked, now), undated(earlier, now))
    pieces = _both(_pieces(earlier, before.phrases), _pieces(earlier_written, before.phrases))
    kept = [piece for piece in pieces if not _said(piece.typed, asked, own)]
    if _names_another(undated(asked_written, now)):
        replaced = own | _replaced_name(_names(pieces, earlier_written), before.own)
        # After "What is the CPTPP?", "and the US?" is about both.
        kept = [piece for piece in kept if not _said(piece.typed, asked, replaced)] or kept
    if has_clause(asked):
        # It says what is asked; of the one before it needs what that was about.
        left_out = _NO_SUBJECT | (_predicates(earlier, before) if _has_predicate(asked) else set())
        kept = [piece for piece in kept if plain_word(piece.typed) not in left_out] or kept
        if before.own and _CORRECTS.match(asked):
            taken_back = {word.lower() for word in WORD.findall(before.own)}
            kept = [piece for piece in kept if piece.is_name or piece.typed.lower() not in taken_back]
    last = WORD.findall(asked_written)[-1] if asked_written[-1:].isalnum() else ""
    for before_it, piece in pairwise((_Piece(last, last), *kept[:CARRIED])):
        # Names that stood apart are not one: "Federer and Moya".
        together = f"{before_it.written} {piece.written}" in earlier_written
        said = f"{',' * (before_it.is_name and piece.is_name and not together)} {piece.typed}"
        if len(understood) + len(said) <= QUESTION_LIMIT:
            understood += said
    changed = kept or (before.person and before.person in understood)
    return FollowUp(understood if changed else question, found, asked)


def _unquoted(text: str) -> str:
    """The text without what is in quotation marks."""
    kept, end = "", 0
    for one in quotations(text):
        kept, end = kept + text[end : one.start], one.end
    return kept + text[end:]


def _predicates(question: str, before: PreviousQuestion) -> set[str]:
    """What the question before asked of a pronoun, whose place a name may have taken, and of which its own
    words asked who did it, in small letters."""
    asked = question.replace(before.person, "he") if before.person else question
    return {word.lower() for word in (*_PREDICATE.findall(asked), *_VERB.findall(before.own))}


def _has_predicate(question: str) -> bool:
    """Whether a question says what it asks in a word of its own, as “is she married?” does and “why did he do
    that?” does not."""
    return any(plain_word(word) not in EMPTY for word in content_words(question))


def _both(typed: Iterator[str], written: Iterator[str]) -> list[_Piece]:
    """The words as they were typed, each with how it is written."""
    one, other = list(typed), list(written)
    return list(map(_Piece, one, other if len(one) == len(other) else one))


def _names(pieces: Sequence[_Piece], text: str) -> list[list[str]]:
    """The words of each name among the pieces, in small letters: those that stand together in the text."""
    names: list[list[str]] = []
    for before_it, piece in pairwise((_Piece("", ""), *pieces)):
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


def _is_a_name(question: str) -> bool:
    """Whether a question is about nothing but one name: “what did Bill Clinton say”. If “what did Bush do”
    follows it, only the name would carry over, and it has another one."""
    said = [word for word in content_words(question) if plain_word(word) not in EMPTY | _SAYING]
    return len(said) <= 1 or all(word[0].isupper() for word in said)


def asked_words(question: str) -> str:
    """The question without courtesies, but with the opening that shows that it continues the one before."""
    question = without_reaction(question)
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
