"""Follow-up questions, which continue the one before: "And in Japan?", "Why?", "What did he say?"."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from retrieval.question.context import (
    OPENING,
    WORD,
    Dependence,
    begins_anew,
    content_words,
    dependence,
    has_clause,
)
from retrieval.question.courtesies import bare_question, without_courtesies
from retrieval.question.followups.carried_words import Words, carried_words
from retrieval.question.followups.followup_dates import as_date, names_date, undated, with_year_of
from retrieval.question.followups.narrowing import Lists, changed_question, unlimited
from retrieval.question.followups.previous_question import PreviousQuestion
from retrieval.question.followups.replacements import (
    Replacement,
    Spans,
    correction,
    date_in_place,
    outlet_in_place,
)
from retrieval.question.pronouns import EMPTY, has_unresolved_pronoun, plain_word, with_person
from retrieval.question.query import QUESTION_LIMIT
from retrieval.question.reactions import without_reaction
from retrieval.text.quotations import quotations

WORDS_CARRIED = 12
"""Maximum words added, the latest first, so that a long chain of questions does not grow without end."""


_SAYING = frozenset(
    "say says said do does done want wants decide react reacted respond responded win won lose lost".split()
)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question, with the content words of the one before if it depends on it.

    `text` is the unchanged question if no words are added, and `asked` its own words, with the name of the
    person whom a pronoun means.
    """

    text: str
    dependence: Dependence
    asked: str = ""


def follow_up(
    question: str,
    before: PreviousQuestion,
    written: Callable[[str], str] = lambda text: text,
    asked_at: datetime | None = None,
    outlets: Callable[[str], Spans] = lambda _: (),
    lists: Lists = lambda _: None,
) -> FollowUp:
    """Complete a question with words of the one before.

    A complete question is returned unchanged. A dependent one loses its courtesies and gets content words of
    the one before, as far as they fit into QUESTION_LIMIT; those of a refused question only if the new one
    can't be searched without. `written` gives the names in a text of small letters the capitals that articles
    give them, which tells names from other words. `asked_at` is now if it is not given.
    `outlets` finds the names of outlets, and `lists` parses a request for a list of articles.

    A question that only names another outlet or date, or corrects a name, is the one before with that in its
    place, and one that only says whose articles are meant limits it to these.
    """
    now = asked_at or datetime.now(UTC)
    if begins_anew(question):
        return FollowUp(question, Dependence.NONE)  # “Different question: …” is cut off like a greeting
    asked, earlier = _both(asked_words(question), written), _both(bare_question(before.question), written)
    found = dependence(asked.written, before.shown)
    if in_place := _in_place(asked, earlier, before, found, now, outlets):
        text = earlier.typed if in_place.old in earlier.typed else earlier.written
        return FollowUp(in_place.applied(text), Dependence.CERTAIN, in_place.applied(before.own))
    if limited := changed_question(asked.typed, earlier.typed, lists):
        return FollowUp(limited, Dependence.CERTAIN, before.own or earlier.typed)
    if found is Dependence.NONE or not (before.answered or found is Dependence.CERTAIN):
        return FollowUp(question, found)
    named = has_clause(earlier.typed) and _is_a_name(earlier.typed)  # "Gaza?" alone is a topic
    if found is Dependence.POSSIBLE and named and _is_a_name(asked.typed):
        return FollowUp(question, Dependence.NONE)
    earlier = earlier.each(lambda text: unlimited(text, lists))
    asked, earlier = _resolved(asked, earlier, before.person, now)
    kept = carried_words(asked, earlier, before, now)
    understood = _completed(asked, kept[:WORDS_CARRIED], earlier.written)
    changed = kept or (before.person and before.person in understood)
    return FollowUp(understood if changed else question, found, asked.typed)


def _both(text: str, written: Callable[[str], str]) -> Words:
    return Words(text, written(text))


def _in_place(
    asked: Words,
    earlier: Words,
    before: PreviousQuestion,
    found: Dependence,
    now: datetime,
    outlets: Callable[[str], Spans],
) -> Replacement | None:
    """What takes the place of words of the question before, if the new one only names that: an outlet, a
    corrected name, or, if it depends on it, a date."""
    return (
        outlet_in_place(asked.typed, earlier.typed, before.phrases, outlets)
        or correction(asked.written, earlier.written, before.own)
        or (date_in_place(asked.typed, earlier.typed, now) if found is Dependence.CERTAIN else None)
    )


def _resolved(asked: Words, earlier: Words, person: str, now: datetime) -> tuple[Words, Words]:
    """Both questions, the new one with the person whom its pronoun means and with whole dates, and the one
    before without what the new one says otherwise: dates and quotations."""
    if person and has_unresolved_pronoun(asked.written):
        asked = asked.each(lambda text: with_person(text, person))
    asked = asked.each(lambda text: as_date(text, earlier.typed, now))
    if names_date(asked.typed, now):
        asked = asked._replace(typed=with_year_of(asked.typed, earlier.typed, now))
        earlier = earlier.each(lambda text: undated(text, now))
    if _unquoted(asked.typed) != asked.typed:
        # "Did he really say “…”?" is not about what was quoted before.
        earlier = earlier.each(_unquoted)
    return asked, earlier


def _completed(asked: Words, carried: Sequence[Words], earlier: str) -> str:
    """The question with the carried words behind it, as many as fit into QUESTION_LIMIT."""
    completed = asked.typed.strip()
    last = WORD.findall(asked.written)[-1] if asked.written[-1:].isalnum() else ""
    for before_it, piece in pairwise((Words(last, last), *carried)):
        # Names that stood apart are not one: "Federer and Moya".
        together = f"{before_it.written} {piece.written}" in earlier
        said = f"{',' * (before_it.is_name and piece.is_name and not together)} {piece.typed}"
        if len(completed) + len(said) <= QUESTION_LIMIT:
            completed += said
    return completed


def _unquoted(text: str) -> str:
    """The text without what is in quotation marks."""
    kept, end = "", 0
    for one in quotations(text):
        kept, end = kept + text[end : one.start], one.end
    return kept + text[end:]


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
